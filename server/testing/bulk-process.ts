// A process that works on one bulk run, for tests that kill it: node bulk-process.ts <database url> <data directory> <account> <run>
import { goOn } from '../src/cases/bulk/run-bulk.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';

const [url = '', dataDir = '', accountId = '', runId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4' }));
process.stdout.write('ready\n');
await goOn(platform, { accountId, runId });
process.exit(0);
