import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { makeToken } from '../token.ts';
import { SESSION_IDLE_MS } from './session-cookie.ts';
import { insertSession } from './session-store.ts';

/**
 * Begins a session for an agent and returns its token, for the cookie. Always a new token: whatever the browser brought along is never taken over, so nobody
 * can plant a session they know.
 */
export async function startSession(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock'>, agentId: string, from: { client: string; address: string }): Promise<{ sessionId: string; token: string }> {
  const now = ctx.clock.now();
  const { token, hash } = makeToken('session', ctx.accountId);
  const sessionId = newId();
  await insertSession(ctx.tx, { accountId: ctx.accountId, id: sessionId, agentId, hash, ...from, now, expiresAt: new Date(now.getTime() + SESSION_IDLE_MS) });
  return { sessionId, token };
}
