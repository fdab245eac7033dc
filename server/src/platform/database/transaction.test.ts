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

test('two that lock each other out both get through in the end, and the work of neither is done twice', async () => {
  const { database } = ground.platform;
  const [one, other] = [await ground.account(), await ground.account()];
  const numbers = async () => (await database.pool.query<{ n: number }>('select next_case_number::int as n from account where id = any($1) order by id', [[one, other]])).rows.map(({ n }) => n);
  let tries = 0;
  let waiting = 0;
  let both: () => void = () => undefined;
  const meet = new Promise<void>((resolve) => (both = resolve));
  // Each holds one row and wants the other's: the database ends one of them, with 40P01.
  const work = (first: string, second: string) => database.asSystem(async (tx) => {
    tries += 1;
    await tx.run('update account set next_case_number = next_case_number + 1 where id = $1', [first]);
    if ((waiting += 1) === 2) both();
    await meet;
    await tx.run('update account set next_case_number = next_case_number + 1 where id = $1', [second]);
  });
  const before = await numbers();
  await Promise.all([work(one, other), work(other, one)]);
  assert.ok(tries > 2, 'one of them had to begin again');
  assert.deepEqual(await numbers(), before.map((number) => number + 2));
});

test('a write that another overtook is begun again; any other error is the caller’s at once', async () => {
  const { database } = ground.platform;
  let tries = 0;
  await database.asSystem(async (tx) => {
    tries += 1;
    if (tries < 3) await tx.run(`do $$ begin raise exception 'could not serialize' using errcode = '40001'; end $$`);
  });
  assert.equal(tries, 3);
  tries = 0;
  await assert.rejects(database.asSystem(async (tx) => {
    tries += 1;
    await tx.run('select 1/0');
  }), /division by zero/);
  assert.equal(tries, 1);
});
