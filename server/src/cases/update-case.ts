import type { CaseDetail, CasePriority, CaseStatus } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { assign, type Owners } from './assign.ts';
import { shelfOf, withStatus, woken, type CaseState } from './case-state.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { caseAfterChange } from './get-case.ts';
import type { Change } from './message-detail.ts';
import { holdChangeableCase } from './see-case.ts';

export interface UpdateCase extends Owners {
  status?: CaseStatus | undefined;
  priority?: CasePriority | undefined;
  subject?: string | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
  /** Null wakes the case. */
  snoozedUntil?: string | null | undefined;
  /** The version the caller saw. */
  version?: number | undefined;
}

const MOST_TAGS = 50;

function nextState(before: CaseState, input: UpdateCase, now: Date): CaseState {
  if (input.status === 'new' && before.status !== 'new') throw new Refusal('invalid_request', 'body.status: A case is new only until it is first worked on.');
  const state = input.status === undefined ? before : withStatus(before, input.status, now);
  if (input.snoozedUntil === undefined) return state;
  if (input.snoozedUntil === null) return woken(state);
  const until = new Date(input.snoozedUntil);
  if (until <= now) throw new Refusal('snooze_in_past', 'Choose a time that is still to come.');
  if (state.status === 'resolved' || state.status === 'closed') throw new Refusal('invalid_request', 'body.snoozedUntil: Open the case first; only one that is not done can be snoozed.');
  return { ...state, snoozedUntil: until };
}

function nextTags(before: readonly string[], input: UpdateCase): string[] {
  const removed = new Set(input.removeTags ?? []);
  const tags = [...new Set([...before, ...(input.addTags ?? []).map((tag) => cleanText(tag).text)])].filter((tag) => !removed.has(tag));
  if (tags.length > MOST_TAGS) throw new Refusal('invalid_request', `body.addTags: A case carries at most ${MOST_TAGS} tags.`);
  return tags;
}

function changesBetween(before: CaseRecord, after: CaseRecord): Change[] {
  const of = (field: Change['field'], from: string | null, to: string | null): Change[] => (from === to ? [] : [{ field, from, to }]);
  const time = (date: Date | null) => date?.toISOString() ?? null;
  return [
    ...of('status', before.status, after.status), ...of('priority', before.priority, after.priority), ...of('subject', before.subject, after.subject),
    ...of('tags', before.tags.join(', ') || null, after.tags.join(', ') || null), ...of('snooze', time(before.snoozedUntil), time(after.snoozedUntil)),
  ];
}

/**
 * Changes a case; everything that changed stands in one entry of the timeline. What is the same already changes nothing. Refuses `case_closed`, `changed_meanwhile`
 * (when `version` is not the newest), `not_a_member` and `snooze_in_past`. Assigning needs a permission of its own.
 */
export async function updateCase(ctx: Ctx, caseId: string, input: UpdateCase): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.edit');
  if (input.assigneeId !== undefined || input.teamId !== undefined) mustBeAllowed(ctx.actor, 'case.assign');
  const before = await holdChangeableCase(ctx, caseId);
  if (input.version !== undefined && input.version !== before.version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.', { extra: { version: before.version } });
  const owners = await assign(ctx, before, input);
  const after: CaseRecord = {
    ...before, ...nextState(before, input, ctx.clock.now()), priority: input.priority ?? before.priority, subject: input.subject === undefined ? before.subject : cleanText(input.subject).text,
    tags: nextTags(before.tags, input), assigneeId: owners.assigneeId, teamId: owners.teamId,
  };
  const changes = [...changesBetween(before, after), ...owners.changes];
  if (changes.length > 0) await writeChanges(ctx, before, after, changes);
  return caseAfterChange(ctx, caseId);
}

/** Writes a change of a locked case with its entry and announces it. */
export async function writeChanges(ctx: Ctx, before: CaseRecord, after: CaseRecord, changes: Change[]): Promise<void> {
  const entry = changeEntry(ctx, before, changes);
  const record = { ...after, lastEntryId: entry.id, version: before.version + 1 };
  await writeWithEntry(ctx, record, entry);
  const fields: string[] = changes.map((change) => change.field);
  if (shelfOf(before) !== shelfOf(after)) fields.push('shelf');
  await announce(ctx, 'case.changed', { ...aboutCase(record, before), fields });
}
