import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type TestHouse } from '../../testing/test-house.ts';
import { comesFromElsewhere, needsSetupCode, setupCode, setupLink } from './setup-code.ts';

const wizard = { company: 'Nordlicht Reisen', name: 'Laura Meyer', email: 'laura@nordlicht.example', password: 'stuhl wolke hafen' };
let house: TestHouse;
before(async () => {
  house = await openTestHouse({ isEmpty: true, env: { RAPPORT_HOST: '0.0.0.0', RAPPORT_ROLES: 'web' } });
});
after(() => house.close());

test('a code is asked for where others than this machine reach the page, by its address or by that of a proxy', () => {
  const asks = (host: string, publicUrl?: string, trustProxy = false) => needsSetupCode({ host, publicUrl, trustProxy });
  for (const host of ['127.0.0.1', '127.4.0.9', '::1', 'localhost']) assert.equal(asks(host), false, host);
  for (const host of ['0.0.0.0', '::', '192.168.0.7', 'desk.internal', '127.evil.example']) assert.equal(asks(host), true, host);
  assert.equal(asks('127.0.0.1', 'http://localhost:8400'), false);
  assert.equal(asks('127.0.0.1', 'https://desk.example.com'), true);
  assert.equal(asks('127.0.0.1', undefined, true), true);
});

test('a request that a proxy has handed on, or that names another machine, is asked for the code although nothing was set', () => {
  const from = (host: string, headers: Record<string, string> = {}) => comesFromElsewhere({ host, headers });
  for (const host of ['localhost:8400', '127.0.0.1:8400', '[::1]:8400', 'localhost']) assert.equal(from(host), false, host);
  for (const host of ['desk.example.com', 'rebound.evil.example:8400', '192.168.0.7:8400']) assert.equal(from(host), true, host);
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) assert.equal(from('localhost:8400', { [name]: '203.0.113.9' }), true, name);
});

test('nobody takes an installation that others reach too: without the code it is not set up', async () => {
  assert.equal((await house.browser().client.setup.state()).needsCode, true);
  const run = (code?: string) => house.browser().client.setup.run({ body: { ...wizard, ...(code === undefined ? {} : { code }) } });
  const code = setupCode(house.platform.secrets);
  assert.match(code, /^[a-z1-9]{5}(-[a-z1-9]{5}){3}$/);
  assert.ok(setupLink(house.platform).endsWith(`/first-run#code=${code}`));
  for (const wrong of [undefined, '', 'aaaaa-aaaaa-aaaaa-aaaaa', code.slice(1), `${code}a`, '\u{1F511}'.repeat(10)]) await refused(run(wrong), 'setup_code_needed');
  assert.equal((await house.browser().client.setup.state()).isSetUp, false);
});

test('with the code it is set up, however it is typed, and afterwards the code opens nothing', async () => {
  const code = setupCode(house.platform.secrets);
  await house.platform.database.asSystem((tx) => tx.run('delete from rate_limit'));
  const session = await house.browser().client.setup.run({ body: { ...wizard, code: ` ${code.toUpperCase().replaceAll('-', '')} ` } });
  assert.equal(session.agent.roleName, 'Admin');
  assert.equal((await house.browser().client.setup.state()).needsCode, false);
  await refused(house.browser().client.setup.run({ body: { ...wizard, code } }), 'already_set_up');
});
