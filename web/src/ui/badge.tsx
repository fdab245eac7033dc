import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

export type Tone = 'neutral' | 'accent' | 'clay' | 'honey' | 'moss' | 'plum' | 'slate';
const tones: Record<Tone, string> = {
  neutral: 'bg-hover text-ink-2',
  accent: 'bg-accent-soft text-accent',
  clay: 'bg-clay-soft text-clay',
  honey: 'bg-honey-soft text-honey',
  moss: 'bg-moss-soft text-moss',
  plum: 'bg-plum-soft text-plum',
  slate: 'bg-slate-soft text-slate',
};

/** A short state or mark. The colour only repeats what the words say. */
export function Badge({ tone = 'neutral', icon, className = '', children }: { tone?: Tone; icon?: IconName; className?: string; children: ReactNode }) {
  return (
    <span className={classes('inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap', tones[tone], className)}>
      {icon && <Icon name={icon} size={12} />}
      <span className="truncate">{children}</span>
    </span>
  );
}
