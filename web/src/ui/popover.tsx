import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { classes } from './classes.ts';

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** For screen readers; say what can be done inside. */
  label: string;
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end';
  align?: 'start' | 'center' | 'end';
  focusFirst?: RefObject<HTMLElement | null>;
  className?: string;
  children: ReactNode;
}

/** A small panel tied to a button. */
export function Popover({ trigger, isOpen, onOpenChange, label, side = 'bottom', align = 'end', focusFirst, className = '', children }: Props) {
  return (
    <Base.Root {...(isOpen === undefined ? {} : { open: isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup aria-label={label} {...(focusFirst ? { initialFocus: focusFirst } : {})} className={classes('popup max-w-[calc(100vw-1rem)] rounded-md bg-raised shadow-float outline-none', className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
