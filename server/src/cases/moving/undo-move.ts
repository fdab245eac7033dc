import type { CaseDetail } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { withoutLeaver } from '../assign.ts';
import type { CaseState } from '../case-state.ts';
import { writeWithEntry, type CaseRecord } from '../case-store.ts';
import { changeEntry } from '../change-entry.ts';
import { caseAfterChange } from '../get-case.ts';
import { previewOf } from '../preview.ts';
import { announceMove } from './announce-move.ts';
import { dropFollowers, findNextPromise, moveMentions, movePlans, movePromises } from './belongings-store.ts';
import { returnDrafts } from './draft-move-store.ts';
import { holdBoth } from './hold-both.ts';
import { lockLinks } from './link-store.ts';
import { returnLinks } from './links.ts';
import { newerOf } from './merge-cases.ts';
import { dropParticipants, endMove, findArrivalAfter, findNewest, lockMove, moveEntries, returnThreads, setMergedInto, stateOf, type MoveRow } from './move-store.ts';
import { stateAfterUndo } from './moved-state.ts';

async function mayUndo(move: MoveRow, from: CaseRecord, into: CaseRecord): Promise<void> {
  if (move.undone_at !== null) throw new Refusal('undone_already', 'Everything is where it was.');
  if (into.mergedIntoId !== null) throw new Refusal('undo_later_first', `#${into.number} was merged later. Undo that first.`);
  if (move.kind === 'split' && from.mergedIntoId !== null) throw new Refusal('undo_later_first', `#${from.number} was merged later. Undo that first.`);
  for (const record of [into, ...(move.kind === 'split' ? [from] : [])]) {
    if (record.removedAs !== null) throw new Refusal('case_aside', `#${record.number} is spam or deleted. Bring it back first.`);
    if (record.status === 'closed') throw new Refusal('case_closed', `#${record.number} was closed since. What is on it stays.`);
  }
}

/** A case as its entries now make it. */
async function counted(ctx: Ctx, record: CaseRecord, state: CaseState, messages: number): Promise<CaseRecord> {
  const newest = await findNewest(ctx, record.id);
  return { ...record, ...state, lastIncomingId: newest.lastIncomingId, preview: previewOf(newest.text), messageCount: record.messageCount + messages, nextPromiseAt: await findNextPromise(ctx, record.id), version: record.version + 1 };
}

async function write(ctx: Ctx, record: CaseRecord, field: 'unmerge' | 'unsplit', which: { from: string } | { to: string }): Promise<CaseRecord> {
  const { record: kept, off } = record.mergedIntoId === null ? await withoutLeaver(ctx, record) : { record, off: [] };
  const entry = changeEntry(ctx, record, [{ field, from: 'from' in which ? which.from : null, to: 'to' in which ? which.to : null }, ...off]);
  const next = { ...kept, lastEntryId: entry.id };
  await writeWithEntry(ctx, next, entry);
  return next;
}

/**
 * Takes a merge or split back. What moved goes back as far as it still lies where it went; what arrived there since stays there. A merged case is then as it was before. A new case
 * that was split off and has nothing left becomes a tombstone of the old one, so that its number is still found. Refuses `undone_already`, `undo_later_first` (a case that was merged
 * on since), `case_closed`, `case_aside`. Answers the case that the entries went back to.
 */
