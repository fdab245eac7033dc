import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestDatabase } from '../../../testing/database.ts';
import { startNats } from '../../../testing/nats.ts';
import { createLog } from '../log.ts';
import { describeBus } from './conformance.ts';
import { createUnpacker, pack } from './envelope.ts';
import { createInProcessBus } from './in-process.ts';
import { openNatsBus } from './nats.ts';
import { openNotifyBus } from './notify.ts';

const log = createLog('silent');

describeBus('in process', async () => ({ open: async () => createInProcessBus(), end: async () => {} }), { isShared: false });

describeBus(
  'PostgreSQL NOTIFY',
  async () => {
    const { url, drop } = await createTestDatabase();
    return { open: () => openNotifyBus({ databaseUrl: url, max: 1, applicationName: 'rapport-tests' }, log), end: drop };
  },
  { isShared: true },
);

const nats = await startNats();
describeBus('NATS', async () => ({ open: () => openNatsBus(nats.url, 'test', log), end: nats.stop }), { isShared: true, skip: nats.missing });

describe('bus packets', () => {
  it('stay within the limit, counted in bytes', () => {
    const letters = Array.from({ length: 50 }, (_, i) => ['s', '€'.repeat(i * 97)] as const);
    for (const packet of pack('me', letters, 2_000)) assert.ok(Buffer.byteLength(packet) <= 2_000);
  });

  it('from oneself are not opened', () => {
    const unpack = createUnpacker('me');
    assert.deepEqual(pack('me', [['s', 1]], 2_000).flatMap(unpack), []);
    assert.deepEqual(pack('you', [['s', 1]], 2_000).flatMap(unpack), [['s', 1]]);
  });

  it('whose other parts never come are forgotten', () => {
    const unpack = createUnpacker('me');
    for (let i = 0; i < 300; i += 1) unpack(pack('you', [['s', 'x'.repeat(5_000)]], 2_000)[0] as string);
    const whole = pack('you', [['s', 'y'.repeat(5_000)]], 2_000);
    assert.deepEqual(whole.flatMap(unpack), [['s', 'y'.repeat(5_000)]]);
  });
});

describe('bus over NOTIFY', () => {
  it('comes back after the server cut its connection', async () => {
    const { url, drop, database } = await createTestDatabase();
    const open = () => openNotifyBus({ databaseUrl: url, max: 1, applicationName: 'rapport-tests' }, log);
    const [a, b] = [await open(), await open()];
    let heard = 0;
    b.subscribe('again', () => (heard += 1));
    await database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'rapport-tests-bus'`);
    const timer = setInterval(() => a.publish('again', null), 20);
    while (heard === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(timer);
    await a.close();
    await b.close();
    await drop();
  });
});
