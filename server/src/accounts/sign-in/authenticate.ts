import type { FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/context.ts';
import { API, type Authenticate, type Authenticated } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findApiKey, touchApiKey } from '../api-keys/api-key-store.ts';
import { ceilingOf, withinCeiling } from '../people/rights.ts';
import { readToken } from '../token.ts';
import { isOpenWhenHeldUp } from './held-up.ts';
import { sessionTokenOf } from './session-cookie.ts';
import { findSession, touchSession } from './session-store.ts';

// Often enough to tell when somebody was last there, seldom enough that reading stays reading.
const TOUCH_MS = 60_000;

// A socket that is only open is nobody at work: what it asks about itself does not keep a session alive.
const isLive = (request: FastifyRequest) => request.routeOptions.url === `${API}/live`;

async function bySession(platform: Platform, token: string, request: FastifyRequest): Promise<Authenticated | undefined> {
  const address = request.ip;
  const read = readToken('session', token);
  if (!read) return undefined;
  const now = platform.clock.now();
  const row = await findSession(platform, read.accountId, read.hash, now);
  if (!row) return undefined;
  if (row.second_factor_due_at && row.second_factor_due_at <= now && !isOpenWhenHeldUp(request)) {
    if (isLive(request)) return undefined;
    throw new Refusal('second_factor_required', 'Set up a second factor, or use the one you have.');
  }
  const onlyIfSeenBefore = new Date(now.getTime() - TOUCH_MS);
  if (row.last_seen_at <= onlyIfSeenBefore && !isLive(request)) {
    const touch = { accountId: read.accountId, sessionId: row.session_id, address, now, expiresAt: new Date(now.getTime() + row.idle_minutes * 60_000), onlyIfSeenBefore };
    await platform.database.inAccount(read.accountId, (tx) => touchSession(tx, touch));
  }
  const actor = { kind: 'agent', agentId: row.agent_id, name: row.name, permissions: new Set(row.permissions), caseScope: row.case_scope, teamIds: row.team_ids, sessionId: row.session_id, proof: { method: row.method, factors: row.factors, provedAt: row.proved_at, beganAt: row.created_at }, address } as const;
  return { accountId: read.accountId, actor, by: 'cookie' };
}

async function byApiKey(platform: Platform, key: string, address: string): Promise<Authenticated | undefined> {
  const read = readToken('api-key', key);
  if (!read) return undefined;
  const now = platform.clock.now();
  const row = await findApiKey(platform, read.accountId, read.hash, now);
  if (!row) return undefined;
  const onlyIfUsedBefore = new Date(now.getTime() - TOUCH_MS);
  if (row.last_used_at === null || row.last_used_at <= onlyIfUsedBefore) {
    await platform.database.inAccount(read.accountId, (tx) => touchApiKey(tx, { accountId: read.accountId, apiKeyId: row.api_key_id, now, onlyIfUsedBefore }));
  }
  const rights = withinCeiling({ permissions: new Set(row.permissions), caseScope: row.case_scope }, ceilingOf(row));
  return { accountId: read.accountId, actor: { kind: 'agent', agentId: row.agent_id, name: row.name, ...rights, teamIds: row.team_ids, apiKeyId: row.api_key_id, address }, by: 'api-key' };
}

/**
 * Who sends this request: by `Authorization: Bearer rk_…` if there is one, else by the session cookie. Agents who have been disabled, sessions that have ended and
 * keys that have run out are nobody, from the next request on. A header that does not hold is not helped by a cookie beside it.
 */
export const authenticate: Authenticate = async (platform: Platform, request: FastifyRequest) => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return key === undefined ? undefined : byApiKey(platform, key, request.ip);
  }
  const token = sessionTokenOf(request, platform.config);
  return token === undefined ? undefined : bySession(platform, token, request);
};
