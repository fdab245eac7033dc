// node bench/import.ts [--count 100000] [--only mails,cases]
// Brings so many mails (mbox) and so many cases (Zendesk's export) into the running product through its API, beside bare SQL that writes the same rows with the same indexes in the same run,
// and counts with SQL of its own, against what the sources were written from, that nothing was lost, doubled or put into another case. Ends with 1 when something was.
import { mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { importPieceBytes, type ImportFormat, type ImportRun } from '@rapport/contract';
import { createClient, type Client } from '@rapport/sdk';
import pg from 'pg';
import { DESK, writeMailbox, writeTickets, type Source } from './import-sources.ts';
import { BENCH_EMAIL, BENCH_PASSWORD, freePorts } from './prepare.ts';
import { cpuMsOf, memoryOf } from './process-cpu.ts';
import { rapport, startProduct, type Product } from './product.ts';

const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' }, only: { type: 'string' } } });
const count = Number(values.count);
const wants = (name: string) => !values.only || values.only.split(',').includes(name);
const seconds = (from: number) => (performance.now() - from) / 1000;
const shown = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 });

async function upload(client: Client, importId: string, path: string, name: string): Promise<void> {
  const file = openSync(path, 'r');
  const piece = Buffer.alloc(importPieceBytes);
  for (let place = 0; ; place += 1) {
    const bytes = readSync(file, piece, 0, piece.length, place * piece.length);
    if (bytes === 0) return;
    await client.imports.upload({ params: { importId }, query: { file: name, place }, body: piece.subarray(0, bytes) });
  }
}

async function until(client: Client, importId: string, product: Product): Promise<{ run: ImportRun; peakMiB: number }> {
  let peakMiB = 0;
  for (;;) {
    const run = await client.imports.get({ params: { importId } });
    peakMiB = Math.max(peakMiB, memoryOf([product.pid]).pssMiB);
    if (run.state === 'done') return { run, peakMiB };
    if (run.state === 'stopped') throw new Error(`The import stopped: ${run.trouble ?? 'without a word'}`);
    await sleep(500);
  }
}

/** How many rows each table of the product has. */
async function tally(pool: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ name: string }>("select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1");
  const counts = new Map<string, number>();
  for (const { name } of rows) counts.set(name, Number((await pool.query<{ n: string }>(`select count(*) as n from public.${name}`)).rows[0]?.n));
  return counts;
}

const AT_ONCE = 500;

/** Writes again, into tables made alike with the same indexes, the rows of those that grew; only the writing is timed. Answers the rows and the seconds. */
async function bareSql(connectionString: string, grown: readonly string[]): Promise<{ rows: number; seconds: number }> {
  const [reader, writer] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
  await Promise.all([reader.connect(), writer.connect()]);
  await writer.query('create schema bare');
  let [rows, spent] = [0, 0];
  for (const table of grown) {
    await writer.query(`create table bare.${table} (like public.${table} including all)`);
    const { rows: columns } = await writer.query<{ name: string }>("select quote_ident(column_name) as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position", [table]);
    const list = columns.map(({ name }) => name).join(', ');
    await reader.query('begin');
    await reader.query(`declare rows cursor for select to_jsonb(x)::text as row from public.${table} x`);
    for (;;) {
      const found = (await reader.query<{ row: string }>(`fetch ${AT_ONCE} from rows`)).rows;
      if (found.length === 0) break;
      const batch = `[${found.map(({ row }) => row).join(',')}]`;
      const from = performance.now();
      await writer.query(`insert into bare.${table} (${list}) overriding system value select ${list} from jsonb_populate_recordset(null::public.${table}, $1)`, [batch]);
      spent += seconds(from);
      rows += found.length;
    }
    await reader.query('commit');
  }
  await writer.query('drop schema bare cascade');
  await Promise.all([reader.end(), writer.end()]);
  return { rows, seconds: spent };
}

