import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

/** On or off, taking effect at once. */
export function Switch({ isOn, onChange, label }: { isOn: boolean; onChange: (isOn: boolean) => void; label: ReactNode }) {
  return (
    <label className="flex items-center gap-2 text-base">
      <Base.Root checked={isOn} onCheckedChange={onChange} className="relative h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors duration-140 data-checked:bg-accent">
        <Base.Thumb className="absolute top-0.5 start-0.5 size-4 rounded-full bg-raised transition-transform duration-140 ltr:data-checked:translate-x-4 rtl:data-checked:-translate-x-4" />
      </Base.Root>
      {label}
    </label>
  );
}
