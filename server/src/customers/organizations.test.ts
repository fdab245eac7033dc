import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { newId } from '../platform/ids.ts';
import { isPublicProvider } from './public-providers.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example' } } })).id;
});
after(() => house.close());

const meet = (email: string, name?: string) => admin.client.cases.create({ body: { inboxId, customer: { email, ...(name === undefined ? {} : { name }) }, subject: 'Lamp', note: 'Called in.' } });
const customerOf = async (q: string) => (await admin.client.customers.list({ query: { q } })).items[0] ?? assert.fail(q);

test('mail from a company’s domain suggests it, until somebody takes it or says no', async () => {
  const firm = await admin.client.organizations.create({ body: { name: 'Harbour Ltd', domains: ['harbour.example', 'harbour.test'] } });
  await meet('ida@harbour.example', 'Ida Berg');
  const ida = await customerOf('ida@harbour.example');
  assert.deepEqual([ida.organization, ida.suggestedOrganization], [null, { id: firm.id, name: 'Harbour Ltd' }]);
  const params = { customerId: ida.id };
  assert.equal((await admin.client.customers.declineOrganization({ params })).suggestedOrganization, null);
  const member = await admin.client.customers.update({ params, body: { version: ida.version + 1, organizationId: firm.id, timeZone: 'Europe/Berlin', preferredChannel: 'phone', contactPermission: 'refused' } });
  assert.deepEqual([member.organization?.name, member.timeZone, member.preferredChannel, member.contactPermission], ['Harbour Ltd', 'Europe/Berlin', 'phone', 'refused']);
  await refused(admin.client.customers.update({ params, body: { version: member.version, timeZone: 'Mars/Olympus' } }), 'invalid_request');
  await refused(admin.client.customers.update({ params, body: { version: member.version, organizationId: newId() } }), 'not_found');
  assert.deepEqual((await admin.client.customers.list({ query: { organization: firm.id } })).items.map((each) => each.id), [ida.id]);
  const cases = await admin.client.organizations.listCases({ params: { organizationId: firm.id } });
  assert.equal(cases.items.length, 1);
  const outsider = await house.signedInClient('agent');
  assert.deepEqual((await outsider.client.organizations.listCases({ params: { organizationId: firm.id } })).items, [], 'a case of another team is not there');
  await admin.client.organizations.remove({ params: { organizationId: firm.id } });
  assert.equal((await admin.client.customers.get({ params })).organization, null);
});

test('a domain belongs to one organization, and one where anybody has a mailbox to none', async () => {
  const one = await admin.client.organizations.create({ body: { name: 'Alpha', domains: ['alpha.example'] } });
  await refused(admin.client.organizations.create({ body: { name: 'ALPHA' } }), 'name_taken');
  await refused(admin.client.organizations.create({ body: { name: 'Beta', domains: ['alpha.example'] } }), 'organization_domain_taken');
  await refused(admin.client.organizations.create({ body: { name: 'Beta', domains: ['gmx.de'] } }), 'public_mail_domain');
  await refused(admin.client.organizations.update({ params: { organizationId: one.id }, body: { version: 9, name: 'Gamma' } }), 'changed_meanwhile');
  for (let i = 0; i < 5; i += 1) await admin.client.organizations.create({ body: { name: `Page ${i}` } });
  const first = await admin.client.organizations.list({ query: { q: 'page', limit: 3 } });
  const second = await admin.client.organizations.list({ query: { q: 'page', limit: 3, cursor: first.nextCursor ?? '' } });
  assert.deepEqual([...first.items, ...second.items].map((each) => each.name), ['Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4']);
  const stranger = await (await house.anotherAccount()).admin();
  await refused(stranger.client.organizations.get({ params: { organizationId: one.id } }), 'not_found');
  assert.deepEqual(['yahoo.co.uk', 'web.de', 'mail.company.example', 'shop.example'].map(isPublicProvider), [true, true, false, false]);
});

