import type { CaseStatus, Shelf } from '@rapport/contract';

/** The part of a case that decides whose turn it is. */
export interface CaseState {
  status: CaseStatus;
  snoozedUntil: Date | null;
  /** Since when a message of the customer has had no answer. Kept while the case is pending or on hold, shown only while the next step is ours. */
  waitingSince: Date | null;
  resolvedAt: Date | null;
}

const isDone = (status: CaseStatus): boolean => status === 'resolved' || status === 'closed';

/** Where a case lies. The database keeps the same in a generated column. */
export function shelfOf(state: Pick<CaseState, 'status' | 'snoozedUntil'>): Shelf {
  if (state.snoozedUntil !== null && !isDone(state.status)) return 'snoozed';
  return state.status === 'new' ? 'open' : state.status;
}

/** What agents see of the waiting: nothing while the next step is the customer's or somebody else's. */
export function shownWaitingSince(state: Pick<CaseState, 'status' | 'waitingSince'>): Date | null {
  return state.status === 'new' || state.status === 'open' ? state.waitingSince : null;
}

/** A resolved case takes a message within `reopenDays`; a closed one never does. */
export function takesMessages(state: Pick<CaseState, 'status' | 'resolvedAt'>, reopenDays: number, now: Date): boolean {
  if (state.status === 'closed') return false;
  if (state.status !== 'resolved') return true;
  return now.getTime() - (state.resolvedAt?.getTime() ?? 0) <= reopenDays * 86_400_000;
}

/** The first message of a customer begins the case. Nobody waits behind an automatic one. */
export function begin(at: Date, isAutomatic: boolean): CaseState {
  return { status: 'new', snoozedUntil: null, waitingSince: isAutomatic ? null : at, resolvedAt: null };
}

/** A message of the customer: it is our turn, and a snoozed case wakes. Automatic mail (out of office, lists) changes nothing. */
export function afterIncoming(state: CaseState, at: Date, isAutomatic: boolean): CaseState {
  if (isAutomatic) return state;
  const isOurTurn = state.status === 'new' || state.status === 'open';
  return { status: state.status === 'new' ? 'new' : 'open', snoozedUntil: null, waitingSince: isOurTurn ? (state.waitingSince ?? at) : at, resolvedAt: null };
}

/** An answer: nobody waits for one any more, and the snooze has served its purpose. */
export function afterReply(state: CaseState, thenStatus: 'open' | 'pending' | 'on_hold' | 'resolved', now: Date): CaseState {
  return { status: thenStatus, snoozedUntil: null, waitingSince: null, resolvedAt: thenStatus === 'resolved' ? (state.resolvedAt ?? now) : null };
}

/** An agent sets the status. */
export function withStatus(state: CaseState, status: CaseStatus, now: Date): CaseState {
  if (status === state.status) return state;
  if (isDone(status)) return { status, snoozedUntil: null, waitingSince: null, resolvedAt: state.resolvedAt ?? now };
  return { ...state, status, resolvedAt: null };
}

/** The snooze is over, or an agent ended it. */
export function woken(state: CaseState): CaseState {
  return { ...state, snoozedUntil: null };
}

/** An answer did not arrive: what seemed to be the customer's turn, or done, is ours again. */
export function afterLostAnswer(state: CaseState, now: Date): CaseState {
  if (state.status !== 'pending' && state.status !== 'resolved') return state;
  return { status: 'open', snoozedUntil: null, waitingSince: state.waitingSince ?? now, resolvedAt: null };
}
