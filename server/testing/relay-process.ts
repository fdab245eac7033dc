// A process with nothing but the relay and one listener, for tests that kill it: node relay-process.ts <database url> <data directory>
import { listener } from '../src/platform/events/index.ts';
import { createRelay } from '../src/platform/events/relay-service.ts';
import { readConfig } from '../src/platform/config.ts';
import { openPlatform } from '../src/platform/open-platform.ts';

const [url = '', dataDir = ''] = process.argv.slice(2);
const platform = await openPlatform(readConfig({ DATABASE_URL: url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error', RAPPORT_DB_POOL: '6' }));

// Its effect can be counted: one row for each time it ran and committed.
const counting = listener({
  name: 'test.count',
  topics: ['account.changed'],
  async handle({ tx, accountId }, event) {
    await tx.run('insert into effect (account_id, event_id) values ($1, $2)', [accountId, event.id]);
    // Now and then it fails after having written, as real ones do.
    if (Math.random() < 0.05) throw new Error('failed half way');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
  },
});
const relay = createRelay([counting]);
await platform.jobs.start(platform, [{ ...relay.job, retryDelaySeconds: 1 }] as never, { work: true });
await relay.service.start(platform, undefined as never);
process.stdout.write('ready\n');
