import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { openTestPlatform, type TestPlatform } from '../../testing/platform.ts';

let ground: TestPlatform;
before(async () => {
  ground = await openTestPlatform();
});
after(() => ground.close());

it('one process at a time holds a lease, and it may be renewed', async () => {
  const other = await ground.another();
  assert.equal(await ground.platform.leases.hold('mailbox', 30), true);
  assert.equal(await other.leases.hold('mailbox', 30), false);
  assert.equal(await ground.platform.leases.hold('mailbox', 30), true);
  assert.equal(await other.leases.hold('another mailbox', 30), true);
});

it('a lease goes to another process when its holder lets go or dies', async () => {
  const other = await ground.another();
  await ground.platform.leases.hold('post', 30);
  await other.leases.release('post');
  assert.equal(await other.leases.hold('post', 30), false);
  await ground.platform.leases.release('post');
  assert.equal(await other.leases.hold('post', 30), true);
  await ground.platform.database.pool.query(`update lease set expires_at = now() - interval '1 second' where name = 'post'`);
  assert.equal(await ground.platform.leases.hold('post', 30), true);
});

it('of many who ask at once one gets it', async () => {
  const processes = await Promise.all(Array.from({ length: 5 }, () => ground.another()));
  const got = await Promise.all(processes.map((each) => each.leases.hold('race', 30)));
  assert.equal(got.filter(Boolean).length, 1);
});
