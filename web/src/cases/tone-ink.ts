import type { Tone } from '../ui/badge.tsx';

const inks: Record<Tone, string> = { neutral: 'text-ink-3', accent: 'text-accent', clay: 'text-clay', honey: 'text-honey', moss: 'text-moss', plum: 'text-plum', slate: 'text-slate' };

/** The text colour of a tone, for icons that stand without a ground. */
export const toneInk = (tone: Tone) => inks[tone];
