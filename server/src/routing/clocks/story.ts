import type { CaseStatus, ClockKind, ClockPause } from '@rapport/contract';

/** What the timeline of a case tells of whose turn it was, in the order of its entries. */
export interface Told {
  id: string;
  at: Date;
  /** A customer wrote; a person of ours answered; something of ours went out that is no answer of a person, but left the case with the customer; the case was changed. */
  is: 'asked' | 'answered' | 'sent' | 'changed';
  /** Of what came in from another program nothing was promised. */
  isImported: boolean;
  /** What went out left the case open instead of with the customer. */
  leavesOpen: boolean;
  changes: readonly { field: string; to: string | null }[];
}

/** How a case stands now. */
export interface Standing {
  id: string;
  status: CaseStatus;
  snoozedUntil: Date | null;
  isAside: boolean;
  lastActivityAt: Date;
  /** Brought in from another program: when that began is not ours to answer for. */
  isImported: boolean;
}

/** Why clocks stand still; null while they run. `over` is solved, spam or deleted: then none runs, whatever a policy says. */
export type Stillness = ClockPause | 'over' | null;

/** From a moment on, until the next begins. */
export interface Spell {
  from: Date;
  stillness: Stillness;
}

/** Something a customer waits for, from a message (or the beginning of the case) until it was there. */
export interface Wait {
  kind: ClockKind;
  /** The message; of the resolution the case. */
  entryId: string;
  startedAt: Date;
  metAt: Date | null;
}

interface State {
  status: CaseStatus;
  isSnoozed: boolean;
  isAside: boolean;
}

const isSolved = (status: CaseStatus) => status === 'resolved' || status === 'closed';

function stillnessOf({ status, isSnoozed, isAside }: State): Stillness {
  if (isAside || isSolved(status)) return 'over';
  if (isSnoozed) return 'snoozed';
  return status === 'pending' || status === 'on_hold' ? status : null;
}

function after(state: State, told: Told): State {
  if (told.is === 'asked') return { ...state, status: state.status === 'new' ? 'new' : 'open', isSnoozed: false };
  if (told.is !== 'changed') return { ...state, status: told.leavesOpen ? 'open' : 'pending', isSnoozed: false };
  let next = state;
  for (const { field, to } of told.changes) {
    if (field === 'status') next = { ...next, status: to as CaseStatus, isSnoozed: next.isSnoozed && !isSolved(to as CaseStatus) };
    if (field === 'snooze') next = { ...next, isSnoozed: to !== null };
    if (field === 'aside') next = { ...next, isAside: to !== null };
  }
  return next;
}

/**
 * What a customer waited for on a case, and when the clocks ran: made from its whole timeline, so the same timeline tells the same, in whatever order and however often it is looked at. A wait for
 * an answer ends with the next message of a person, or when the case is solved without one. What the timeline does not tell, such as the status that an undone merge left behind, is taken from
 * the case itself.
 */
export function readStory(standing: Standing, timeline: readonly Told[]): { spells: Spell[]; waits: Wait[] } {
  const [first] = timeline;
  if (!first) return { spells: [], waits: [] };
  let state: State = { status: 'new', isSnoozed: false, isAside: false };
  let at = first.at;
  const spells: Spell[] = [{ from: at, stillness: null }];
  const waits: Wait[] = [];
  let open: Wait | undefined;
  let hasWritten = false;
  let solvedAt: Date | null = null;
  const endWait = () => {
    if (open) open.metAt = at;
    open = undefined;
  };
  const turnTo = (next: State) => {
    const stillness = stillnessOf(next);
    if (stillness !== spells.at(-1)?.stillness) spells.push({ from: at, stillness });
    solvedAt = isSolved(next.status) ? (isSolved(state.status) ? (solvedAt ?? at) : at) : null;
    if (isSolved(next.status)) endWait();
    state = next;
  };
  for (const told of timeline) {
    // Clocks of senders and servers differ; time goes on all the same.
    if (told.at > at) at = told.at;
    turnTo(after(state, told));
    if (told.is === 'asked' && !open) {
      // Where we wrote first there is nothing to be answered for the first time.
      open = { kind: hasWritten ? 'next_response' : 'first_response', entryId: told.id, startedAt: at, metAt: null };
      if (!told.isImported) waits.push(open);
    }
    if (told.is === 'answered') {
      hasWritten = true;
      endWait();
    }
  }
  if (standing.lastActivityAt > at) at = standing.lastActivityAt;
  turnTo({ status: standing.status, isSnoozed: standing.snoozedUntil !== null, isAside: standing.isAside });
  if (!standing.isImported) waits.push({ kind: 'resolution', entryId: standing.id, startedAt: first.at, metAt: solvedAt });
  return { spells, waits };
}
