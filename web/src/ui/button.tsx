import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger' | 'note';
export type ButtonSize = 'sm' | 'md' | 'lg';

const tones: Record<ButtonTone, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-press active:bg-accent-press shadow-lift',
  plain: 'bg-raised text-ink border border-line-strong/45 hover:bg-hover active:bg-press shadow-lift',
  quiet: 'text-ink-2 hover:bg-hover hover:text-ink active:bg-press data-popup-open:bg-press',
  danger: 'bg-clay text-surface hover:brightness-95 active:brightness-90 shadow-lift',
  note: 'bg-honey text-surface hover:brightness-95 active:brightness-90 shadow-lift',
};
const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 px-2 text-sm gap-1.5 rounded-md',
  md: 'h-8 px-3 text-base gap-2 rounded-md',
  lg: 'h-10 px-4 text-base gap-2 rounded-md',
};
/** The look alone, for links and for triggers that a popup provides. */
export function buttonLook(tone: ButtonTone = 'plain', size: ButtonSize = 'md', className = ''): string {
  return classes(
    'inline-flex items-center justify-center font-medium whitespace-nowrap large-text:h-auto large-text:max-w-full large-text:py-1 large-text:whitespace-normal select-none transition-colors duration-120 disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50',
    tones[tone], sizes[size], className,
  );
}

interface Props extends ComponentProps<'button'> {
  tone?: ButtonTone;
  size?: ButtonSize;
  icon?: IconName;
  /** Shown while the deed is under way; the button keeps its width and does not fire twice. */
  isBusy?: boolean;
  children: ReactNode;
}

export function Button({ tone = 'plain', size = 'md', icon, isBusy = false, className = '', children, onClick, ...rest }: Props) {
  return (
    <button type="button" {...rest} {...(!isBusy && onClick ? { onClick } : {})} aria-disabled={isBusy || undefined} className={buttonLook(tone, size, className)}>
      {isBusy ? <Icon name="loader-circle" size={size === 'sm' ? 14 : 16} className="motion-safe:animate-spin" /> : icon && <Icon name={icon} size={size === 'sm' ? 14 : 16} />}
      {children}
    </button>
  );
}
