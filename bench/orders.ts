// node bench/orders.ts [--messages 1000000] [--rounds 60]
// How long a page of a long list takes in each order, its first and a later one, beside the order by latest activity as the baseline; and how much of the list the order reaches.
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { CaseSort } from '@rapport/contract';
import { fillCases } from '../server/testing/bulk-cases.ts';
import { openTestHouse } from '../server/testing/test-house.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '60' } } });
const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
const house = await openTestHouse();
const superuser = new pg.Pool({ connectionString: house.databaseUrl, max: 1 });
await fillCases(superuser, { accountId: house.accountId, messages });
await superuser.query(`update cases set next_promise_at = created_at + interval '5 days' where account_id = $1 and number % 9 = 0`, [house.accountId]);
await superuser.query('vacuum analyze');
const { rows: [filled] } = await superuser.query<{ cases: string }>('select count(*) as cases from cases');
await superuser.end();
const { client } = await house.admin();
console.log(`${messages} messages on ${filled?.cases} cases, ${rounds} rounds, every case in the list`);

const percentile = (times: number[], part: number) => (times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1).padStart(8);
const orders: CaseSort[] = ['newest', 'created_oldest', 'waiting', 'priority', 'number_oldest', 'promise:asc', 'resolved:desc', 'messages:desc', 'status:asc', 'customer:asc', 'subject:asc'];
const taken = new Map(orders.map((order) => [order, { first: [] as number[], next: [] as number[], isPartly: false }]));
const timed = async (sort: CaseSort, cursor?: string) => {
  const from = performance.now();
  const page = await client.views.listFiltered({ query: { sort, limit: 50, ...(cursor ? { cursor } : {}) } });
  return { ms: performance.now() - from, page };
};
// One of each order in a round, so that what disturbs the machine disturbs all of them.
for (let round = -3; round < rounds; round += 1) for (const order of orders) {
  const first = await timed(order);
  const next = await timed(order, first.page.nextCursor ?? undefined);
  const times = taken.get(order);
  if (round < 0 || !times) continue;
  times.first.push(first.ms);
  times.next.push(next.ms);
  times.isPartly = first.page.isPartlySorted;
}
console.log(`${'order'.padEnd(16)}${['first p50', 'p95', 'p99', 'next p50', 'p95', 'p99'].map((head) => head.padStart(10)).join('')}  reaches`);
for (const [order, { first, next, isPartly }] of taken) {
  console.log(`${order.padEnd(16)}${[first, next].flatMap((times) => [0.5, 0.95, 0.99].map((part) => percentile(times, part).padStart(10))).join('')}  ${isPartly ? 'the 20,000 latest' : 'all'}`);
}
await house.close();
process.exit(0);
