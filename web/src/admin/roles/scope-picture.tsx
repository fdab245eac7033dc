import type { CaseScope } from '@rapport/contract';
import { classes } from '../../ui/classes.ts';

/** Twelve cases: two are mine, three more lie with my team or with no team yet, the rest belong to others. */
const owners = ['own', 'team', 'all', 'all', 'team', 'own', 'all', 'all', 'all', 'team', 'all', 'all'] as const;
const reach: Record<CaseScope, number> = { own: 1, team: 2, all: 3 };

/** Which of the cases on the desk are in sight: filled ones are, dashed ones are not. Words beside it say the same. */
export function ScopePicture({ scope, className = '' }: { scope: CaseScope; className?: string }) {
  return (
    <svg viewBox="0 0 112 56" aria-hidden="true" className={classes('shrink-0', className)}>
      {owners.map((owner, index) => {
        const x = 2 + (index % 4) * 28;
        const y = 2 + Math.floor(index / 4) * 18.5;
        const isSeen = reach[owner] <= reach[scope];
        return (
          <g key={index}>
            <rect x={x} y={y} width="24" height="14.500" rx="3" strokeWidth="1.200" strokeDasharray={isSeen ? undefined : '2.500 2.500'} className={classes(isSeen ? (owner === 'own' ? 'fill-accent stroke-accent' : 'fill-accent-soft stroke-accent-line') : 'fill-transparent stroke-line-strong/60')} />
            {isSeen && <path d={`M${x + 5} ${y + 5.5}h10M${x + 5} ${y + 9.5}h14`} strokeWidth="1.600" strokeLinecap="round" className={owner === 'own' ? 'stroke-on-accent' : 'stroke-accent'} opacity="0.75" />}
          </g>
        );
      })}
    </svg>
  );
}
