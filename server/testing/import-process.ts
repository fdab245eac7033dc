// A process that works on one import, for tests that kill it: node import-process.ts <database url> <data directory> <account> <import>
import { goOn } from '../src/importing/jobs.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';

const [url = '', dataDir = '', accountId = '', importId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4' }));
process.stdout.write('ready\n');
await goOn(platform, { accountId, importId });
process.exit(0);
