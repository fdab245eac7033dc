import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

const tones = { info: 'bg-accent-soft text-accent', attention: 'bg-honey-soft text-honey', trouble: 'bg-clay-soft text-clay', machine: 'bg-slate-soft text-slate' };

/** A line across a pane about its present state. `isLive` reads it out when it appears. */
export function Banner({ tone = 'info', icon, action, isLive = true, className = '', children }: { tone?: keyof typeof tones; icon?: IconName; action?: ReactNode; isLive?: boolean; className?: string; children: ReactNode }) {
  return (
    <div {...(isLive ? { role: 'status' } : {})} className={classes('flex min-h-9 items-center gap-2.5 px-4 py-1.5 text-base', tones[tone], className)}>
      {icon && <Icon name={icon} />}
      <div className="min-w-0 grow">{children}</div>
      {action && <div className="flex shrink-0 gap-2">{action}</div>}
    </div>
  );
}
