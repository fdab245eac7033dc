// A process that makes one archive, for tests that kill it: node export-process.ts <database url> <data directory> <account> <export>
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';
import { runExport } from '../src/privacy/export/run-export.ts';

const [url = '', dataDir = '', accountId = '', exportId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4' }));
process.stdout.write('ready\n');
// Pieces of a few kilobytes, so that there are some on the way.
await runExport(platform, accountId, exportId, 4_096);
process.exit(0);
