import type { Capacity, PresenceState } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { change } from './presence.ts';
import { findAgent, lockPresence } from './presence-store.ts';
import { findSettings } from './settings-store.ts';
import { selectWorkers } from './worker-store.ts';

export { countAvailable } from './worker-store.ts';

/** Somebody who can be given work: what they see, know and take at once. */
export interface Worker {
  agentId: string;
  name: string;
  state: PresenceState;
  since: Date;
  /** Whether their role answers customers. */
  answers: boolean;
  /** Null: cases of every team. */
  teamIds: ReadonlySet<string> | null;
  /** The teams they are in, whatever they see. */
  memberOf: readonly string[];
  /** Their level by skill. */
  levels: ReadonlyMap<string, number>;
  capacity: Capacity;
}

/** Everybody who is there, in one read; of `alsoIds` those who are offline, too. Whoever is disabled or a bot is not among them. */
export async function listWorkers(ctx: Ctx, alsoIds: readonly string[] = []): Promise<Worker[]> {
  const { capacity } = await findSettings(ctx);
  return (await selectWorkers(ctx, alsoIds)).map((row) => ({
    agentId: row.agent_id, name: row.name, state: row.state, since: row.since, answers: row.answers, teamIds: row.case_scope === 'all' ? null : new Set(row.case_scope === 'team' ? row.team_ids : []),
    memberOf: row.team_ids, levels: new Map(Object.entries(row.skills)), capacity: row.chats === null || row.mails === null ? capacity : { chats: row.chats, mails: row.mails },
  }));
}

/** Whether somebody works here who can be given work. */
export const isAgent = async (ctx: Ctx, agentId: string): Promise<boolean> => (await findAgent(ctx, agentId))?.is_active ?? false;

/** They were done with something: whoever is open to more gets so long to finish first. */
export async function beginWrapUp(ctx: Ctx, agentId: string, seconds: number): Promise<void> {
  const row = await lockPresence(ctx, agentId);
  if (row?.is_active && row.heard_at && row.state === 'available') await change(ctx, row, { state: 'wrap_up', until: new Date(ctx.clock.now().getTime() + seconds * 1_000) }, 'work_done', row.heard_at);
}

/** They were offered something and did not answer: they count as away until they say otherwise, so that nobody waits for them. */
export async function noteNoAnswer(ctx: Ctx, agentId: string): Promise<void> {
  const row = await lockPresence(ctx, agentId);
  if (row?.is_active && row.heard_at && row.state === 'available') await change(ctx, row, { state: 'away' }, 'no_answer', row.heard_at);
}
