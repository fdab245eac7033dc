import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';
import { Tooltip } from './tooltip.tsx';

interface Props extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName;
  /** Its name for everybody: read aloud and shown on hover. */
  label: string;
  /** Shown in the tooltip, such as `e`. */
  keys?: string | undefined;
  size?: 24 | 28 | 32 | 40;
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end';
}

export const iconButtonLook = 'inline-grid place-items-center rounded-md text-ink-2 transition-colors duration-120 hover:bg-hover hover:text-ink active:bg-press aria-pressed:bg-press data-popup-open:bg-press data-popup-open:text-ink disabled:opacity-45 disabled:pointer-events-none';

export function IconButton({ icon, label, keys, size = 32, side = 'bottom', className = '', ...rest }: Props) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button type="button" aria-label={label} {...rest} style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }} className={classes(iconButtonLook, className)}>
        <Icon name={icon} size={size <= 24 ? 14 : size >= 40 ? 20 : 16} />
      </button>
    </Tooltip>
  );
}
