import { Select as Base } from '@base-ui/react/select';
import { classes } from './classes.ts';
import { inputLook } from './field.tsx';
import { Icon } from './icon.tsx';

export interface SelectOption<T extends string> {
  value: T;
  label: string;
}

interface Props<T extends string> {
  value: T;
  options: readonly SelectOption<T>[];
  onChange: (value: T) => void;
  /** Needed when no `Field` around it gives a label. */
  ariaLabel?: string;
  isDisabled?: boolean;
  className?: string;
}

/** One of a few known values. For long or searchable lists use `Picker`. */
export function Select<T extends string>({ value, options, onChange, ariaLabel, isDisabled = false, className = '' }: Props<T>) {
  return (
    <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onChange(next)} disabled={isDisabled}>
      <Base.Trigger aria-label={ariaLabel} className={classes(inputLook, 'flex h-9 items-center justify-between gap-2 text-start', className)}>
        <Base.Value className="truncate" />
        <Base.Icon><Icon name="chevron-down" className="text-ink-3" /></Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="popup min-w-(--anchor-width) rounded-md bg-raised p-1 shadow-float">
            <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto">
              {options.map((option) => (
                <Base.Item key={option.value} value={option.value} className="grid cursor-default grid-cols-[1fr_1rem] items-center gap-3 rounded-sm px-2 py-1.5 text-base outline-none select-none data-highlighted:bg-hover">
                  <Base.ItemText>{option.label}</Base.ItemText>
                  <Base.ItemIndicator className="text-accent"><Icon name="check" /></Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
