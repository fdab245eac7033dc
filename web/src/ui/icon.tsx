import { memo } from 'react';
import type { IconName } from './icon-names.ts';

interface Props {
  name: IconName;
  /** In pixels at the usual text size; it grows with the text. */
  size?: number;
  className?: string;
}

const TURNS = /left|right|^reply|corner|log-out|^send|undo/;

/** A picture beside words that say the same; screen readers skip it. Directions such as arrows turn with the reading direction. */
export const Icon = memo(function Icon({ name, size = 16, className = '' }: Props) {
  const turns = TURNS.test(name);
  return (
    <svg width={`${size / 16}rem`} height={`${size / 16}rem`} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={size >= 20 ? 1.75 : 2} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" className={`shrink-0 ${turns ? 'rtl:-scale-x-100' : ''} ${className}`}>
      <use href={`#i-${name}`} />
    </svg>
  );
});
