import type { CaseState } from '../case-state.ts';

const min = (one: Date | null, other: Date | null): Date | null => (one === null ? other : other === null ? one : one < other ? one : other);

/** How much a case wants to be seen: awake and ours, waiting for somebody or for a time, done. */
function rank(state: CaseState): number {
  if (state.status === 'closed') return 0;
  if (state.status === 'resolved') return 1;
  return (state.status === 'new' || state.status === 'open') && state.snoozedUntil === null ? 3 : 2;
}

/** The state of two cases that become one: that of the one which more wants to be seen; the customer waits since the earlier of both messages. */
export function mergedState(into: CaseState, from: CaseState): CaseState {
  const [more, less] = rank(from) > rank(into) ? [from, into] : [into, from];
  if (rank(more) < 3) return { status: more.status, snoozedUntil: more.snoozedUntil, waitingSince: more.waitingSince, resolvedAt: more.resolvedAt };
  const bothNew = more.status === 'new' && (rank(less) < 3 || less.status === 'new');
  return { status: bothNew && into.status === 'new' ? 'new' : 'open', snoozedUntil: null, waitingSince: rank(less) === 3 ? min(more.waitingSince, less.waitingSince) : more.waitingSince, resolvedAt: null };
}

const isSameTime = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime();

/**
 * The state of a case from which a move is taken back. Nothing happened since: as it was before the move. An agent changed it since: that stays. A customer wrote since
 * (`arrivedAt`): it is ours, and that customer waits since then at the latest.
 */
export function stateAfterUndo(now: CaseState, { before, after }: { before: CaseState; after: CaseState }, arrivedAt: Date | null): CaseState {
  const waitingSince = isSameTime(now.waitingSince, after.waitingSince) ? (before.waitingSince ?? arrivedAt) : now.waitingSince;
  const isUntouched = now.status === after.status && isSameTime(now.snoozedUntil, after.snoozedUntil) && isSameTime(now.resolvedAt, after.resolvedAt);
  if (isUntouched && arrivedAt === null) return { status: before.status, snoozedUntil: before.snoozedUntil, waitingSince: before.waitingSince, resolvedAt: before.resolvedAt };
  return { status: now.status, snoozedUntil: now.snoozedUntil, waitingSince, resolvedAt: now.resolvedAt };
}

export interface Said {
  direction: 'in' | 'out';
  at: Date;
  isAutomatic: boolean;
}

/** Since when a customer waits, by what was said, oldest first. */
export function waitingSinceOf(messages: readonly Said[]): Date | null {
  let since: Date | null = null;
  for (const { direction, at, isAutomatic } of messages) if (!isAutomatic) since = direction === 'out' ? null : (since ?? at);
  return since;
}
