import type { CaseDetail } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { withoutLeaver } from '../assign.ts';
import { writeWithEntry, type CaseRecord } from '../case-store.ts';
import { changeEntry } from '../change-entry.ts';
import { caseAfterChange } from '../get-case.ts';
import { previewOf } from '../preview.ts';
import { mustBeThere } from '../see-case.ts';
import { announceMove } from './announce-move.ts';
import { copyFollowers, findNextPromise, moveMentions, movePlans, movePromises } from './belongings-store.ts';
import { moveDrafts } from './draft-move-store.ts';
import { holdBoth } from './hold-both.ts';
import { lockLinks } from './link-store.ts';
import { moveLinks } from './links.ts';
import { copyParticipants, findNewest, insertMove, keepState, lowerBookmarks, moveAllThreads, moveEntries, selectMovable, setMergedInto } from './move-store.ts';
import { mergedState } from './moved-state.ts';

export interface MergeCases {
  /** Becomes a tombstone that points to the other. */
  caseId: string;
  intoCaseId: string;
  /** The caller knows that the customers differ. */
  isSameMatter?: boolean;
}

const MOST_TAGS = 50;
export const newerOf = (...ids: readonly (string | null | undefined)[]): string | null => ids.reduce<string | null>((newest, id) => (id && (newest === null || id > newest) ? id : newest), null);

async function mayMerge(ctx: Ctx, from: CaseRecord, into: CaseRecord, isSameMatter: boolean): Promise<void> {
  for (const record of [from, into]) {
    await mustBeThere(ctx, record);
    if (record.status === 'closed') throw new Refusal('case_closed', `#${record.number} is closed. Link the cases instead.`);
  }
  if (from.customerId !== into.customerId && !isSameMatter) {
    throw new Refusal('other_customer', 'Whoever takes part in a case gets its answers. Merge them only when both customers wrote about the same matter.', { extra: { customerIds: [from.customerId, into.customerId] } });
  }
}

/**
 * Makes one case of two: messages, notes, files, threads, drafts, people, tags and links of the first move to the second, which then has the state of the one that more wants to be
 * seen. The first stays as a closed tombstone: its number, its token and its threads lead on. The agent must see both. Refuses `other_customer` unless the caller says that it is
 * the same matter, `case_closed`, `case_merged`, `case_aside`. One transaction; `undoMove` takes it back.
 */
export async function mergeCases(ctx: Ctx, input: MergeCases): Promise<{ moveId: string; case: CaseDetail }> {
  mustBeAllowed(ctx.actor, 'case.edit');
  if (input.caseId === input.intoCaseId) throw new Refusal('invalid_request', 'body.intoCaseId: A case is not merged into itself.');
  await lockLinks(ctx);
  const [from, into] = await holdBoth(ctx, input.caseId, input.intoCaseId);
  await mayMerge(ctx, from, into, input.isSameMatter ?? false);

  if (from.lastIncomingId !== null) await lowerBookmarks(ctx, from.id, into.id, from.lastIncomingId, ctx.actor.kind === 'agent' ? ctx.actor.agentId : null);
  const moved = await moveEntries(ctx, from, into.id, (await selectMovable(ctx, from.id, null)).map(({ id }) => id));
  const threads = await moveAllThreads(ctx, from.id, into.id);
  const addresses = await copyParticipants(ctx, from.id, into.id);
  const drafts = await moveDrafts(ctx, from.id, into.id);
  const linkIds = await moveLinks(ctx, from.id, into.id);
  const followers = await copyFollowers(ctx, from.id, into.id);
  await moveMentions(ctx, from.id, into.id, moved.map(({ id }) => id));
  const planIds = await movePlans(ctx, from.id, into.id, null);
  const promiseIds = await movePromises(ctx, from.id, into.id, 'all');
  const tags = from.tags.filter((tag) => !into.tags.includes(tag)).slice(0, Math.max(0, MOST_TAGS - into.tags.length));
  const messages = moved.filter(({ kind }) => kind === 'message').length;
  const newest = await findNewest(ctx, into.id);

  const state = mergedState(into, from);
  const { record: kept, off } = await withoutLeaver(ctx, { ...into, ...state });
  const told = { from: changeEntry(ctx, from, [{ field: 'merge', from: null, to: `#${into.number}` }]), into: changeEntry(ctx, { ...into, lastEntryId: newerOf(into.lastEntryId, from.lastEntryId) }, [{ field: 'merge', from: `#${from.number}`, to: null }, ...off], [from.subject]) };
  const tombstone: CaseRecord = {
    ...from, status: 'closed', snoozedUntil: null, waitingSince: null, resolvedAt: from.resolvedAt ?? ctx.clock.now(), lastEntryId: told.from.id, lastIncomingId: null, messageCount: from.messageCount - messages, nextPromiseAt: null, briefEntryId: null, version: from.version + 1, mergedIntoId: into.id,
  };
  const whole: CaseRecord = {
    ...kept, tags: [...into.tags, ...tags], lastActivityAt: into.lastActivityAt > from.lastActivityAt ? into.lastActivityAt : from.lastActivityAt, lastEntryId: told.into.id,
    lastIncomingId: newest.lastIncomingId, preview: previewOf(newest.text), messageCount: into.messageCount + messages, nextPromiseAt: await findNextPromise(ctx, into.id),
    briefEntryId: into.briefEntryId ?? from.briefEntryId, version: into.version + 1,
  };
  await setMergedInto(ctx, from.id, into.id);
  await writeWithEntry(ctx, tombstone, told.from);
  await writeWithEntry(ctx, whole, told.into);
  const moveId = newId();
  await insertMove(ctx, {
    id: moveId, kind: 'merge', from_case_id: from.id, into_case_id: into.id, from_entry_id: told.from.id, into_entry_id: told.into.id,
    facts: {
      entryIds: moved.map(({ id }) => id), threads, addresses, tags, linkIds, drafts, belongings: { followers, promiseIds }, briefEntryId: from.briefEntryId, planIds,
      from: { before: keepState(from), after: keepState(tombstone) }, into: { before: keepState(into), after: keepState(state) },
    },
  });
  await announceMove(ctx, { id: moveId, kind: 'merge', from: tombstone, to: whole, isMerged: true, drafts });
  return { moveId, case: await caseAfterChange(ctx, into.id) };
}
