// node bench/report.ts [--messages 1000000] [--keep DIR]
// The reports over one year of messages on the real product with its embedded database, beside the same numbers by bare SQL over the raw rows in the same run; what counting costs
// for each event, what summing the changed days costs, and how long everything anew takes.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createClient } from '@rapport/sdk';
import { countCasesAnew } from '../server/src/insights/count-cases.ts';
import { rollUp } from '../server/src/insights/roll-up.ts';
import { inAccount, systemActor, type Platform } from '../server/src/platform/context.ts';
import { createDatabase } from '../server/src/platform/database/index.ts';
import { newId } from '../server/src/platform/ids.ts';
import { fillCases } from '../server/testing/bulk-cases.ts';
import { measure, printTable, type Figures } from './measure.ts';
import { rapport, startProduct } from './product.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, keep: { type: 'string' } } });
const messages = Number(values.messages);
const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'rapport-bench-report-'));
const stateFile = join(dataDir, 'bench-report.json');
console.log(`${messages} messages in one year, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
const product = await startProduct(dataDir, { web: 8461, smtp: 8462, lmtp: 8463 });
const pool = new pg.Pool({ connectionString: product.connectionString, max: 4 });

interface State { key: string; accountId: string; to: string }
async function prepare(): Promise<State> {
  if (existsSync(stateFile)) return JSON.parse(readFileSync(stateFile, 'utf8')) as State;
  const email = 'bench@example.com';
  await rapport(product, 'setup', '--name', 'Bench', '--email', email, '--password', 'bench bench bench bench', '--company', 'Bench', '--inbox-address', 'support@example.com');
  const { key } = await rapport<{ key: string }>(product, 'api-key', 'create', '--email', email, '--name', 'bench');
  const accountId = (await pool.query<{ id: string }>('select id from account limit 1')).rows[0]?.id ?? '';
  const until = new Date();
  const from = performance.now();
  await fillCases(pool, { accountId, messages, years: 1, until });
  console.log(`filled in ${Math.round((performance.now() - from) / 1000)} s`);
  const rebuilt = performance.now();
  const { cases } = await rapport<{ cases: number }>(product, 'insights', 'rebuild');
  console.log(`${cases} cases counted and a year summed anew in ${Math.round((performance.now() - rebuilt) / 1000)} s`);
  await pool.query('vacuum (analyze) insight_fact, insight_day');
  const state = { key, accountId, to: until.toISOString().slice(0, 10) };
  writeFileSync(stateFile, JSON.stringify(state));
  return state;
}
const { key, accountId, to } = await prepare();
const from = new Date(Date.parse(to) - 364 * 86_400_000).toISOString().slice(0, 10);
const client = createClient({ baseUrl: product.url, apiKey: key });
const watched = { app: [product.pid], database: [product.databasePid] };
const period = { from, to };
const team = (await client.accounts.listTeams()).items.at(-1)?.id ?? '';
const results: Figures[] = [];
const often = { count: 60, clients: 1, warmUp: 5 };
results.push(await measure('report, one year, by team', watched, often, () => client.insights.report({ query: { ...period, by: 'team' } })));
results.push(await measure('report, one year, by agent', watched, often, () => client.insights.report({ query: { ...period, by: 'agent' } })));
results.push(await measure('report, one year of one team', watched, often, () => client.insights.report({ query: { ...period, team, by: 'team' } })));
results.push(await measure('report, one year, two filters (from the facts)', watched, often, () => client.insights.report({ query: { ...period, team, priority: 'normal', by: 'team' } })));
results.push(await measure('report, 28 days, by team', watched, often, () => client.insights.report({ query: { from: new Date(Date.parse(to) - 27 * 86_400_000).toISOString().slice(0, 10), to, by: 'team' } })));
results.push(await measure('rows behind the median, longest first', watched, often, () => client.insights.rows({ query: { ...period, metric: 'resolution', order: 'most', limit: 50 } })));

// The same numbers from the rows of cases and messages, as one would write them down without any preparation; a statement for each part of the page.
const RAW = [
  `select date_trunc('day', created_at) as day, count(*) from cases where account_id = $1 and removed_as is null and created_at >= $2 and created_at < $3 group by 1`,
  `select date_trunc('day', created_at) as day, direction, count(*) from entry where account_id = $1 and kind = 'message' and detail ->> 'automatic' is null and created_at >= $2 and created_at < $3 group by 1, 2`,
  `select date_trunc('day', resolved_at) as day, count(*), percentile_disc(array[0.5, 0.9]) within group (order by resolved_at - created_at) from cases where account_id = $1 and removed_as is null and resolved_at >= $2 and resolved_at < $3 group by grouping sets ((1), ())`,
  `select c.team_id, percentile_disc(array[0.5, 0.9]) within group (order by a.at - q.at) from cases c
   cross join lateral (select min(created_at) as at from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' and e.direction = 'in') q
   cross join lateral (select min(created_at) as at from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' and e.direction = 'out' and e.created_at > q.at) a
   where c.account_id = $1 and c.removed_as is null and a.at >= $2 and a.at < $3 group by grouping sets ((1), ())`,
  `select extract(isodow from created_at), extract(hour from created_at), count(*) from entry where account_id = $1 and kind = 'message' and direction = 'in' and created_at >= $2 and created_at < $3 group by 1, 2`,
  `select team_id, count(*), percentile_disc(0.5) within group (order by resolved_at - created_at) from cases where account_id = $1 and removed_as is null and resolved_at >= $2 and resolved_at < $3 group by 1`,
];
results.push(await measure('bare SQL over the raw rows, by team', { app: [], database: watched.database }, { count: 3, clients: 1, warmUp: 1 }, async () => {
  for (const text of RAW) await pool.query(text, [accountId, from, new Date(Date.parse(to) + 86_400_000)]);
}));

// What keeping it up to date costs: a message more on a case, then counting that case as its listener does.
const database = createDatabase(pool, pool, { prepare: true });
const platform = { database, clock: { now: () => new Date() } } as unknown as Platform;
const cases = (await pool.query<{ id: string }>('select id from cases where account_id = $1 order by id desc limit 1100', [accountId])).rows.map((row) => row.id);
const superuser = await pool.connect();
await superuser.query('set session_replication_role = replica');
for (const id of cases) {
  await superuser.query(
    `insert into entry (account_id, case_id, id, kind, direction, author_kind, author_name, occurred_at, created_at, body, detail, search_text, search_bucket)
     values ($1, $2, $3, 'message', 'in', 'customer', 'Bench', now(), now(), 'More.', '{"automatic": null}', '', 0)`, [accountId, id, newId()],
  );
}
superuser.release(true);
const self = { app: [process.pid], database: watched.database };
const count = (id: string) => inAccount(platform, accountId, systemActor('bench'), (ctx) => countCasesAnew(ctx, [id]));
results.push(await measure('counting a case with a new message', self, { count: 1000, clients: 1, warmUp: 100 }, (i) => count(cases[i] ?? '')));
results.push(await measure('counting a case with nothing new', self, { count: 1000, clients: 1, warmUp: 0 }, (i) => count(cases[i] ?? '')));
const summed = performance.now();
await rollUp(platform, accountId);
console.log(`the day that changed, with those around it, summed in ${Math.round(performance.now() - summed)} ms`);
printTable(results);
const { rows } = await pool.query<{ name: string; mib: number; rows: number }>(`select relname as name, pg_total_relation_size(oid) / 1048576 as mib, reltuples::int8 as rows from pg_class where relname in ('insight_fact', 'insight_day', 'entry', 'cases')`);
for (const row of rows) console.log(`${row.name}: ${row.rows} rows, ${row.mib} MiB with indexes`);
await pool.end();
await product.stop();
if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
