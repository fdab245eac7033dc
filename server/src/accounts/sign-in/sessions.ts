import type { ResponseOf, accounts } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { clearSessionCookie } from './session-cookie.ts';
import { deleteSession, selectSessions } from './session-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };

/** Where the person is signed in, the last used first. */
export async function listSessions(ctx: AgentCtx): Promise<ResponseOf<typeof accounts.listSessions>> {
  const rows = await selectSessions(ctx.tx, ctx.accountId, ctx.actor.agentId, ctx.clock.now());
  return {
    items: rows.map((row) => ({ id: row.id, isCurrent: row.id === ctx.actor.sessionId, client: row.client, address: row.address, createdAt: row.created_at.toISOString(), lastSeenAt: row.last_seen_at.toISOString() })),
  };
}

/** Ends one of the person's own sessions, its open web sockets included. */
export async function revokeSession(ctx: AgentCtx, sessionId: string, http: Http): Promise<void> {
  const { tx, accountId, actor } = ctx;
  if (!(await deleteSession(tx, accountId, actor.agentId, sessionId))) throw new Refusal('not_found', 'This session has ended already.');
  await recordAudit(ctx, 'session.ended', { target: actor.name, detail: { sessionId } });
  rightsChanged(ctx, actor.agentId);
  if (sessionId === actor.sessionId) clearSessionCookie(http.reply, ctx.platform.config);
}

export async function signOut(ctx: AgentCtx, http: Http): Promise<void> {
  const { tx, accountId, actor } = ctx;
  await deleteSession(tx, accountId, actor.agentId, actor.sessionId ?? '');
  await recordAudit(ctx, 'sign_out.succeeded', { target: actor.name });
  rightsChanged(ctx, actor.agentId);
  clearSessionCookie(http.reply, ctx.platform.config);
}
