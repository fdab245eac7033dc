import type { Timeline, TimelineEntry } from './timeline-store.ts';

export const measures = ['created', 'received', 'sent', 'resolved', 'reopened', 'first_response', 'full_response', 'resolution', 'replies'] as const;
export type Measure = (typeof measures)[number];

/** One thing that happened on a case. */
export interface Fact {
  entryId: string;
  measure: Measure;
  at: Date;
  /** Who did it: nobody where it was the customer or Rapport; whose case it is now where there is nothing to be done by anybody. */
  agentId: string | null;
  /** Seconds of a time, replies of a case, else 1. */
  amount: number;
  /** By how much the backlog changes: the sum over a case is 1 while it is unfinished and 0 once it is solved. */
  delta: -1 | 0 | 1;
  /** For the beginning of unfinished time: when it ended, or `infinity`. */
  until: Date | 'infinity' | null;
}

const isSolved = (status: string) => status === 'resolved' || status === 'closed';
const secondsBetween = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
const happened = (entryId: string, measure: Measure, at: Date, agentId: string | null, amount = 1): Fact => ({ entryId, measure, at, agentId, amount, delta: 0, until: null });

/** The beginning of the case, and where a change of status crosses the line between unfinished and solved. Each is at or after the one before, whatever clocks said. */
function turns(timeline: Timeline): Fact[] {
  const facts: Fact[] = [{ ...happened(timeline.id, 'created', timeline.createdAt, timeline.agentId), delta: 1, until: 'infinity' }];
  let solved = false;
  const turn = (entryId: string, at: Date, agentId: string | null) => {
    const before = facts.at(-1) as Fact;
    const time = at < before.at ? before.at : at;
    solved = !solved;
    if (solved) before.until = time;
    facts.push({ ...happened(entryId, solved ? 'resolved' : 'reopened', time, agentId), delta: solved ? -1 : 1, until: solved ? null : 'infinity' });
  };
  for (const entry of timeline.entries) if (entry.status !== null && isSolved(entry.status) !== solved) turn(entry.id, entry.createdAt, entry.agentId);
  // What the timeline does not tell, such as the status that an undone merge left behind, is taken from the case itself: its numbers end where the case is.
  if (isSolved(timeline.status) !== solved) turn(timeline.id, isSolved(timeline.status) ? (timeline.resolvedAt ?? timeline.lastActivityAt) : timeline.lastActivityAt, null);
  return facts;
}

/**
 * Everything the reports count of one case, made from its whole timeline: the same timeline gives the same facts, in whatever order and however often the case was looked at.
 * Nothing for a case that is spam, deleted, merged or of the demo company.
 */
export function factsOfCase(timeline: Timeline): Fact[] {
  if (!timeline.isCounted) return [];
  const messages = timeline.entries.filter((entry) => entry.direction !== null && !entry.isAutomatic);
  const received = messages.filter((entry) => entry.direction === 'in');
  const sent = messages.filter((entry): entry is TimelineEntry => entry.direction === 'out' && entry.authorKind === 'agent');
  const facts = turns(timeline);
  for (const entry of received) facts.push(happened(entry.id, 'received', entry.createdAt, timeline.agentId));
  for (const entry of sent) facts.push(happened(entry.id, 'sent', entry.createdAt, entry.agentId));
  const [asked] = received;
  const answered = asked && sent.find((entry) => entry.id > asked.id);
  // A case that an agent began has nothing to be answered at first.
  if (asked && answered && sent[0] === answered) facts.push(happened(answered.id, 'first_response', answered.createdAt, answered.agentId, secondsBetween(asked.createdAt, answered.createdAt)));
  for (const wait of received) {
    const next = sent.find((entry) => entry.id > wait.id);
    if (next) facts.push(happened(wait.id, 'full_response', next.createdAt, next.agentId, secondsBetween(wait.createdAt, next.createdAt)));
  }
  const last = facts.findLast((fact) => fact.measure === 'resolved');
  if (last && isSolved(timeline.status)) {
    facts.push(happened(last.entryId, 'resolution', last.at, last.agentId, secondsBetween(timeline.createdAt, last.at)));
    facts.push(happened(last.entryId, 'replies', last.at, last.agentId, sent.length));
  }
  return facts;
}
