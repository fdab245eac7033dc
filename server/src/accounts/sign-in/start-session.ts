import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { selectPolicy } from '../policy/policy-store.ts';
import { makeToken } from '../token.ts';
import { deleteSessionsBeyond, insertSession, type SessionRow } from './session-store.ts';

export interface SessionBeginning {
  client: string;
  address: string;
  /** How the person proved who they are; by password when left out. */
  method?: SessionRow['method'];
  factors?: number;
  /** When they did; now when left out. */
  provedAt?: Date | undefined;
  /** Of a session that goes on elsewhere: when it began, so that it does not live longer for it. */
  beganAt?: Date | undefined;
  /** What the company's sign-in said, sealed, to end the session there as well. */
  sealedIdToken?: Buffer | undefined;
}

/**
 * Begins a session for an agent and returns its token, for the cookie. Always a new token: whatever the browser brought along is never taken over, so nobody
 * can plant a session they know. Where the account allows only so many sessions, those used least recently end.
 */
export async function startSession(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock'>, agentId: string, from: SessionBeginning): Promise<{ sessionId: string; token: string; ended: number }> {
  const now = ctx.clock.now();
  const policy = await selectPolicy(ctx.tx, ctx.accountId);
  const { token, hash } = makeToken('session', ctx.accountId);
  const sessionId = newId();
  const { client, address, method = 'password', factors = 1, provedAt = now, beganAt = now, sealedIdToken = null } = from;
  await insertSession(ctx.tx, { accountId: ctx.accountId, id: sessionId, agentId, hash, client, address, now, beganAt, expiresAt: new Date(now.getTime() + policy.idleMinutes * 60_000), method, factors, provedAt, sealedIdToken });
  const ended = policy.mostSessions === null ? 0 : await deleteSessionsBeyond(ctx.tx, ctx.accountId, agentId, policy.mostSessions);
  return { sessionId, token, ended };
}
