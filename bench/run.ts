// node bench/run.ts [--messages 10000] [--only ingest,list,…] [--keep DIR]
// Every claim about speed, measured on the real product with its embedded database, beside a bare-SQL baseline in the same run.
// The figure to trust on a shared machine is CPU ms per operation (app + database); wall times move with the load.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createClient } from '@rapport/sdk';
import { fillCases } from '../server/testing/bulk-cases.ts';
import { append, caseOpen, ingest, listPage, search, type Bench } from './operations.ts';
import { commitToBrowser } from './commit-to-browser.ts';
import { printTable, type Figures } from './measure.ts';
import { memoryOf } from './process-cpu.ts';
import { rapport, startProduct } from './product.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '10000' }, only: { type: 'string' }, keep: { type: 'string' } } });
const messages = Number(values.messages);
const wanted = values.only?.split(',');
const wants = (name: string) => !wanted || wanted.includes(name);

const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const ports = { web: 8451, smtp: 8452, lmtp: 8453 };
console.log(`${messages} messages, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);

const inboxAddress = 'support@example.com';
const stateFile = join(dataDir, 'bench.json');

interface State {
  key: string;
  accountId: string;
  words: Bench['words'];
}

/** A fresh account with a history; with `--keep`, made once and used again. */
async function prepare(): Promise<State> {
  if (existsSync(stateFile)) return JSON.parse(readFileSync(stateFile, 'utf8')) as State;
  const product = await startProduct(dataDir, ports);
  console.log(`first start to first page: ${product.startMs} ms`);
  const email = 'bench@example.com';
  await rapport(product, 'setup', '--name', 'Bench', '--email', email, '--password', 'bench bench bench bench', '--company', 'Bench', '--inbox-address', inboxAddress);
  const { key } = await rapport<{ key: string }>(product, 'api-key', 'create', '--email', email, '--name', 'bench');
  const pool = new pg.Pool({ connectionString: product.connectionString, max: 4 });
  const { rows } = await pool.query<{ account_id: string; inbox_id: string }>('select account_id, id as inbox_id from inbox limit 1');
  const first = rows[0];
  if (!first) throw new Error('No inbox.');
  const from = performance.now();
  const { words } = await fillCases(pool, { accountId: first.account_id, inboxId: first.inbox_id, messages });
  console.log(`filled in ${Math.round((performance.now() - from) / 1000)} s`);
  await pool.end();
  await product.stop();
  const state = { key, accountId: first.account_id, words };
  writeFileSync(stateFile, JSON.stringify(state));
  return state;
}

const { key, accountId, words } = await prepare();
const product = await startProduct(dataDir, ports);
console.log(`warm start to first page: ${product.startMs} ms`);
await new Promise((resolve) => setTimeout(resolve, 5_000));
console.log('idle memory, all processes:', memoryOf([product.pid, product.databasePid]));
const pool = new pg.Pool({ connectionString: product.connectionString, max: 8 });

const bench: Bench = {
  product, pool, key, accountId, inboxAddress, messages, words, client: createClient({ baseUrl: product.url, apiKey: key }),
  watched: { app: [product.pid], database: [product.databasePid] },
};
const results: Figures[] = [];
for (const [name, run] of Object.entries({ list: listPage, open: caseOpen, append, search, ingest, live: commitToBrowser })) {
  if (wants(name)) results.push(...(await run(bench)));
}
printTable(results);
console.log('memory after load, all processes:', memoryOf([product.pid, product.databasePid]));
await pool.end();
await product.stop();
if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
