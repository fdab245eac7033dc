import type { Timeline, TimelineEntry } from './timeline-store.ts';

export const measures = ['created', 'received', 'sent', 'resolved', 'reopened', 'first_response', 'resolution', 'replies'] as const;
export type Measure = (typeof measures)[number];

/** One thing that happened on a case. */
export interface Fact {
  entryId: string;
  measure: Measure;
  at: Date;
  /** Seconds of a time, replies of a case, else 1. */
  amount: number;
  /** By how much the backlog changes: the sum over a case is 1 while it is unfinished and 0 once it is solved. */
  delta: -1 | 0 | 1;
}

const isSolved = (status: string) => status === 'resolved' || status === 'closed';
const secondsBetween = (from: Date, to: Date) => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));

/** Where a change of status crosses the line between unfinished and solved. */
function turns(timeline: Timeline): Fact[] {
  const facts: Fact[] = [];
  let solved = false;
  const turn = (entryId: string, at: Date) => {
    solved = !solved;
    facts.push({ entryId, measure: solved ? 'resolved' : 'reopened', at, amount: 1, delta: solved ? -1 : 1 });
  };
  for (const entry of timeline.entries) if (entry.status !== null && isSolved(entry.status) !== solved) turn(entry.id, entry.createdAt);
  // What the timeline does not tell, such as the status that an undone merge left behind, is taken from the case itself: its numbers end where the case is.
  if (isSolved(timeline.status) !== solved) turn(timeline.id, isSolved(timeline.status) ? (timeline.resolvedAt ?? timeline.lastActivityAt) : timeline.lastActivityAt);
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
  const facts: Fact[] = [{ entryId: timeline.id, measure: 'created', at: timeline.createdAt, amount: 1, delta: 1 }, ...turns(timeline)];
  for (const entry of received) facts.push({ entryId: entry.id, measure: 'received', at: entry.createdAt, amount: 1, delta: 0 });
  for (const entry of sent) facts.push({ entryId: entry.id, measure: 'sent', at: entry.createdAt, amount: 1, delta: 0 });
  const [asked] = received;
  const answered = asked && sent.find((entry) => entry.id > asked.id);
  // A case that an agent began has nothing to be answered at first.
  if (asked && answered && sent[0] === answered) facts.push({ entryId: answered.id, measure: 'first_response', at: answered.createdAt, amount: secondsBetween(asked.createdAt, answered.createdAt), delta: 0 });
  const last = facts.findLast((fact) => fact.measure === 'resolved');
  if (last && isSolved(timeline.status)) {
    facts.push({ entryId: last.entryId, measure: 'resolution', at: last.at, amount: secondsBetween(timeline.createdAt, last.at), delta: 0 });
    facts.push({ entryId: last.entryId, measure: 'replies', at: last.at, amount: sent.length, delta: 0 });
  }
  return facts;
}