export async function undoMove(ctx: Ctx, input: { caseId: string; moveId: string }): Promise<CaseDetail> {
  mustBeAllowed(ctx.actor, 'case.edit');
  await lockLinks(ctx);
  const move = await lockMove(ctx, input.moveId);
  if (!move || (move.from_case_id !== input.caseId && move.into_case_id !== input.caseId)) throw new Refusal('not_found', 'There is no such merge or split on this case.');
  const [from, into] = await holdBoth(ctx, move.from_case_id, move.into_case_id);
  await mayUndo(move, from, into);
  await endMove(ctx, move.id);
  const { facts } = move;
  const back = await moveEntries(ctx, into, from.id, facts.entryIds);
  await returnThreads(ctx, into.id, from.id, facts.threads);
  await moveMentions(ctx, into.id, from.id, back.map(({ id }) => id));
  await movePromises(ctx, into.id, from.id, { ids: facts.belongings.promiseIds });
  const messages = back.filter(({ kind }) => kind === 'message').length;
  // A brief that is still pinned there goes back with its entry; one that was answered since is not pinned anew.
  const hasBrief = into.briefEntryId !== null && into.briefEntryId === facts.briefEntryId;
  const brought = { ...from, lastEntryId: newerOf(from.lastEntryId, into.lastEntryId), briefEntryId: hasBrief ? into.briefEntryId : from.briefEntryId };
  const left = { ...into, briefEntryId: hasBrief ? null : into.briefEntryId };
  return move.kind === 'merge' ? undoMerge(ctx, move, brought, left, messages) : undoSplit(ctx, move, brought, left, messages);
}

async function undoMerge(ctx: Ctx, move: MoveRow, from: CaseRecord, into: CaseRecord, messages: number): Promise<CaseDetail> {
  const { facts } = move;
  await dropFollowers(ctx, into.id, facts.belongings.followers);
  await dropParticipants(ctx, into.id, facts.addresses);
  await movePlans(ctx, into.id, from.id, facts.planIds);
  const drafts = await returnDrafts(ctx, into.id, from.id, facts.drafts);
  await returnLinks(ctx, into.id, from.id, facts.linkIds);
  const state = stateAfterUndo(into, { before: stateOf(facts.into.before), after: stateOf(facts.into.after) }, await findArrivalAfter(ctx, into.id, move.into_entry_id));
  await setMergedInto(ctx, from.id, null);
  const revived = await write(ctx, await counted(ctx, { ...from, mergedIntoId: null }, stateOf(facts.from.before), messages), 'unmerge', { to: `#${into.number}` });
  const rest = await write(ctx, { ...(await counted(ctx, into, state, -messages)), tags: into.tags.filter((tag) => !facts.tags.includes(tag)) }, 'unmerge', { from: `#${from.number}` });
  await announceMove(ctx, { id: move.id, kind: 'undo', from: rest, to: revived, isMerged: false, drafts });
  return caseAfterChange(ctx, from.id);
}

async function undoSplit(ctx: Ctx, move: MoveRow, from: CaseRecord, into: CaseRecord, messages: number): Promise<CaseDetail> {
  const { facts } = move;
  const arrivedAt = await findArrivalAfter(ctx, from.id, move.from_entry_id);
  const state = stateAfterUndo(from, { before: stateOf(facts.from.before), after: stateOf(facts.from.after) }, arrivedAt);
  const whole = await write(ctx, await counted(ctx, from, state, messages), 'unsplit', { from: `#${into.number}` });
  const isEmpty = (await findNewest(ctx, into.id)).lastMovableId === null;
  if (isEmpty) await setMergedInto(ctx, into.id, from.id);
  const ended: CaseState = { status: 'closed', snoozedUntil: null, waitingSince: null, resolvedAt: into.resolvedAt ?? ctx.clock.now() };
  const since = await findArrivalAfter(ctx, into.id, move.into_entry_id);
  const kept: CaseState = { status: into.status, snoozedUntil: into.snoozedUntil, resolvedAt: into.resolvedAt, waitingSince: into.waitingSince === null ? null : since };
  const other = await write(ctx, { ...(await counted(ctx, into, isEmpty ? ended : kept, -messages)), mergedIntoId: isEmpty ? from.id : null }, 'unsplit', { to: `#${from.number}` });
  await announceMove(ctx, { id: move.id, kind: 'undo', from: other, to: whole, isMerged: isEmpty });
  return caseAfterChange(ctx, from.id);
}
