/** Lists that an index gives in order, and those that must be put in order as a whole, which costs the server far more. */
export type ListKind = 'walked' | 'sorted';

/** How long after something happened a list is asked for again; what happens meanwhile is in the same answer. */
const AFTER_MS: Record<ListKind, number> = { walked: 4_000, sorted: 15_000 };
/** One's own deeds are shown at once, but when one follows the other they share a question. */
const OWN_MS = 1_000;

export interface ListRefresh {
  /** Something happened to a case, here or anywhere. */
  changed(): void;
  /** A deed of one's own is done: every list is asked for now. */
  ownDeed(): void;
}

/** Says when lists are to be asked for again. One that is still being asked for is not interrupted: on a slow line it would never come. */
export function createListRefresh(ask: (kind: ListKind) => void, isAsked: (kind: ListKind) => boolean): ListRefresh {
  const timers = new Map<ListKind, { timer: ReturnType<typeof setTimeout>; isOwn: boolean }>();
  let isResting = false;
  const later = (kind: ListKind, ms: number, isOwn: boolean) => {
    const known = timers.get(kind);
    if (known && (known.isOwn || !isOwn)) return;
    clearTimeout(known?.timer);
    timers.set(kind, { isOwn, timer: setTimeout(() => now(kind), ms) });
  };
  const now = (kind: ListKind) => {
    clearTimeout(timers.get(kind)?.timer);
    timers.delete(kind);
    if (isAsked(kind)) return later(kind, OWN_MS, true);
    ask(kind);
  };
  const kinds = Object.keys(AFTER_MS) as ListKind[];
  return {
    changed() {
      for (const kind of kinds) later(kind, AFTER_MS[kind], false);
    },
    ownDeed() {
      if (isResting) {
        for (const kind of kinds) later(kind, OWN_MS, true);
        return;
      }
      isResting = true;
      setTimeout(() => (isResting = false), OWN_MS);
      for (const kind of kinds) now(kind);
    },
  };
}