/** What is wrong, in words; nothing when every message of the source is there once, in its case, at its time, and findable. */
async function faultsOf(pool: pg.Pool, client: Client, source: Source): Promise<string[]> {
  const faults: string[] = [];
  const there = new Uint8Array(source.written.length);
  const caseOf = new Map<number, string>();
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await pool.query<{ id: string; n: string | null; case_id: string; subject: string; kind: string; direction: string | null; occurred_at: Date }>(
      "select e.id, substring(e.body from 'Token-([0-9]+)-') as n, e.case_id, c.subject, e.kind, e.direction, e.occurred_at from entry e join cases c on c.account_id = e.account_id and c.id = e.case_id where e.kind in ('message', 'note') and e.id > $1 order by e.id limit 10000", [last],
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const said = source.written[Number(row.n ?? -1)];
      if (row.n === null || !said) {
        faults.push(`entry ${row.id} is not from the source`);
        continue;
      }
      there[Number(row.n)] = (there[Number(row.n)] ?? 0) + 1;
      const right = row.subject === `Matter ${said.matter}` && row.kind === said.kind && row.direction === said.direction && row.occurred_at.getTime() === said.at && (caseOf.get(said.matter) ?? row.case_id) === row.case_id;
      caseOf.set(said.matter, row.case_id);
      if (!right) faults.push(`number ${row.n} is not as it was: ${row.subject}, ${row.kind}, ${row.direction}, ${row.occurred_at.toISOString()}`);
    }
    last = rows.at(-1)?.id ?? last;
  }
  there.forEach((times, n) => void (times === 1 || faults.push(`number ${n} is there ${times} times`)));
  const { rows: cases } = await pool.query<{ subject: string; status: string }>('select subject, status from cases');
  if (cases.length !== source.matters) faults.push(`${cases.length} cases, not ${source.matters}`);
  for (const { subject, status } of cases) {
    const said = source.statuses[Number(subject.slice('Matter '.length))];
    if (said !== undefined && said !== status) faults.push(`${subject} is ${status}, not ${said}`);
  }
  const { rows: [ledger] } = await pool.query<{ n: number }>('select count(*)::int as n from ledger');
  const messages = source.written.filter(({ kind }) => kind === 'message').length;
  if (ledger?.n !== messages) faults.push(`${ledger?.n} rows in the ledger, not ${messages}`);
  // And by the door everybody uses.
  for (let i = 0; i < 20; i += 1) {
    const n = Math.floor((i * source.written.length) / 20);
    const caseId = caseOf.get(source.written[n]?.matter ?? -1) ?? '';
    const { items } = await client.cases.listEntries({ params: { caseId }, query: { limit: 100 } });
    if (!items.some((entry) => (entry.kind === 'message' || entry.kind === 'note') && entry.text.includes(`Token-${n}-`))) faults.push(`number ${n} cannot be read`);
  }
  return faults;
}

async function bring(name: string, format: ImportFormat, file: string, write: (path: string, count: number) => Promise<Source>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-bench-import-'));
  try {
    const path = join(dataDir, file);
    const source = await write(path, count);
    console.log(`\n${name}: ${shown(count)} in ${shown(statSync(path).size / 1024 / 1024)} MiB, ${shown(source.written.length)} messages and notes of ${shown(source.matters)} matters`);
    const product = await startProduct(dataDir, await freePorts());
    await rapport(product, 'setup', '--name', 'Bench', '--email', BENCH_EMAIL, '--password', BENCH_PASSWORD, '--company', 'Bench', '--inbox-address', DESK);
    const { key } = await rapport<{ key: string }>(product, 'api-key', 'create', '--email', BENCH_EMAIL, '--name', 'bench');
    const client = createClient({ baseUrl: product.url, apiKey: key });
    const pool = new pg.Pool({ connectionString: product.connectionString, max: 2 });
    const before = await tally(pool);
    const inboxId = (await client.inboxes.list()).items[0]?.id ?? '';
    const { id } = await client.imports.create({ body: { name, format, inboxId } });
    const uploading = performance.now();
    await upload(client, id, path, file);
    const uploaded = seconds(uploading);
    const cpu = () => [cpuMsOf([product.pid], [product.databasePid]), cpuMsOf([product.databasePid])] as const;
    const [appBefore, databaseBefore] = cpu();
    const from = performance.now();
    await client.imports.run({ params: { importId: id } });
    const { run, peakMiB } = await until(client, id, product);
    const took = seconds(from);
    const [appAfter, databaseAfter] = cpu();
    const after = await tally(pool);
    const grown = [...after].filter(([table, rows]) => rows > (before.get(table) ?? 0) && !/^import/.test(table)).map(([table]) => table);
    const bare = await bareSql(product.connectionString, grown);
    console.log(`  sent to the server in ${shown(uploaded)} s`);
    console.log(`  brought in: ${shown(took)} s, ${shown(count / took)} records/s, ${shown(source.written.length / took)} messages/s; CPU ms for each record: app ${shown((appAfter - appBefore) / count)}, database ${shown((databaseAfter - databaseBefore) / count)}; all processes with the database at most ${peakMiB} MiB PSS`);
    console.log(`  bare SQL, the same ${shown(bare.rows)} rows in ${grown.length} tables, ${AT_ONCE} at a time, no reading of mails, no files: ${shown(bare.seconds)} s, ${shown(count / bare.seconds)} records/s; the product takes ${shown(took / bare.seconds)} times as long`);
    console.log(`  the report says: ${JSON.stringify(run.counts)}, ${run.odd} odd`);
    const faults = await faultsOf(pool, client, source);
    console.log(faults.length === 0 ? `  counted anew: all ${shown(source.written.length)} are there once, in their cases, at their times; nothing more is` : `  LOST OR WRONG, ${faults.length}:\n    ${faults.slice(0, 10).join('\n    ')}`);
    if (faults.length > 0) process.exitCode = 1;
    await pool.end();
    await product.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

console.log(`${shown(count)} mails and cases, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
if (wants('mails')) await bring('Mails', 'mbox', 'archive.mbox', writeMailbox);
if (wants('cases')) await bring('Cases', 'zendesk', 'tickets.json', writeTickets);
