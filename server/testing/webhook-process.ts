// A process that sends what is due to one endpoint, for tests that kill it: node webhook-process.ts <database url> <data directory> <account> <endpoint>
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';
import { drain } from '../src/webhooks/drain.ts';

const [url = '', dataDir = '', accountId = '', endpointId = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '4', RAPPORT_INTERNAL_HOSTS: '127.0.0.1' }));
await drain(platform, { accountId, endpointId });
process.exit(0);
