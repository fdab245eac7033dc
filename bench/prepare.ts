import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fillCases } from '../server/testing/bulk-cases.ts';
import { freePort } from '../server/testing/mail/free-port.ts';
import { rapport, startProduct, type Ports } from './product.ts';

export const BENCH_EMAIL = 'bench@example.com';
export const BENCH_PASSWORD = 'bench bench bench bench';
export const INBOX_ADDRESS = 'support@example.com';

export interface Prepared {
  key: string;
  accountId: string;
  words: { everywhere: string; common: string; rare: string };
}

/** Ports of the loopback nobody listens on, so that two benches on one machine do not meet. */
export const freePorts = async (): Promise<Ports> => ({ web: await freePort(), smtp: await freePort(), lmtp: await freePort() });

/** An account with a history of so many messages in this data directory; one that has been prepared before is used again. The product is stopped when it returns. */
export async function prepare(dataDir: string, messages: number): Promise<Prepared> {
  const stateFile = join(dataDir, 'bench.json');
  if (existsSync(stateFile)) return JSON.parse(readFileSync(stateFile, 'utf8')) as Prepared;
  const product = await startProduct(dataDir, await freePorts());
  console.log(`first start to first page: ${product.startMs} ms`);
  await rapport(product, 'setup', '--name', 'Bench', '--email', BENCH_EMAIL, '--password', BENCH_PASSWORD, '--company', 'Bench', '--inbox-address', INBOX_ADDRESS);
  const { key } = await rapport<{ key: string }>(product, 'api-key', 'create', '--email', BENCH_EMAIL, '--name', 'bench');
  const pool = new pg.Pool({ connectionString: product.connectionString, max: 4 });
  const { rows } = await pool.query<{ account_id: string; inbox_id: string }>('select account_id, id as inbox_id from inbox limit 1');
  const first = rows[0];
  if (!first) throw new Error('No inbox.');
  const from = performance.now();
  const seconds = () => Math.round((performance.now() - from) / 1000);
  const { words } = await fillCases(pool, { accountId: first.account_id, inboxId: first.inbox_id, messages, onProgress: (line) => console.error(`  ${seconds()} s: ${line}`) });
  console.log(`filled in ${seconds()} s`);
  await pool.end();
  await product.stop();
  const prepared = { key, accountId: first.account_id, words };
  writeFileSync(stateFile, JSON.stringify(prepared));
  return prepared;
}
