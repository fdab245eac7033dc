// node bench/routing.ts [--agents 500] [--waiting 10000] [--decisions 300]
// What giving out work costs, with so many agents at work and so many waiting in ten queues with two skills: everybody free at once, and one getting free after the other, beside the same decisions made the
// plain way (read who waits, sort, count what each agent has, take the first that fits) on the same database in the same run. Asks the PostgreSQL in RAPPORT_TEST_DATABASE_URL, or its own.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Queue } from '@rapport/contract';
import { openTestDesk } from '../server/testing/desk.ts';
import { linesOf } from '../server/testing/lines.ts';
import { enqueue, findStanding } from '../server/src/routing/index.ts';
import { settleLines } from '../server/src/routing/waiting/settle.ts';
import { percentile } from './measure.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({ options: { agents: number('500'), waiting: number('10000'), decisions: number('300') } });
const [agents, waiting, decisions] = [Number(values.agents), Number(values.waiting), Number(values.decisions)];
const QUEUES = 10;

const desk = await openTestDesk();
const lines = linesOf(desk);
const run = <R>(sql: string, given: unknown[] = []) => desk.asSystem((ctx) => ctx.tx.run<R>(sql, [ctx.accountId, ...given]));
const skills = [await lines.newSkill(), await lines.newSkill()];
const queues: Queue[] = [];
for (let i = 0; i < QUEUES; i += 1) queues.push(await lines.queue({ acceptSeconds: 0, skills: [{ skillId: skills[i % 2] ?? '', level: 1 + (i % 3) }] }));
const now = desk.clock.now();
await run(
  `with made as (insert into agent (account_id, id, email, name, role_id, created_at) select $1, gen_random_uuid(), 'a' || n || '@x.test', 'Agent ' || n, (select id from role where account_id = $1 and key = 'admin'), now() from generate_series(1, $2::int) n returning id)
   insert into presence (account_id, agent_id, state, since, heard_at) select $1, id, 'available', $3::timestamptz - random() * interval '1 hour', $3 from made`, [agents, now]);
await run(`insert into agent_capacity (account_id, agent_id, chats, mails) select $1, agent_id, 1, 1 from presence where account_id = $1`);
// Everybody knows one of the two well; a third knows both.
await run(`insert into agent_skill (account_id, agent_id, skill_id, level) select $1, p.agent_id, s.id, 1 + (random() * 4)::int from presence p cross join unnest($2::uuid[]) with ordinality s(id, n) where p.account_id = $1 and (hashtext(p.agent_id::text) % 3 = 0 or hashtext(p.agent_id::text) % 2 + 1 = s.n or (hashtext(p.agent_id::text) % 2 = -1 and s.n = 2))`, [skills]);
const fill = (count: number) => run(
  `insert into work_item (account_id, id, queue_id, channel, load, key, priority, skills, since, rank_at, state)
   select $1, gen_random_uuid(), q, 'chat', 'chats', gen_random_uuid()::text, p, '[]', at, at - make_interval(mins => p), 'waiting'
   from (select ($2::uuid[])[1 + n % ${QUEUES}] as q, (random() * 3)::int as p, $4::timestamptz - random() * interval '2 hours' as at from generate_series(1, $3::int) n) t`, [queues.map(({ id }) => id), count, now]);
await fill(waiting + agents);
const superuser = desk.superuserPool();
await superuser.query('vacuum analyze');

const settle = () => desk.asSystem((ctx) => settleLines(ctx));
const report = (name: string, times: number[], given: number, seconds: number) => {
  times.sort((a, b) => a - b);
  console.log(`${name.padEnd(62)} ${String(Math.round(given / seconds)).padStart(7)}/s   p50 ${percentile(times, 50).toFixed(1)} ms   p95 ${percentile(times, 95).toFixed(1)} ms`);
};
const free = async () => {
  const [row] = await run<{ agent_id: string }>(`update work_item set state = 'done', ended_at = $2 where account_id = $1 and id = (select id from work_item where account_id = $1 and state = 'taken' order by random() limit 1) returning agent_id`, [desk.clock.now()]);
  await fill(1);
  return row?.agent_id;
};

