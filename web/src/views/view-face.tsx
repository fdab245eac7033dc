import type { View } from '@rapport/contract';
import { toneInk } from '../cases/tone-ink.ts';
import { Icon } from '../ui/icon.tsx';

/** The emoji of a view, or its colour. */
export function ViewFace({ view }: { view: Pick<View, 'icon' | 'colour'> }) {
  return view.icon ? <span aria-hidden="true" className="grid size-4 shrink-0 place-items-center overflow-hidden text-sm leading-none">{view.icon}</span> : <Icon name="list-filter" className={`shrink-0 ${toneInk(view.colour)}`} />;
}
