// node bench/run.ts [--messages 10000] [--only ingest,list,…] [--keep DIR]
// Every claim about speed, measured on the real product with its embedded database, beside a bare-SQL baseline in the same run.
// The figure to trust on a shared machine is CPU ms per operation (app + database); wall times move with the load.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { createClient } from '@rapport/sdk';
import { append, caseOpen, ingest, listPage, search, type Bench } from './operations.ts';
import { commitToBrowser } from './commit-to-browser.ts';
import { printTable, type Figures } from './measure.ts';
import { memoryOf } from './process-cpu.ts';
import { freePorts, INBOX_ADDRESS, prepare } from './prepare.ts';
import { startProduct } from './product.ts';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '10000' }, only: { type: 'string' }, keep: { type: 'string' } } });
const messages = Number(values.messages);
const wanted = values.only?.split(',');
const wants = (name: string) => !wanted || wanted.includes(name);

const dataDir = values.keep ?? mkdtempSync(join(tmpdir(), 'rapport-bench-'));
console.log(`${messages} messages, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);

const { key, accountId, words } = await prepare(dataDir, messages);
const product = await startProduct(dataDir, await freePorts());
console.log(`warm start to first page: ${product.startMs} ms`);
await new Promise((resolve) => setTimeout(resolve, 5_000));
console.log('idle memory, all processes:', memoryOf([product.pid, product.databasePid]));
const pool = new pg.Pool({ connectionString: product.connectionString, max: 8 });

const bench: Bench = {
  product, pool, key, accountId, inboxAddress: INBOX_ADDRESS, messages, words, client: createClient({ baseUrl: product.url, apiKey: key }),
  watched: { app: [product.pid], database: [product.databasePid] },
};
const results: Figures[] = [];
for (const [name, run] of Object.entries({ list: listPage, open: caseOpen, append, search, ingest, live: commitToBrowser })) {
  if (!wants(name)) continue;
  try {
    results.push(...(await run(bench)));
  } catch (error) {
    // What was measured before is shown all the same.
    console.error(`${name}:`, error);
    process.exitCode = 1;
  }
}
printTable(results);
console.log('memory after load, all processes:', memoryOf([product.pid, product.databasePid]));
await pool.end();
await product.stop();
if (!values.keep) rmSync(dataDir, { recursive: true, force: true });
