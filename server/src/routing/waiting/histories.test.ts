// Over everything that can happen in any order, at once and in two processes: nobody is given more than they take, nothing is given twice, and nothing is lost or left for ever.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, beforeEach, test } from 'node:test';
import type { Queue, Standing } from '@rapport/contract';
import fc from 'fast-check';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { linesOf, type TestLines } from '../../../testing/lines.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { endWork, enqueue } from './enqueue.ts';
import { acceptOffer, declineOffer, finishWork, listOwnWork, pullWork, reassignWork } from './in-hand.ts';

let desk: TestDesk;
let lines: TestLines;
const agents: TestAgent[] = [];
before(async () => {
  desk = await openTestDesk();
  lines = linesOf(desk);
  for (const name of ['Anna', 'Ben', 'Carla', 'Dora']) agents.push(await desk.agent({ name }));
});
after(() => desk.close());
beforeEach(() => lines.clear());

const CAPACITY = { chats: 2, mails: 2 };
const states = ['available', 'available', 'available', 'away', 'offline', 'wrap_up'] as const;
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('join' as const), queue: fc.nat(1), channel: fc.constantFrom('chat' as const, 'email' as const), isWhole: fc.boolean(), priority: fc.nat(3), skill: fc.nat(2), preferred: fc.option(fc.nat(3), { nil: null }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('be' as const), agent: fc.nat(3), state: fc.constantFrom(...states) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('accept' as const, 'decline' as const, 'finish' as const), agent: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pull' as const), agent: fc.nat(3), queue: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), agent: fc.nat(3), to: fc.option(fc.nat(3), { nil: null }), queue: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), which: fc.nat(50) }) },
  { weight: 6, arbitrary: fc.constant({ do: 'settle' as const }) },
);
type Step = (typeof step extends fc.Arbitrary<infer T> ? T : never);

interface World {
  queues: Queue[];
  skillId: string;
  joined: { key: string; standing: Standing }[];
}
async function begin(): Promise<World> {
  await lines.clear();
  const skillId = await lines.newSkill();
  for (const [i, agent] of agents.entries()) {
    await lines.capacity(agent, CAPACITY.chats, CAPACITY.mails);
    if (i > 0) await lines.skill(agent, skillId, i + 1);
    await lines.be(agent, 'available');
  }
  const overflow = await lines.queue({ acceptSeconds: 0 });
  return { queues: [await lines.queue({ acceptSeconds: 20, preferredSeconds: 30, overflowSeconds: 600, overflowQueueId: overflow.id }), overflow], skillId, joined: [] };
}

/** What is refused because things stand otherwise is no fault. */
const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)));

async function act(world: World, one: Step): Promise<void> {
  const agent = 'agent' in one ? agents[one.agent] : undefined;
  const queue = 'queue' in one ? world.queues[one.queue] : undefined;
  const own = agent && (await agent.does((ctx) => listOwnWork(ctx)));
  switch (one.do) {
    case 'settle': return void (await lines.settle());
    case 'be': return agent && lines.be(agent, one.state);
    case 'join': {
      if (!queue) return;
      const key = newId();
      const skills = one.skill > 0 ? [{ skillId: world.skillId, level: one.skill * 2, steps: [{ afterSeconds: 300, level: 0 }] }] : [];
      const standing = await desk.asSystem(async (ctx) => {
        const made = await enqueue(ctx, { queueId: queue.id, key, channel: one.channel, priority: one.priority, skills, preferredAgentId: one.preferred === null ? null : (agents[one.preferred]?.id ?? null) });
        // No channel of whole encounters is there yet.
        if (one.isWhole) await ctx.tx.run(`update work_item set load = 'whole' where account_id = $1 and id = $2`, [ctx.accountId, made.item.id]);
        return made;
      });
      return void world.joined.push({ key, standing });
    }
    case 'accept': case 'decline': {
      const [offer] = own?.offers ?? [];
      return void (agent && offer && (await quietly(agent.does((ctx) => (one.do === 'accept' ? acceptOffer(ctx, offer.id).then(() => undefined) : declineOffer(ctx, offer.id))))));
    }
    case 'finish': return void (agent && own?.items[0] && (await quietly(agent.does((ctx) => finishWork(ctx, own.items[0]?.id ?? '')))));
    case 'pull': return void (agent && queue && (await quietly(agent.does((ctx) => pullWork(ctx, queue.id)))));
    case 'pass': {
      const to = one.to === null ? { queueId: queue?.id ?? '' } : { agentId: agents[one.to]?.id ?? '' };
      return void (agent && own?.items[0] && (await quietly(agent.does((ctx) => reassignWork(ctx, own.items[0]?.id ?? '', to)))));
    }
    case 'leave': {
      const joined = world.joined[one.which % Math.max(1, world.joined.length)];
      return void (joined && (await desk.asSystem((ctx) => endWork(ctx, joined.key))));
    }
  }
}

