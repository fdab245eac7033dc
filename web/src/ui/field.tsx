import { Field as Base } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export const inputLook =
  'w-full rounded-md border border-line-strong/60 bg-raised px-2.5 text-base text-ink placeholder:text-ink-3 transition-[border-color] duration-120 hover:border-line-strong focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-clay data-invalid:border-clay';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong, said so that it can be mended. */
  error?: string | undefined;
  /** Kept for screen readers, hidden for the eye. */
  isLabelHidden?: boolean;
  className?: string;
  children: ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. Put an `Input`, `TextArea` or `Select` inside. */
export function Field({ label, hint, error, isLabelHidden = false, className = '', children }: FieldProps) {
  return (
    <Base.Root invalid={error !== undefined} className={classes('flex min-w-0 flex-col gap-1', className)}>
      <Base.Label className={isLabelHidden ? 'sr-only' : 'text-sm font-medium text-ink'}>{label}</Base.Label>
      {children}
      {hint && <Base.Description className="text-xs text-ink-3">{hint}</Base.Description>}
      <Base.Error match={error !== undefined} className="flex items-start gap-1 text-sm text-clay">
        <Icon name="circle-alert" size={14} className="mt-0.5" />
        {error}
      </Base.Error>
    </Base.Root>
  );
}

export function Input({ className = '', ...rest }: ComponentProps<'input'>) {
  return <Base.Control {...(rest as ComponentProps<typeof Base.Control>)} className={classes(inputLook, 'h-9', className)} />;
}

export function TextArea({ className = '', ...rest }: ComponentProps<'textarea'>) {
  return <Base.Control render={<textarea {...rest} />} className={classes(inputLook, 'min-h-20 resize-y py-2', className)} />;
}
