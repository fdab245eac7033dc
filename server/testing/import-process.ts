// A process that works on one import until it is at its end, for tests that kill it: node import-process.ts <database url> <data directory> <account> <import>. Says `ready`, and `mine` whenever it takes the import up.
import { setTimeout as sleep } from 'node:timers/promises';
import { getImport } from '../src/importing/imports.ts';
import { goOn } from '../src/importing/jobs.ts';
import { inAccount, systemActor } from '../src/platform/context.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';

const [url = '', dataDir = '', accountId = '', importId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4' }));
const { hold } = platform.leases;
platform.leases.hold = async (name, seconds) => {
  const isMine = await hold(name, seconds);
  if (isMine) process.stdout.write('mine\n');
  return isMine;
};
process.stdout.write('ready\n');
while ((await inAccount(platform, accountId, systemActor('test'), (ctx) => getImport(ctx, importId))).state === 'running') {
  await goOn(platform, { accountId, importId });
  await sleep(20);
}
process.exit(0);
