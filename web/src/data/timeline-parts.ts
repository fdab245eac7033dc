import type { Entry } from '@rapport/contract';

/** The part of a timeline that is loaded: always its newest end, growing backwards. */
export interface Timeline {
  items: Entry[];
  hasEarlier: boolean;
}

/** The newest page put onto what was loaded before, when both touch; else the page alone, because a gap must not be hidden. */
export function joinNewest(before: Timeline | undefined, page: { items: Entry[]; hasEarlier: boolean }): Timeline {
  const at = before?.items.findIndex((entry) => entry.id === page.items[0]?.id) ?? -1;
  if (!before || at < 0) return { items: page.items, hasEarlier: page.hasEarlier };
  return { items: [...before.items.slice(0, at), ...page.items], hasEarlier: before.hasEarlier };
}

/** Later entries put behind what is loaded; an entry that is there already is replaced where it stands. */
export function addLater(before: Timeline, later: readonly Entry[]): Timeline {
  const items = [...before.items];
  for (const entry of later) {
    const at = items.findIndex((one) => one.id === entry.id);
    if (at >= 0) items[at] = entry;
    else items.push(entry);
  }
  return { ...before, items };
}
