import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Keys } from './keys.tsx';

interface Props {
  text: ReactNode;
  keys?: string | undefined;
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end';
  /** One element that can take the focus or the pointer. */
  children: ReactElement<Record<string, unknown>>;
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => <Base.Provider delay={450} closeDelay={0}>{children}</Base.Provider>;

/** A hint on hover and keyboard focus. It never holds what cannot be learned elsewhere: touch has no hover. */
export function Tooltip({ text, keys, side = 'bottom', children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-float">
            {text}
            {keys && <Keys keys={keys} tone="inverse" />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
