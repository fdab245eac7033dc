// node bench/view-counts.ts [--browsers 50] [--views 5] [--seconds 60]
// What the numbers beside the views cost: so many open browsers, each of which asks four seconds after something has happened, on a desk where a case changes every two seconds. Counts the statements of the
// whole house and says how many of them a minute the numbers are.
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { viewContent } from '@rapport/contract';
import { fillCases } from '../server/testing/bulk-cases.ts';
import { openTestHouse } from '../server/testing/test-house.ts';

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values } = parseArgs({ options: { browsers: number('50'), views: number('5'), seconds: number('60'), messages: number('20000') } });
const [browsers, views, seconds, messages] = [Number(values.browsers), Number(values.views), Number(values.seconds), Number(values.messages)];
const ASKS_MS = 4_000;
const CHANGE_MS = 2_000;

let statements = 0;
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
(pg.Client.prototype as { query: typeof query }).query = function counted(this: unknown, ...args: unknown[]) {
  statements += 1;
  return query.apply(this, args);
};

const house = await openTestHouse();
const superuser = new pg.Pool({ connectionString: house.databaseUrl, max: 1 });
await fillCases(superuser, { accountId: house.accountId, messages });
await superuser.query('vacuum analyze');
await superuser.end();
const admin = await house.admin();
const filters = [{ priorities: ['urgent', 'high'] }, { waitingHours: 24 }, { assignees: ['me'] }, { shelves: ['open', 'pending'] }, { unread: true }, { followed: true }];
for (let i = 0; i < views; i += 1) await admin.client.views.create({ body: { name: `View ${i}`, audience: 'everyone', content: viewContent.parse({ filter: filters[i % filters.length] }) } });
const people = await Promise.all(Array.from({ length: browsers }, () => house.signedInClient('supervisor')));
const cases = (await admin.client.cases.list({ query: { limit: 50 } })).items;

/** Statements in so many seconds, and how long an answer took in the middle. */
async function run(): Promise<{ perMinute: number; middleMs: number; answers: number }> {
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  const before = statements;
  const browse = people.map(async ({ client }, i) => {
    await sleep((ASKS_MS / browsers) * i);
    while (performance.now() < end) {
      const from = performance.now();
      await client.views.counts();
      times.push(performance.now() - from);
      await sleep(ASKS_MS);
    }
  });
  const change = (async () => {
    for (let i = 0; performance.now() < end; i += 1) {
      const one = cases[i % cases.length];
      if (one) await admin.client.cases.update({ params: { caseId: one.id }, body: { priority: i % 2 ? 'high' : 'normal' } });
      await sleep(CHANGE_MS);
    }
  })();
  await Promise.all([...browse, change]);
  return { perMinute: Math.round(((statements - before) / seconds) * 60), middleMs: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0, answers: times.length };
}

const asking = await run();
console.log(`${browsers} browsers, ${views} views, ${messages} messages: ${asking.perMinute} statements a minute with ${asking.answers} answers, each ${asking.middleMs.toFixed(1)} ms in the middle`);
await house.close();
process.exit(0);