test('a removed organization comes back with its domains and its people, except who found another since', async () => {
  const firm = await admin.client.organizations.create({ body: { name: 'Lighthouse', domains: ['lighthouse.example'], note: 'Pays late.' } });
  const [ida, bo] = await Promise.all(['ida@lighthouse.example', 'bo@lighthouse.example'].map(async (email) => {
    await meet(email);
    const one = await customerOf(email);
    return admin.client.customers.update({ params: { customerId: one.id }, body: { version: one.version, organizationId: firm.id } });
  }));
  const { wayBack } = await admin.client.organizations.remove({ params: { organizationId: firm.id } });
  const other = await admin.client.organizations.create({ body: { name: 'Beacon' } });
  const moved = await admin.client.customers.get({ params: { customerId: bo!.id } });
  await admin.client.customers.update({ params: { customerId: bo!.id }, body: { version: moved.version, organizationId: other.id } });
  const outsider = await (await house.anotherAccount()).admin();
  await refused(outsider.client.organizations.restore({ body: { wayBack: wayBack ?? '' } }), 'undo_over');
  assert.deepEqual(await admin.client.organizations.restore({ body: { wayBack: wayBack ?? '' } }), firm);
  const firmOf = async (customerId: string) => (await admin.client.customers.get({ params: { customerId } })).organization?.name;
  assert.deepEqual([await firmOf(ida!.id), await firmOf(bo!.id)], ['Lighthouse', 'Beacon']);
  await refused(admin.client.organizations.restore({ body: { wayBack: wayBack ?? '' } }), 'undone_already');
});

test('an address that was taken away comes back as it was, unless somebody else has it by then', async () => {
  await meet('nora@addresses.example');
  const nora = await customerOf('nora@addresses.example');
  const params = { customerId: nora.id };
  const both = await admin.client.customers.addIdentity({ params, body: { kind: 'email', value: 'n.vale@addresses.example' } });
  const second = both.identities.find((one) => one.value === 'n.vale@addresses.example') ?? assert.fail('not added');
  const before = (await admin.client.customers.updateIdentity({ params: { ...params, identityId: second.id }, body: { isPrimary: true, isVerified: true } })).identities;
  const takeAway = async () => (await admin.client.customers.removeIdentity({ params: { ...params, identityId: second.id } })).wayBack ?? assert.fail('no way back');
  const wayBack = await takeAway();
  assert.deepEqual((await admin.client.customers.restoreIdentity({ params, body: { wayBack } })).identities, before);
  const late = await takeAway();
  await meet('n.vale@addresses.example');
  await refused(admin.client.customers.restoreIdentity({ params, body: { wayBack: late } }), 'identity_taken');
  const somebody = await customerOf('n.vale@addresses.example');
  await refused(admin.client.customers.restoreIdentity({ params: { customerId: somebody.id }, body: { wayBack: late } }), 'undo_over');
});

test('fields of the account’s own hold typed values of customers and organizations', async () => {
  const gold = newId();
  const tier = await admin.client.customerFields.create({ body: { subject: 'customer', name: 'Tier', type: 'choice', options: [{ id: gold, label: 'Gold' }] } });
  const since = await admin.client.customerFields.create({ body: { subject: 'organization', name: 'Customer since', type: 'date' } });
  await refused(admin.client.customerFields.create({ body: { subject: 'customer', name: 'tier', type: 'text' } }), 'name_taken');
  await meet('ole@fields.example');
  const ole = await customerOf('ole@fields.example');
  const set = (fields: Record<string, unknown>) => admin.client.customers.update({ params: { customerId: ole.id }, body: { version: ole.version, fields: fields as never } });
  await refused(set({ [tier.id]: 'Gold' }), 'invalid_request');
  await refused(set({ [since.id]: '2026-01-01' }), 'invalid_request');
  const saved = await set({ [tier.id]: gold });
  assert.deepEqual(saved.fields, { [tier.id]: gold });
  await refused(admin.client.customerFields.remove({ params: { fieldId: tier.id } }), 'still_in_use');
  await refused(admin.client.customerFields.update({ params: { fieldId: tier.id }, body: { version: 1, options: [{ id: newId(), label: 'Silver' }] } }), 'still_in_use');
  const firm = await admin.client.organizations.create({ body: { name: 'Old friends', fields: { [since.id]: '2019-04-30' } } });
  assert.deepEqual(firm.fields, { [since.id]: '2019-04-30' });
  await refused(admin.client.organizations.update({ params: { organizationId: firm.id }, body: { version: 1, fields: { [since.id]: '2026-02-30' } } }), 'invalid_request');
  await admin.client.organizations.update({ params: { organizationId: firm.id }, body: { version: 1, fields: { [since.id]: null } } });
  await admin.client.customerFields.remove({ params: { fieldId: since.id } });
});
