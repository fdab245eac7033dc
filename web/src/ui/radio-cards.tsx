import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export interface RadioCard<T extends string> {
  value: T;
  title: ReactNode;
  hint?: ReactNode;
  /** Stands above the words. */
  picture?: ReactNode;
  isDisabled?: boolean;
}

interface Props<T extends string> {
  /** One of the two: words of its own, or the id of those that stand above. */
  label?: string;
  labelledBy?: string;
  value: T;
  options: readonly RadioCard<T>[];
  onChange: (value: T) => void;
  /** How many stand side by side when there is room. */
  columns?: 1 | 2 | 3;
}

const grids = { 1: '', 2: 'md:grid-cols-2', 3: 'md:grid-cols-3' };

/** A choice of a few that each need a sentence or a picture. */
export function RadioCards<T extends string>({ label, labelledBy, value, options, onChange, columns = 2 }: Props<T>) {
  // Pictures with a word fit beside each other even on a phone; sentences do not.
  const isNarrow = columns === 3 && !options.some((option) => option.hint);
  return (
    <RadioGroup value={value} onValueChange={(next) => onChange(next as T)} aria-label={label} aria-labelledby={labelledBy} className={classes('grid gap-2.5', isNarrow ? 'grid-cols-3' : grids[columns])}>
      {options.map((option) => (
        <label
          key={option.value}
          className={classes(
            'flex flex-col gap-3 rounded-lg border border-line-strong/40 bg-raised p-3 transition-colors duration-120 hover:border-line-strong has-data-checked:border-accent has-data-checked:bg-accent-soft/50 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus',
            option.isDisabled && 'pointer-events-none opacity-55',
          )}
        >
          {option.picture && <span aria-hidden="true">{option.picture}</span>}
          <span className={classes('flex items-start gap-2.5', isNarrow && 'max-md:flex-col max-md:items-center max-md:gap-1.5 max-md:text-center')}>
            <Radio.Root value={option.value} disabled={option.isDisabled ?? false} className="mt-0.5 grid size-[18px] shrink-0 place-items-center rounded-full border border-line-strong bg-raised outline-none data-checked:border-accent data-checked:bg-accent">
              <Radio.Indicator className="size-2 rounded-full bg-on-accent" />
            </Radio.Root>
            <span className="min-w-0">
              <span className="block text-base font-medium">{option.title}</span>
              {option.hint && <span className="mt-0.5 block text-sm text-ink-2">{option.hint}</span>}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