interface ItemNow { id: string; state: string; agent_id: string | null; load: 'mails' | 'chats' | 'whole'; since: Date; open: string[] | null }
async function hold(world: World): Promise<ItemNow[]> {
  const items = await desk.asSystem((ctx) => ctx.tx.run<ItemNow>(
    `select w.id, w.state, w.agent_id, w.load, w.since, (select array_agg(o.agent_id::text) from offer o where o.account_id = $1 and o.item_id = w.id and o.outcome is null) as open from work_item w where w.account_id = $1`, [ctx.accountId]));
  assert.deepEqual(items.map(({ id }) => id).sort(), world.joined.map(({ standing }) => standing.item.id).sort(), 'nothing is lost and nothing is there twice');
  const since = new Map(world.joined.map(({ standing }) => [standing.item.id, standing.item.since]));
  for (const item of items) {
    assert.equal(item.since.toISOString(), since.get(item.id), 'it keeps the time it has waited');
    assert.deepEqual(item.open ?? [], item.state === 'offered' ? [item.agent_id] : [], 'whoever is said to be asked is asked, and nobody else');
  }
  for (const agent of agents) {
    const held = items.filter((item) => item.agent_id === agent.id && (item.state === 'offered' || item.state === 'taken'));
    const of = (load: string) => held.filter((item) => item.load === load).length;
    assert.ok(held.filter((item) => item.state === 'offered').length <= 1, 'one question at a time');
    assert.ok(of('whole') <= 1 && of('chats') <= CAPACITY.chats && of('mails') <= CAPACITY.mails && (of('whole') === 0 || of('chats') === 0), `${held.map((item) => item.load)} is more than anybody takes`);
  }
  return items;
}

/** From any state: when everybody is there and does their work, everything comes to its end. */
async function drain(world: World): Promise<void> {
  for (let round = 0; round < 60; round += 1) {
    const items = await hold(world);
    if (items.every(({ state }) => state === 'done' || state === 'left')) return;
    desk.clock.forward({ seconds: 61 });
    for (const agent of agents) await lines.be(agent, 'available');
    await lines.settle();
    for (const agent of agents) {
      await act(world, { do: 'accept', agent: agents.indexOf(agent) });
      for (const { id } of (await agent.does((ctx) => listOwnWork(ctx))).items) await agent.does((ctx) => finishWork(ctx, id));
    }
  }
  assert.fail('something was never served');
}

test('over random histories nobody is booked twice, nothing is lost, and everything is served in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(40)), { minLength: 10, maxLength: 60 }), async (history) => {
      const world = await begin();
      for (const [one, seconds] of history) {
        desk.clock.forward({ seconds });
        await act(world, one);
        if (one.do === 'settle') await hold(world);
      }
      await drain(world);
    }),
    { numRuns: 25 },
  );
});

test('the same when many things happen at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.array(step, { minLength: 4, maxLength: 8 }), fc.nat(60)), { minLength: 4, maxLength: 12 }), async (history) => {
      const world = await begin();
      for (const [many, seconds] of history) {
        desk.clock.forward({ seconds });
        await Promise.all([...many.map((one) => act(world, one)), lines.settle()]);
        await hold(world);
      }
      await drain(world);
    }),
    { numRuns: 20 },
  );
});

