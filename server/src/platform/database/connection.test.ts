import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PgBoss } from 'pg-boss';
import { createTestDatabase, type TestDatabase } from '../../../testing/database.ts';
import { connectForLong } from '../backup/connect.ts';
import { withoutCompiling } from './connection.ts';

let place: TestDatabase;
before(async () => {
  place = await createTestDatabase();
});
after(() => place.drop());

test('no connection has its queries compiled, whatever the server is set to', async () => {
  const setting = `select current_setting('jit') as jit`;
  const [row] = await place.database.asSystem((tx) => tx.run<{ jit: string }>(setting));
  assert.equal(row?.jit, 'off');
  const long = await connectForLong({ databaseUrl: place.url, applicationName: 'test' });
  assert.equal((await long.query<{ jit: string }>(setting)).rows[0]?.jit, 'off');
  await long.end();
  // The queue keeps connections of its own; what it is given reaches them.
  const boss = new PgBoss({ connectionString: place.url, schema: 'pgboss', ...{ onConnect: withoutCompiling } });
  await boss.start();
  assert.deepEqual((await boss.getDb().executeSql(setting)).rows, [{ jit: 'off' }]);
  await boss.stop();
});