/** As many times, with one agent who has just got free. */
async function oneByOne(name: string, decide: (agentId: string) => Promise<number>): Promise<void> {
  const times: number[] = [];
  let [given, spent] = [0, 0];
  for (let i = 0; i < decisions; i += 1) {
    const agentId = await free();
    const from = performance.now();
    given += await decide(agentId ?? '');
    times.push(performance.now() - from);
    spent += times.at(-1) ?? 0;
  }
  report(name, times, given, spent / 1000);
}

/** What many write first: everything is read and sorted for each decision, and every agent's load counted. */
const plainly = () => desk.asSystem(async (ctx) => {
  const items = await ctx.tx.run<{ id: string; queue_id: string; skills: { skillId: string; level: number }[]; since: Date; priority: number }>(`select w.id, w.queue_id, q.skills, w.since, w.priority from work_item w join queue q on q.account_id = $1 and q.id = w.queue_id where w.account_id = $1 and w.state = 'waiting'`, [ctx.accountId]);
  const people = await ctx.tx.run<{ agent_id: string; has: number; chats: number; levels: Record<string, number> }>(
    `select p.agent_id, c.chats, (select count(*)::int from work_item w where w.account_id = $1 and w.agent_id = p.agent_id and w.state in ('offered', 'taken')) as has,
       (select jsonb_object_agg(s.skill_id, s.level) from agent_skill s where s.account_id = $1 and s.agent_id = p.agent_id) as levels
     from presence p join agent_capacity c on c.account_id = $1 and c.agent_id = p.agent_id where p.account_id = $1 and p.state = 'available' order by p.since`, [ctx.accountId]);
  const rank = (item: { since: Date; priority: number }) => item.since.getTime() - item.priority * 60_000;
  for (const item of items.sort((a, b) => rank(a) - rank(b))) {
    const agent = people.find(({ has, chats, levels }) => has < chats && item.skills.every(({ skillId, level }) => (levels?.[skillId] ?? 0) >= level));
    if (!agent) continue;
    await ctx.tx.run(`update work_item set state = 'taken', agent_id = $3, taken_at = $4 where account_id = $1 and id = $2 and state = 'waiting'`, [ctx.accountId, item.id, agent.agent_id, ctx.clock.now()]);
    return 1;
  }
  return 0;
});

console.log(`${agents} agents, ${waiting} waiting`);
{
  const times: number[] = [];
  let given = 0;
  const from = performance.now();
  for (;;) {
    const before = performance.now();
    const round = await settle();
    times.push(performance.now() - before);
    given += round.given;
    if (!round.mayHaveMore) break;
  }
  report(`everybody is free at once (${given} given in ${times.length} rounds)`, times, given, (performance.now() - from) / 1000);
}
await oneByOne('one gets free after the other', async () => (await settle()).given);
await oneByOne('the same the plain way', plainly);
await oneByOne('and once more as it is', async () => (await settle()).given);
{
  const times: number[] = [];
  const from = performance.now();
  for (let i = 0; i < decisions; i += 1) {
    const before = performance.now();
    await desk.asSystem((ctx) => enqueue(ctx, { queueId: queues[i % QUEUES]?.id ?? '', channel: 'chat', key: `bench ${i}` }));
    times.push(performance.now() - before);
  }
  report('somebody joins a line, and is told where they stand', times, decisions, (performance.now() - from) / 1000);
}
{
  const times: number[] = [];
  const from = performance.now();
  for (let i = 0; i < decisions; i += 1) {
    const before = performance.now();
    await desk.asSystem((ctx) => findStanding(ctx, `bench ${i}`));
    times.push(performance.now() - before);
  }
  report('somebody asks where they stand', times, decisions, (performance.now() - from) / 1000);
}
await desk.close();
