// A process that erases what is due, for tests that kill it: node retention-process.ts <database url> <data directory> <account>
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';
import { runRetention } from '../src/privacy/retention/run-retention.ts';

const [url = '', dataDir = '', accountId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4' }));
// Files go by a job, which another process does.
await platform.jobs.start(platform, [], { work: false });
process.stdout.write('ready\n');
await runRetention(platform, accountId);
process.exit(0);
