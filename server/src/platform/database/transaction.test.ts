import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { openTestPlatform, type TestPlatform } from '../../../testing/platform.ts';

let ground: TestPlatform;
let accountId: string;
before(async () => {
  ground = await openTestPlatform();
  accountId = await ground.account();
});
after(() => ground.close());

const nameNow = async () => (await ground.platform.database.pool.query<{ name: string }>('select name from account where id = $1', [accountId])).rows[0]?.name;

test('work that went on after a failed statement is not told that it was committed', async () => {
  const told: string[] = [];
  await assert.rejects(
    ground.platform.database.inAccount(accountId, async (tx) => {
      tx.afterCommit(() => told.push('committed'));
      await tx.run(`update account set name = 'changed'`);
      await tx.run('select 1 / 0').catch(() => {});
    }),
    /Nothing was committed/,
  );
  assert.equal(await nameNow(), 'Test');
  assert.deepEqual(told, []);
});

test('a connection that is cut while a transaction holds it fails that transaction and nothing else', async () => {
  const { database } = ground.platform;
  await assert.rejects(database.inAccount(accountId, async (tx) => {
    const [row] = await tx.run<{ pid: number }>('select pg_backend_pid() as pid');
    await database.pool.query('select pg_terminate_backend($1)', [row?.pid]);
    // Nobody asks anything at the moment the news comes.
    await sleep(100);
    await tx.run(`update account set name = 'changed'`);
  }));
  assert.equal(await nameNow(), 'Test');
});
