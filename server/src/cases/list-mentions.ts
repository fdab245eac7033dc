import type { following, ResponseOf } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { announce } from '../platform/events/index.ts';
import { countUnread, markMentionsRead, selectMentions } from './mention-store.ts';
import { previewOf } from './preview.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const MOST_COUNTED = 100;

/** Where this agent was mentioned, newest first. */
export async function listMentions(ctx: Ctx, query: { unread?: '1' | undefined; cursor?: string | undefined; limit: number }): Promise<ResponseOf<typeof following.listMentions>> {
  const reader = caseReader(ctx.actor);
  const binding = ['mentions', query.unread];
  const position = readCursor(query.cursor, binding, 1);
  const rows = await selectMentions(ctx, reader, position ? uuidIn(position[0]) : LAST_ID, query.unread !== undefined, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id, caseId: row.case_id, number: row.number, subject: row.subject, customerName: row.customer_name, entryId: row.entry_id, byName: row.by_name, excerpt: previewOf(row.body), at: row.at.toISOString(), isUnread: row.read_at === null,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null,
    unread: await countUnread(ctx, reader, MOST_COUNTED),
  };
}

/** This agent has read some mentions, or those of a case, or all; their other windows hear of it. */
export async function readMentionsOf(ctx: Ctx & { actor: AgentActor }, what: { mentionIds?: readonly string[] | undefined; caseId?: string | undefined }): Promise<{ unread: number }> {
  const { agentId } = ctx.actor;
  const changed = await markMentionsRead(ctx, agentId, { ids: what.mentionIds ?? null, caseId: what.caseId ?? null });
  if (changed > 0) await announce(ctx, 'mention.read', { agentId });
  return { unread: await countUnread(ctx, caseReader(ctx.actor), MOST_COUNTED) };
}
