import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';

/** One of two to four short words, side by side. */
export function Segments<T extends string>({ label, value, options, onChange }: { label: string; value: T; options: readonly { value: T; label: ReactNode }[]; onChange: (value: T) => void }) {
  return (
    <RadioGroup value={value} onValueChange={(next) => onChange(next as T)} aria-label={label} className="inline-flex min-h-9 max-w-full flex-wrap items-stretch gap-0.5 rounded-md border border-line bg-sunken p-0.5">
      {options.map((option) => (
        <Radio.Root key={option.value} value={option.value} className="flex min-h-8 cursor-default items-center rounded-[6px] px-3 text-base font-medium text-ink-2 transition-colors duration-120 select-none hover:text-ink data-checked:bg-raised data-checked:text-ink data-checked:shadow-lift">
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
