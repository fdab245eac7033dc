// A process that lets rules hear events and looks at those on time, for tests that kill it: node rules-process.ts <database url> <data directory>
import { rulesOnTime } from '../src/automation/rules/on-time.ts';
import { ruleListener } from '../src/automation/rules/on-event.ts';
import { readConfig } from '../src/platform/config.ts';
import { createRelay } from '../src/platform/events/relay-service.ts';
import { openPlatform } from '../src/platform/open-platform.ts';

const [url = '', dataDir = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '6' }));
const relay = createRelay([ruleListener]);
await platform.jobs.start(platform, [{ ...relay.job, retryDelaySeconds: 1 }] as never, { work: true });
await relay.service.start(platform, undefined as never);
process.stdout.write('ready\n');
for (;;) await rulesOnTime.run(platform, {});
