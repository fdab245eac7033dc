import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { t } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { iconButtonLook } from './icon-button.tsx';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons, the safest first. */
  actions?: ReactNode;
  width?: 'sm' | 'md' | 'lg';
  /** Takes the focus when the dialog opens; by default the first thing that can. */
  focusFirst?: RefObject<HTMLElement | null>;
  /** Stays until its own buttons close it, for what is shown only once. */
  isLocked?: boolean;
}

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' };

/** Asks or shows one thing above everything else. Escape and a click beside it close it; the focus goes back where it was. */
export function Dialog({ isOpen, onClose, title, description, children, actions, width = 'sm', focusFirst, isLocked = false }: Props) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && !isLocked && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-140 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 z-40 grid grid-cols-[minmax(0,1fr)] place-items-center p-4">
          <Base.Popup {...(focusFirst ? { initialFocus: focusFirst } : {})} className={classes('popup flex max-h-[calc(100dvh-2rem)] w-full flex-col rounded-lg bg-raised shadow-float outline-none', widths[width])}>
            <header className="flex items-start gap-3 px-5 pt-4 pb-1">
              <div className="grow">
                <Base.Title className="text-md font-semibold text-balance">{title}</Base.Title>
                {description && <Base.Description className="mt-1 text-base text-ink-2">{description}</Base.Description>}
              </div>
              {!isLocked && <Base.Close aria-label={t('ui.close')} className={classes(iconButtonLook, '-me-2 size-8')}><Icon name="x" /></Base.Close>}
            </header>
            {children && <div className="min-h-0 overflow-y-auto px-5 py-3">{children}</div>}
            {actions && <footer className="flex flex-wrap justify-end gap-2 px-5 pt-2 pb-4">{actions}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
