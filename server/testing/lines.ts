import { queues as endpoints, type PresenceState, type Queue, type Standing } from '@rapport/contract';
import type { z } from 'zod';
import { newId } from '../src/platform/ids.ts';
import { enqueue, type Enqueue } from '../src/routing/index.ts';
import { createQueue } from '../src/routing/waiting/queues.ts';
import { settleLines } from '../src/routing/waiting/settle.ts';
import type { TestAgent, TestDesk } from './desk.ts';

export type QueueWish = Partial<z.input<(typeof endpoints)['create']['body']>>;

/** The waiting lines of a test desk, moved on by hand. */
export interface TestLines {
  queue(wish?: QueueWish): Promise<Queue>;
  /** Somebody waits; what is left out is a chat of nobody in particular. */
  join(queue: Queue, wish?: Partial<Enqueue>): Promise<Standing>;
  be(agent: TestAgent, state: PresenceState): Promise<void>;
  /** What would happen by itself within two seconds. Answers how much was given out. */
  settle(): Promise<number>;
  /** Whom each of these is with, by state: `offered Anna`. */
  states(...standings: Standing[]): Promise<string[]>;
  /** The one open offer of an agent. */
  offerOf(agent: TestAgent): Promise<{ id: string; item_id: string } | undefined>;
  skill(agent: TestAgent, skillId: string, level: number): Promise<void>;
  newSkill(): Promise<string>;
  capacity(agent: TestAgent, chats: number, mails: number): Promise<void>;
  /** Nothing waits, nobody is there, no queue is left. */
  clear(): Promise<void>;
}

export function linesOf(desk: TestDesk): TestLines {
  const run = <R>(sql: string, values: unknown[] = []) => desk.asSystem((ctx) => ctx.tx.run<R>(sql, [ctx.accountId, ...values]));
  return {
    queue: (wish = {}) => desk.asSystem((ctx) => createQueue(ctx, endpoints.create.body.parse({ name: `Queue ${newId()}`, channels: ['chat', 'email'], ...wish }))),
    join: (queue, wish = {}) => desk.asSystem((ctx) => enqueue(ctx, { queueId: queue.id, channel: 'chat', key: newId(), ...wish })),
    be: async (agent, state) => void (await run(
      `insert into presence (account_id, agent_id, state, since, until_at, heard_at) values ($1, $2, $3, $4, case when $3 = 'wrap_up' then $4::timestamptz + interval '1 hour' end, $4)
       on conflict (account_id, agent_id) do update set state = $3, since = $4, until_at = excluded.until_at, heard_at = $4, reason = null`, [agent.id, state, desk.clock.now()])),
    settle: async () => (await desk.asSystem((ctx) => settleLines(ctx))).given,
    states: async (...standings) => {
      const rows = await run<{ id: string; state: string; name: string | null }>('select w.id, w.state, g.name from work_item w left join agent g on g.account_id = $1 and g.id = w.agent_id where w.account_id = $1');
      const byId = new Map(rows.map(({ id, state, name }) => [id, name === null ? state : `${state} ${name}`]));
      return standings.map(({ item }) => byId.get(item.id) ?? 'gone');
    },
    offerOf: async (agent) => (await run<{ id: string; item_id: string }>('select id, item_id from offer where account_id = $1 and agent_id = $2 and outcome is null', [agent.id]))[0],
    skill: async (agent, skillId, level) => void (await run('insert into agent_skill (account_id, agent_id, skill_id, level) values ($1, $2, $3, $4)', [agent.id, skillId, level])),
    async newSkill() {
      const id = newId();
      await run('insert into skill (account_id, id, name) values ($1, $2, $3)', [id, `Skill ${id}`]);
      return id;
    },
    capacity: async (agent, chats, mails) => void (await run('insert into agent_capacity (account_id, agent_id, chats, mails) values ($1, $2, $3, $4) on conflict (account_id, agent_id) do update set chats = $3, mails = $4', [agent.id, chats, mails])),
    async clear() {
      for (const table of ['wait_estimate', 'offer', 'work_item', 'queue', 'presence', 'agent_turn', 'agent_skill', 'skill', 'agent_capacity']) await run(`delete from ${table} where account_id = $1`);
    },
  };
}
