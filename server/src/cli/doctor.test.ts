import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { Secret, TOTP } from 'otpauth';
import { openTestHouse, type TestHouse } from '../../testing/test-house.ts';
import { openSecrets } from '../platform/secrets.ts';
import { checkSealed } from './doctor.ts';

let house: TestHouse;
before(async () => {
  house = await openTestHouse();
});
after(() => house.close());

test('the doctor finds out that the secret key is not the one passwords and second factors were sealed with', async () => {
  const admin = await house.admin();
  await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test', outbound: { kind: 'smtp', smtp: { host: 'mail.desk.test', port: 587, security: 'starttls', user: 'anna', password: 'open sesame' } } } } });
  const { secret } = await admin.client.accounts.startSecondFactor({ body: { password: admin.password } });
  await admin.client.accounts.confirmSecondFactor({ body: { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() } });
  const { database, secrets } = house.platform;
  assert.deepEqual((await checkSealed({ database, secrets })).map(({ check, state }) => [check, state]), [['mailbox passwords', 'ok'], ['second factors', 'ok']]);

  const other = openSecrets(tmpdir(), randomBytes(32).toString('base64'));
  const findings = await checkSealed({ database, secrets: other });
  assert.deepEqual(findings.map(({ state }) => state), ['problem', 'problem']);
  assert.match(findings[0]?.says ?? '', /1 inboxes.*support@desk\.test/);
  assert.doesNotMatch(JSON.stringify(findings), /open sesame/);
});
