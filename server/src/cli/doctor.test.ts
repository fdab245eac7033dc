import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type TestHouse } from '../../testing/test-house.ts';
import { rooms } from '../open-house.ts';
import type { Finding } from '../platform/doctor/index.ts';
import { openSecrets, type Secrets } from '../platform/secrets.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_INTERNAL_HOSTS: '127.0.0.1' } });
});
after(() => house.close());

const examined = async (secrets: Secrets): Promise<Finding[]> => (await Promise.all(Object.values(rooms).flatMap((room) => room.checks ?? []).map((check) => check({ database: house.platform.database, secrets })))).flat();
const SEALED = ['second factors', 'company sign-in', 'mailbox passwords', 'push keys', 'webhook secrets'];

test('the doctor finds out that the secret key is not the one that sealed what is in the database, and says what to do for each kind', async () => {
  const admin = await house.admin();
  await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test', outbound: { kind: 'smtp', smtp: { host: 'mail.desk.test', port: 587, security: 'starttls', user: 'anna', password: 'open sesame' } } } } });
  const { secret } = await admin.client.accounts.startSecondFactor({ body: { password: admin.password } });
  await admin.client.accounts.confirmSecondFactor({ body: { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } });
  await admin.client.webhooks.create({ body: { name: 'Shop', url: 'http://127.0.0.1:9/hook', topics: ['case.linked'] } });
  const { publicKey } = await admin.client.notifications.pushKey();
  const { secrets } = house.platform;
  await house.platform.database.asSystem((tx) => tx.run(`insert into oidc_provider (account_id, name, issuer, client_id, sealed_secret, is_enabled, is_enforced, updated_at) values ($1, 'Login', 'https://login.desk.test', 'rapport', $2, true, false, now())`, [
    house.accountId, secrets.seal('open sesame', `oidc secret:${house.accountId}`),
  ]));
  const well = await examined(secrets);
  for (const check of SEALED) assert.deepEqual(well.filter((finding) => finding.check === check).map(({ state }) => state), ['ok'], check);

  const other = openSecrets(tmpdir(), randomBytes(32).toString('base64'));
  const findings = (await examined(other)).filter((finding) => SEALED.includes(finding.check));
  assert.equal(findings.length, SEALED.length);
  for (const { check, state, advice } of findings) assert.ok(state === 'problem' && advice?.startsWith('Bring the secret.key back'), check);
  const says = findings.map((finding) => finding.says).join('\n');
  for (const word of [/1 inbox .*support@desk\.test/, /1 webhook .*Shop/, /login\.desk\.test/]) assert.match(says, word);
  assert.doesNotMatch(JSON.stringify(findings), /open sesame/);

  // What is lost is had anew where it is used, without an error in between.
  const { client } = admin;
  const before_ = house.platform.secrets;
  try {
    Object.assign(house.platform, { secrets: other });
    const renewed = await client.notifications.pushKey();
    assert.notEqual(renewed.publicKey, publicKey);
    assert.equal((await client.notifications.pushKey()).publicKey, renewed.publicKey);
    await refused(house.browser().client.signIn.startCompany({ body: { accountId: house.accountId } }), 'company_sign_in_failed');
  } finally {
    Object.assign(house.platform, { secrets: before_ });
  }
});

test('the doctor says when nobody has gone through what is to be erased for two nights, and when cases could not be erased', async () => {
  const admin = await house.admin();
  const found = async () => (await examined(house.platform.secrets)).filter(({ check }) => check === 'retention').map(({ state, says }) => ({ state, says }));
  assert.deepEqual(await found(), [], 'nothing is to be erased');
  const { client } = admin;
  const run = (sql: string) => house.asSystem((ctx) => ctx.tx.run(sql, [house.accountId]));
  await client.retentionRules.set({ body: { usual: { action: 'words', days: 400 }, inboxes: [], keepTags: [], removesCustomers: true, version: 0 } });
  assert.equal((await found())[0]?.state, 'ok');
  await run(`update retention_policy set looked_at = now() - interval '3 days' where account_id = $1`);
  assert.match(JSON.stringify(await found()), /problem.*3 days/);
  const job = rooms['privacy']?.jobs?.find(({ name }) => name === 'privacy.retention');
  await job?.run(house.platform, {} as never);
  assert.equal((await found())[0]?.state, 'ok');
  await run(`insert into retention_run (account_id, id, state, failed, started_at, moved_at, ended_at) values ($1, gen_random_uuid(), 'done', 2, now(), now(), now())`);
  assert.match(JSON.stringify(await found()), /warning.*2 cases/);
});