test('what has no priority is served although something urgent comes every minute', async () => {
  const world = await begin();
  const [first] = agents as [TestAgent];
  for (const agent of agents.slice(1)) await lines.be(agent, 'offline');
  await lines.capacity(first, 1, 1);
  const urgent = () => act(world, { do: 'join', queue: 1, channel: 'chat', isWhole: false, priority: 10, skill: 0, preferred: null });
  for (let i = 0; i < 3; i += 1) await urgent();
  await act(world, { do: 'join', queue: 1, channel: 'chat', isWhole: false, priority: 0, skill: 0, preferred: null });
  const plain = world.joined.at(-1)?.standing ?? assert.fail();
  let minutes = 0;
  for (; (await lines.states(plain))[0] === 'waiting'; minutes += 1) {
    desk.clock.forward({ seconds: 60 });
    await urgent();
    await lines.settle();
    await act(world, { do: 'finish', agent: 0 });
    await lines.settle();
  }
  assert.ok(minutes >= 10 && minutes <= 14, `${minutes} minutes: those who came within ten minutes go first, and nobody after`);
});

test('two processes that give out the same work give everything once, also when one of them is killed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  const children: ChildProcess[] = [];
  // Both ask the real clock.
  desk.clock.moveTo(new Date());
  const start = async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/routing-process.ts'), desk.databaseUrl, dataDir, desk.accountId], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    return child;
  };
  try {
    const queues = [await lines.queue({ acceptSeconds: 600 }), await lines.queue({ acceptSeconds: 0 })] as const;
    for (const agent of agents) {
      await lines.capacity(agent, CAPACITY.chats, CAPACITY.mails);
      await lines.be(agent, 'available');
    }
    const [victim] = [await start(), await start()];
    const count = 160;
    for (let i = 0; i < count; i += 1) {
      await lines.join(queues[i % 2] ?? queues[0], { channel: i % 3 ? 'chat' : 'email' });
      if (i === count / 2) {
        victim?.kill('SIGKILL');
        await start();
      }
    }
    const open = async () => (await desk.asSystem((ctx) => ctx.tx.run(`select 1 from work_item where account_id = $1 and state <> 'done'`, [ctx.accountId]))).length;
    // Who declined is asked again after a minute: we do not wait for it.
    while ((await open()) > 0) {
      await desk.asSystem((ctx) => ctx.tx.run(`update offer set ended_at = ended_at - interval '1 hour', offered_at = offered_at - interval '1 hour' where account_id = $1 and outcome = 'declined' and ended_at > now() - interval '10 minutes'`, [ctx.accountId]));
      await sleep(50);
    }
    const tally = await desk.asSystem((ctx) => ctx.tx.run<{ state: string; accepted: number; count: number }>(
      `select state, accepted, count(*)::int as count from (select w.state, (select count(*)::int from offer o where o.account_id = $1 and o.item_id = w.id and o.outcome = 'accepted') as accepted from work_item w where w.account_id = $1) t group by 1, 2 order by 2`, [ctx.accountId]));
    assert.deepEqual(tally, [{ state: 'done', accepted: 0, count: count / 2 }, { state: 'done', accepted: 1, count: count / 2 }]);
    const spans = await desk.asSystem((ctx) => ctx.tx.run<{ agent_id: string; load: 'chats' | 'mails'; taken_at: Date; ended_at: Date }>('select agent_id, load, taken_at, ended_at from work_item where account_id = $1', [ctx.accountId]));
    for (const one of spans) {
      const beside = spans.filter((each) => each.agent_id === one.agent_id && each.load === one.load && each.taken_at <= one.taken_at && each.ended_at > one.taken_at);
      assert.ok(beside.length <= CAPACITY[one.load], 'never more in hand than they take');
    }
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
});
