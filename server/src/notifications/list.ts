import type { ResponseOf, notifications } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { announce } from '../platform/events/index.ts';
import { findUnread, markRead, selectNotifications } from './store.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What this agent was told of, newest first. */
export async function listNotifications(ctx: Ctx & { actor: AgentActor }, query: { unread?: '1' | undefined; cursor?: string | undefined; limit: number }): Promise<ResponseOf<typeof notifications.list>> {
  const binding = ['notifications', query.unread];
  const position = readCursor(query.cursor, binding, 1);
  const rows = await selectNotifications(ctx, caseReader(ctx.actor), position ? uuidIn(position[0]) : LAST_ID, query.unread !== undefined, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id, kind: row.kind, caseId: row.case_id, number: row.number, subject: row.subject, customerName: row.customer_name, entryId: row.entry_id, byName: row.by_name, count: row.count, at: row.at.toISOString(), isUnread: row.read_at === null,
      isShown: row.is_shown, isSounded: row.is_sounded,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null,
    unread: await findUnread(ctx, ctx.actor.agentId),
  };
}

/** This agent has read some, or those of a case, or all; their other browsers hear of it. */
export async function readNotifications(ctx: Ctx & { actor: AgentActor }, what: { notificationIds?: readonly string[] | undefined; caseId?: string | undefined }): Promise<{ unread: number }> {
  const { agentId } = ctx.actor;
  if ((await markRead(ctx, agentId, { ids: what.notificationIds ?? null, caseId: what.caseId ?? null })) > 0) await announce(ctx, 'notification.changed', { agentId });
  return { unread: await findUnread(ctx, agentId) };
}
