import { Checkbox as Base } from '@base-ui/react/checkbox';
import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface Props {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  isDisabled?: boolean;
}

export function Checkbox({ isChecked, onChange, label, hint, isDisabled = false }: Props) {
  return (
    <label className="flex items-start gap-2 text-base">
      <Base.Root checked={isChecked} onCheckedChange={onChange} disabled={isDisabled} className="mt-px grid size-[18px] shrink-0 place-items-center rounded-sm border border-line-strong bg-raised data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50">
        <Base.Indicator className="text-on-accent"><Icon name="check" size={14} /></Base.Indicator>
      </Base.Root>
      <span>{label}{hint && <span className="block text-xs text-ink-3">{hint}</span>}</span>
    </label>
  );
}
