import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';
import { Keys } from './keys.tsx';

export interface MenuEntry {
  id: string;
  label: string;
  icon?: IconName;
  keys?: string | undefined;
  isDanger?: boolean;
  isDisabled?: boolean;
  run: () => void;
}

interface Props {
  /** A button; it gets the menu's ARIA attributes. */
  trigger: ReactElement<Record<string, unknown>>;
  /** Groups are parted by a line. */
  groups: readonly (readonly MenuEntry[])[];
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end';
  align?: 'start' | 'center' | 'end';
  header?: ReactNode;
}

/** A list of deeds behind a button. */
export function Menu({ trigger, groups, side = 'bottom', align = 'end', header }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className="popup min-w-48 rounded-md bg-raised p-1 shadow-float outline-none">
            {header}
            {groups.map((group, index) => (
              <div key={index} role="none">
                {(index > 0 || header) && <Base.Separator className="mx-1 my-1 h-px bg-line" />}
                {group.map((entry) => (
                  <Base.Item
                    key={entry.id} onClick={entry.run} disabled={entry.isDisabled ?? false}
                    className={classes('flex cursor-default items-center gap-2.5 rounded-sm px-2 py-1.5 text-base outline-none select-none data-highlighted:bg-hover data-disabled:opacity-45', entry.isDanger && 'text-clay')}
                  >
                    {entry.icon && <Icon name={entry.icon} className={entry.isDanger ? '' : 'text-ink-3'} />}
                    <span className="grow">{entry.label}</span>
                    {entry.keys && <Keys keys={entry.keys} />}
                  </Base.Item>
                ))}
              </div>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
