import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Customer, CustomerField, Page } from '@rapport/contract';
import { openTestHouse, type TestHouse } from '../../testing/test-house.ts';
import { wantedValue } from './wanted-value.ts';

let house: TestHouse;
let key: string;
before(async () => {
  house = await openTestHouse({ env: { RAPPORT_ROLES: 'web' } });
  await house.platform.database.pool.query('insert into installation (account_id, created_at) values ($1, now())', [house.accountId]);
  const admin = await house.admin();
  await house.signedInClient('agent', { name: 'Anna', email: 'anna@desk.test' });
  key = (await admin.client.accounts.createApiKey({ body: { name: 'Script' } })).key;
  const tier = await admin.client.customerFields.create({ body: { subject: 'customer', name: 'Tier', type: 'choice', options: [{ id: '0190a1b2-0000-7000-8000-000000000001', label: 'Gold' }] } });
  const firm = await admin.client.organizations.create({ body: { name: 'Harbour', domains: [] } });
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address: 'support@desk.test' } } });
  for (const name of ['Nora', 'Omar']) await admin.client.cases.create({ body: { inboxId: inbox.id, customer: { email: `${name.toLowerCase()}@shop.test`, name }, subject: 'Lamp', note: 'Called.' } });
  const [nora] = (await admin.client.customers.list({ query: { q: 'nora' } })).items;
  await admin.client.customers.update({ params: { customerId: nora?.id ?? '' }, body: { version: nora?.version ?? 0, organizationId: firm.id, fields: { [tier.id]: tier.options[0]?.id ?? '' } } });
  await admin.client.blockedSenders.block({ body: { value: 'omar@shop.test', reason: 'Threats' } });
});
after(() => house.close());

/** Runs the real command in a process of its own. */
function rapport(who: Record<string, string>, args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], ...who };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), 'customers', 'list', ...args], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err })).stdin?.end();
  });
}

test('customers are listed by everything the desk filters by, on the machine and from afar', { timeout: 900_000 }, async () => {
  const near = { DATABASE_URL: house.databaseUrl, RAPPORT_DATA: house.platform.config.dataDir, RAPPORT_AS: 'anna@desk.test' };
  const far = { RAPPORT_DATA: '/nowhere', RAPPORT_URL: house.url, RAPPORT_API_KEY: key };
  for (const who of [near, far]) {
    for (const [args, names] of [[['shop'], ['Omar', 'Nora']], [['--organization', 'harbour', '--field', 'tier=gold'], ['Nora']], [['--blocked', 'yes'], ['Omar']]] as const) {
      const { code, out, err } = await rapport(who, [...args, '--json']);
      assert.equal(code, 0, err);
      assert.deepEqual((JSON.parse(out) as Page<Customer>).items.map(({ name }) => name), names);
    }
  }
  assert.match((await rapport(far, ['nora'])).out, /^Nora {2}nora@shop\.test {2}\(Harbour\) {2}1 cases$/m);
  const wrong = await rapport(far, ['--field', 'Tier=Bronze']);
  assert.deepEqual([wrong.code, wrong.err], [1, 'rapport: --field Tier=Bronze: choose one of: Gold.\n']);
  assert.match((await rapport(far, ['--organization', 'Nowhere'])).err, /no organization with this name/);
});

test('values are written as people read them', () => {
  const field = (name: string, type: CustomerField['type']): CustomerField => ({ id: name, subject: 'customer', name, type, options: [], currency: type === 'money' ? 'JPY' : null, isRetired: false, version: 1 });
  const fields = [field('Shops', 'number'), field('Credit', 'money'), field('Trade', 'yes_no'), field('City', 'text')];
  for (const [written, value] of [['shops=3', 3], ['Credit=500', { amountMinor: 500, currency: 'JPY' }], ['Trade=no', false], ['City=a=b', 'a=b']] as const) assert.deepEqual(wantedValue(fields, written).value, value);
  for (const [written, what] of [['Shops=many', /a number/], ['Shops=', /a number/], ['Trade=maybe', /yes or no/], ['Nothing', /one of: Shops, Credit/]] as const) assert.throws(() => wantedValue(fields, written), what);
});
