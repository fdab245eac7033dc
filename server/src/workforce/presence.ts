import type { AgentPresence, OwnPresence, PresenceCause, PresenceState, QueryOf, ResponseOf, WantedPresence, workforce } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../platform/cursor.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findAgent, findLastChange, insertChange, lockPresence, selectChanges, selectPresences, writePresence, type PresenceRow } from './presence-store.ts';
import { findSettings } from './settings-store.ts';

type Workforce = typeof workforce;
const MOST_WRAP_UP_MS = 3_600_000;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const shape = (row: PresenceRow): AgentPresence => ({ agentId: row.agent_id, state: row.state, reason: row.reason, since: row.since?.toISOString() ?? null, until: row.until_at?.toISOString() ?? null });

/** The agent's presence, held until the transaction ends. Refuses `not_found` for whoever cannot work: unknown, disabled, a bot. */
async function hold(ctx: Ctx, agentId: string): Promise<PresenceRow> {
  const row = await lockPresence(ctx, agentId);
  if (!row?.is_active) throw new Refusal('not_found', 'This agent does not exist, or does not work here any more.');
  return row;
}

/** Writes down what somebody is from now on, with a row of the history and an event. Whoever calls holds the presence. */
export async function change(ctx: Ctx, before: PresenceRow, to: { state: PresenceState; reason?: string | null; until?: Date | null; at?: Date }, cause: PresenceCause, heardAt: Date): Promise<PresenceRow> {
  const { state, reason = null, until = null, at = ctx.clock.now() } = to;
  const row: PresenceRow = { agent_id: before.agent_id, state, reason, since: before.state === state && before.reason === reason && before.since ? before.since : at, until_at: until };
  await writePresence(ctx, { ...row, heardAt });
  await insertChange(ctx, { agent_id: row.agent_id, state, reason, cause, by_name: cause === 'chosen' && ctx.actor.kind === 'agent' ? ctx.actor.name : null, at, until_at: until });
  await announce(ctx, 'presence.changed', { agentId: row.agent_id });
  return row;
}

async function choose(ctx: Ctx, agentId: string, wanted: WantedPresence): Promise<AgentPresence> {
  const before = await hold(ctx, agentId);
  const { state, reason = null, seconds } = wanted;
  if (reason !== null && state !== 'away') throw new Refusal('invalid_request', 'body.reason: Only being away has a reason.');
  if ((seconds !== undefined) !== (state === 'wrap_up')) throw new Refusal('invalid_request', 'body.seconds: A wrap-up, and nothing else, takes a number of seconds.');
  if (state === 'away') {
    const { awayReasons } = await findSettings(ctx);
    if (reason === null ? awayReasons.length > 0 : !awayReasons.includes(reason)) throw new Refusal('invalid_request', `body.reason: Take one of the company’s reasons${awayReasons.length > 0 ? `: ${awayReasons.join(', ')}` : '; there are none'}.`);
  }
  const now = ctx.clock.now();
  const from = before.until_at && before.until_at > now ? before.until_at : now;
  const until = seconds === undefined ? null : new Date(Math.min(from.getTime() + seconds * 1000, now.getTime() + MOST_WRAP_UP_MS));
  const isSame = before.state === state && before.reason === reason && before.until_at?.getTime() === until?.getTime();
  if (!isSame) return shape(await change(ctx, before, { state, reason, until }, 'chosen', now));
  // Said again it is no change, but a sign of life.
  if (before.since) await writePresence(ctx, { ...before, heardAt: now });
  return shape(before);
}

/** With how it came to this: nobody is set to something without being told by whom or why. */
async function own(ctx: Ctx, presence: AgentPresence): Promise<OwnPresence> {
  const last = await findLastChange(ctx, presence.agentId);
  return { ...presence, cause: last?.cause ?? null, byName: last?.by_name ?? null };
}

/** What this agent chose, or what became of it. Refuses `not_found` for bots. */
export const getOwnPresence = async (ctx: Ctx & { actor: AgentActor }): Promise<OwnPresence> => own(ctx, shape(await hold(ctx, ctx.actor.agentId)));

/** Be there or not. Refuses a reason that is not on the account's list. */
export const setOwnPresence = async (ctx: Ctx & { actor: AgentActor }, wanted: WantedPresence): Promise<OwnPresence> => own(ctx, await choose(ctx, ctx.actor.agentId, wanted));

/** For somebody who forgot to leave, or to come. Whoever is set so and has no browser open is offline again after a minute. */
export async function setPresence(ctx: Ctx, agentId: string, wanted: WantedPresence): Promise<AgentPresence> {
  mustBeAllowed(ctx.actor, 'presence.manage');
  return choose(ctx, agentId, wanted);
}

export async function listPresence(ctx: Ctx): Promise<{ items: AgentPresence[] }> {
  mustBeAllowed(ctx.actor, 'agent.read');
  return { items: (await selectPresences(ctx)).map(shape) };
}

/** Every change, newest first; those of people who have left, too. */
export async function listPresenceChanges(ctx: Ctx, agentId: string, { cursor, limit }: QueryOf<Workforce['listPresenceChanges']>): Promise<ResponseOf<Workforce['listPresenceChanges']>> {
  mustBeAllowed(ctx.actor, 'presence.manage');
  if (!(await findAgent(ctx, agentId))) throw new Refusal('not_found', 'This agent does not exist.');
  const position = readCursor(cursor, agentId, 1);
  const rows = await selectChanges(ctx, agentId, position ? uuidIn(position[0]) : LAST_ID, limit + 1);
  const items = rows.slice(0, limit).map((row) => ({ id: row.id, state: row.state, reason: row.reason, cause: row.cause, byName: row.by_name, at: row.at.toISOString(), until: row.until_at?.toISOString() ?? null }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? writeCursor([last.id], agentId) : null };
}
