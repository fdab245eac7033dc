import { announce } from '../platform/events/index.ts';
import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { aboutCase } from './announce-case.ts';
import type { CaseRecord } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { canSee } from './follow.ts';
import { insertFollowers, selectColleagues } from './follow-store.ts';
import { insertMentions } from './mention-store.ts';

export interface Mentioned {
  id: string;
  name: string;
  /** Whether they may see the case; nobody is told of one they may not. */
  isTold: boolean;
}

/** Who the ids are, and who of them may see the case. Refuses `invalid_request` for somebody who does not work here. */
export async function readMentions(ctx: Ctx, record: CaseRecord, agentIds: readonly string[]): Promise<Mentioned[]> {
  const wanted = [...new Set(agentIds)];
  if (wanted.length === 0) return [];
  const found = await selectColleagues(ctx, wanted);
  if (found.length < wanted.length) throw new Refusal('invalid_request', 'body.mentionIds: One of the colleagues does not work here any more.');
  return found.map((one) => ({ id: one.id, name: one.name, isTold: canSee(one, record) }));
}

/** Tells those who may see the case, and has them follow it. The writer is not told of mentioning themselves. */
export async function tellMentioned(ctx: Ctx, record: CaseRecord, entryId: string, mentioned: readonly Mentioned[]): Promise<void> {
  const author = authorOf(ctx.actor);
  const told = mentioned.filter((one) => one.isTold && one.id !== author.id).map((one) => ({ id: newId(), agentId: one.id }));
  if (told.length === 0) return;
  await insertMentions(ctx, told, { caseId: record.id, entryId, byAgentId: author.id, byName: author.name });
  const fresh = await insertFollowers(ctx, record.id, told.map((one) => one.agentId));
  if (fresh.length > 0) await announce(ctx, 'followers.changed', aboutCase(record));
  for (const { id, agentId } of told) await announce(ctx, 'agent.mentioned', { agentId, mentionId: id, caseId: record.id, entryId });
}
