import type { Brief, BriefInput, CaseDetail, CaseKind, CasePriority, CaseStatus } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import { assign, type Owners } from './assign.ts';
import { shelfOf, withStatus, woken, type CaseState } from './case-state.ts';
import { writeWithEntry, type CaseRecord } from './case-store.ts';
import { changeEntry } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { mustHaveSeenChanges, mustHaveSeenMessages } from './collision.ts';
import { caseAfterChange } from './get-case.ts';
import { briefEntry, readBrief } from './hand-over.ts';
import type { Change } from './message-detail.ts';
import { holdChangeableCase } from './see-case.ts';
import { mustHaveFields, setFields, type FieldValues } from './set-fields.ts';

export interface UpdateCase extends Owners {
  status?: CaseStatus | undefined;
  priority?: CasePriority | undefined;
  kind?: CaseKind | undefined;
  /** Values of the account's own fields; null takes one away. */
  fields?: FieldValues | undefined;
  /** For the next team, when the case changes hands. */
  brief?: BriefInput | undefined;
  subject?: string | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
  /** Null wakes the case. */
  snoozedUntil?: string | null | undefined;
  /** The version the caller saw. */
  version?: number | undefined;
  /** The newest entry the caller saw. */
  seenEntryId?: string | undefined;
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

export function changesBetween(before: CaseRecord, after: CaseRecord): Change[] {
  const of = (field: Change['field'], from: string | null, to: string | null): Change[] => (from === to ? [] : [{ field, from, to }]);
  const time = (date: Date | null) => date?.toISOString() ?? null;
  return [
    ...of('status', before.status, after.status), ...of('priority', before.priority, after.priority), ...of('kind', before.kind, after.kind), ...of('subject', before.subject, after.subject),
    ...of('tags', before.tags.join(', ') || null, after.tags.join(', ') || null), ...of('snooze', time(before.snoozedUntil), time(after.snoozedUntil)),
  ];
}

async function mustHaveSeen(ctx: Ctx, before: CaseRecord, input: UpdateCase, seenEntryId: string): Promise<void> {
  if (input.status !== undefined && input.status !== before.status) await mustHaveSeenMessages(ctx, before.id, seenEntryId, 'Read it first; the status is as it was.');
  const collides = [...(input.status === undefined ? [] : ['status']), ...(input.assigneeId === undefined ? [] : ['assignee']), ...(input.teamId === undefined ? [] : ['team'])];
  if (collides.length > 0) await mustHaveSeenChanges(ctx, before.id, seenEntryId, collides);
}

/**
 * Changes a case; everything that changed stands in one entry of the timeline. What is the same already changes nothing. Refuses `case_closed`, `changed_meanwhile`
 * (when `version` is not the newest, or a colleague changed the same after `seenEntryId`), `newer_message`, `not_a_member`, `snooze_in_past`, `brief_needed` and `fields_missing`.
 * Assigning needs a permission of its own.
 */
export async function updateCase(ctx: Ctx, caseId: string, input: UpdateCase): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.edit');
  if (input.assigneeId !== undefined || input.teamId !== undefined) mustBeAllowed(ctx.actor, 'case.assign');
  await changeHeldCase(ctx, await holdChangeableCase(ctx, caseId), input);
  return caseAfterChange(ctx, caseId);
}

/** The same for a case that is locked and may be changed; answers it as it is now. */
export async function changeHeldCase(ctx: Ctx, before: CaseRecord, input: UpdateCase): Promise<CaseRecord> {
  if (input.version !== undefined && input.version !== before.version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.', { extra: { version: before.version } });
  if (input.seenEntryId !== undefined) await mustHaveSeen(ctx, before, input, input.seenEntryId);
  const state = nextState(before, input, ctx.clock.now());
  const owners = await assign(ctx, before, input, { isBegunAnew: before.resolvedAt !== null && state.resolvedAt === null });
  const brief = await readBrief(ctx, before, owners.teamId, input.brief);
  const after: CaseRecord = {
    ...before, ...state, priority: input.priority ?? before.priority, kind: input.kind ?? before.kind, subject: input.subject === undefined ? before.subject : cleanText(input.subject).text,
    tags: nextTags(before.tags, input), assigneeId: owners.assigneeId, teamId: owners.teamId,
  };
  const fieldChanges = input.fields === undefined ? [] : await setFields(ctx, before.id, input.fields);
  if (after.status === 'resolved' && before.status !== 'resolved' && ctx.actor.kind === 'agent') await mustHaveFields(ctx, before.id, after.kind);
  const changes = [...changesBetween(before, after), ...fieldChanges, ...owners.changes];
  if (changes.length === 0) return before;
  const written = await writeChanges(ctx, before, after, changes);
  return brief ? handOver(ctx, before, written, brief) : written;
}

/** Puts the brief behind the change of team and pins it. */
async function handOver(ctx: Ctx, before: CaseRecord, record: CaseRecord, brief: Brief): Promise<CaseRecord> {
  const entry = await briefEntry(ctx, record, brief, before.teamId, record.teamId);
  const next = { ...record, briefEntryId: entry.id, lastEntryId: entry.id, version: record.version + 1 };
  await writeWithEntry(ctx, next, entry);
  await announce(ctx, 'case.changed', { ...aboutCase(next, before), fields: ['brief'] });
  return next;
}

/** Writes a change of a locked case with its entry and announces it. */
export async function writeChanges(ctx: Ctx, before: CaseRecord, after: CaseRecord, changes: Change[]): Promise<CaseRecord> {
  const entry = changeEntry(ctx, before, changes);
  const record = { ...after, lastEntryId: entry.id, version: before.version + 1 };
  await writeWithEntry(ctx, record, entry);
  const fields: string[] = changes.map((change) => change.field);
  if (shelfOf(before) !== shelfOf(after)) fields.push('shelf');
  await announce(ctx, 'case.changed', { ...aboutCase(record, before), fields });
  return record;
}
