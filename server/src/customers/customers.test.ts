import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { findOrCreateByIdentity } from './index.ts';
import { nameFrom, normaliseIdentity } from './identity.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example' } } })).id;
});
after(() => house.close());

const nowhere = '0190a1b2-0000-7000-8000-000000000000';
const meet = (value: string, name?: string) => house.asSystem((ctx) => findOrCreateByIdentity(ctx, { kind: 'email', value, ...(name === undefined ? {} : { name }) }));
const beginCase = (email: string, by = admin) => by.client.cases.create({ body: { inboxId, customer: { email }, subject: 'Lamp', note: 'Called in.' } });
const found = async (q: string, by = admin) => (await by.client.customers.list({ query: { q } })).items.map(({ name }) => name);

test('a customer is one person however the address is written, and keeps the name we know', async () => {
  const first = await meet('Anna@Shop.example', 'Anna Schmidt');
  assert.deepEqual([first.isNew, first.name], [true, 'Anna Schmidt']);
  const again = await meet(' anna@shop.EXAMPLE ', 'A. Schmidt');
  assert.deepEqual([again.id, again.isNew, again.name], [first.id, false, 'Anna Schmidt']);
  assert.equal((await meet('somebody.new@shop.example')).name, 'somebody.new');
  const customer = await admin.client.customers.get({ params: { customerId: first.id } });
  assert.deepEqual(customer.identities.map(({ kind, value, isVerified }) => [kind, value, isVerified]), [['email', 'anna@shop.example', false]]);
});

test('whatever is typed around an address, its spelling is settled after one look', () => {
  fc.assert(fc.property(fc.string(), fc.constantFrom('email' as const, 'phone' as const), (value, kind) => {
    const once = normaliseIdentity(kind, value);
    assert.equal(normaliseIdentity(kind, once), once);
    assert.ok(nameFrom(kind, once, value).length <= Math.max(200, once.length));
  }));
  assert.equal(normaliseIdentity('phone', '+49 (0)40 / 123-45'), '+4904012345');
});

test('twelve who meet the same newcomer at once make one customer', async () => {
  const met = await Promise.all(Array.from({ length: 12 }, () => meet('rush@shop.example', 'Rush')));
  assert.equal(new Set(met.map(({ id }) => id)).size, 1);
  assert.equal(met.filter(({ isNew }) => isNew).length, 1);
});

test('customers are found by any of the words of their name and address, in any case and without accents', async () => {
  await meet('joerg.maenner@handel.example', 'Jörg Männer');
  for (const q of ['jorg', 'MÄNNER', 'mann', 'handel', 'joerg.maenner@handel.example', 'jörg handel']) assert.deepEqual(await found(q), ['Jörg Männer'], q);
  for (const q of ['jorg nobody', '&|!', 'maenners']) assert.deepEqual(await found(q), [], q);
});

test('the list pages from the newest, each customer once, also while others come', async () => {
  for (let i = 0; i < 7; i += 1) await meet(`page${i}@pages.example`, `Pages ${i}`);
  for (const q of [undefined, 'pages']) {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await admin.client.customers.list({ query: { q, limit: 3, cursor } });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await meet(`late${seen.length}-${q ?? 'all'}@late.example`, 'Latecomer');
    } while (cursor);
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen, [...seen].sort().reverse());
    assert.ok(q === undefined ? seen.length > 7 : seen.length === 7);
  }
  const { nextCursor } = await admin.client.customers.list({ query: { q: 'pages', limit: 3 } });
  await refused(admin.client.customers.list({ query: { q: 'other', cursor: nextCursor ?? '' } }), 'invalid_request');
  await refused(admin.client.customers.list({ query: { limit: 1000 } }), 'invalid_request');
});

test('what we know of a customer is changed, and the customer is found by the new name', async () => {
  const { id } = await meet('carla@shop.example', 'Carla');
  const params = { customerId: id };
  const { version } = await admin.client.customers.get({ params });
  const changed = await admin.client.customers.update({ params, body: { version, name: 'Carla Nuova', note: 'Prefers the phone.', locale: 'it' } });
  assert.deepEqual([changed.name, changed.note, changed.locale, changed.version], ['Carla Nuova', 'Prefers the phone.', 'it', version + 1]);
  assert.deepEqual(await found('nuova'), ['Carla Nuova']);
  assert.equal((await admin.client.customers.update({ params, body: { version: version + 1, locale: null } })).note, 'Prefers the phone.');
});

test('of two who change a customer at once one is stopped and shown what is there now', async () => {
  const { id } = await meet('dora@shop.example', 'Dora');
  const params = { customerId: id };
  const outcomes = await Promise.all(['Dora A', 'Dora B'].map((name) => admin.client.customers.update({ params, body: { version: 1, name } }).then(() => 'changed', (error: { code: string }) => error.code)));
  assert.deepEqual(outcomes.sort(), ['changed', 'changed_meanwhile']);
  const stopped = await refused(admin.client.customers.update({ params, body: { version: 1, note: 'x' } }), 'changed_meanwhile');
  assert.equal((stopped.extra?.['customer'] as { version: number } | undefined)?.version, 2);
});

test('a card number in a note about a customer is masked before it is stored', async () => {
  const { id } = await meet('eve@shop.example');
  const { note } = await admin.client.customers.update({ params: { customerId: id }, body: { version: 1, note: 'Read me 4111 1111 1111 1111 aloud.' } });
  assert.doesNotMatch(note, /4111 1111 1111/);
  const { rows } = await house.platform.database.pool.query(`select count(*) as n from customer where note like '%1111 1111 1111%'`);
  assert.equal(Number(rows[0].n), 0);
});

test('a reader sees the cases of a customer, and their number, within the own scope', async () => {
  const { id } = await meet('frida@shop.example');
  const [mine] = [await beginCase('frida@shop.example'), await beginCase('frida@shop.example')];
  const agent = await house.signedInClient('agent');
  await admin.client.cases.update({ params: { caseId: mine.id }, body: { teamId: (await admin.client.accounts.createTeam({ body: { name: 'Elsewhere' } })).id, brief: { asked: 'Where it is', tried: 'Nothing yet', promised: null, next: 'Look' } } });
  const of = async (by: SignedIn) => {
    const { caseCount } = await by.client.customers.get({ params: { customerId: id } });
    const { items } = await by.client.customers.listCases({ params: { customerId: id } });
    return [caseCount, items.length];
  };
  assert.deepEqual(await of(admin), [2, 2]);
  const seen = await of(agent);
  assert.equal(seen[0], seen[1]);
  assert.ok((seen[0] ?? 9) < 2);
});

test('who may not, does not; and another company neither sees nor changes anybody', async () => {
  const { id } = await meet('gina@shop.example', 'Gina');
  const params = { customerId: id };
  const role = await admin.client.accounts.createRole({ body: { name: 'Looker', permissions: ['customer.read'], caseScope: 'own' } });
  const looker = await house.signedInClient('agent');
  await admin.client.accounts.updateAgent({ params: { agentId: looker.agentId }, body: { roleId: role.id } });
  assert.deepEqual(await found('gina', looker), ['Gina']);
  await refused(looker.client.customers.update({ params, body: { version: 1, name: 'X' } }), 'not_allowed');
  // Seeing customers is not seeing cases, not even one's own.
  const { id: caseId } = await beginCase('gina@shop.example');
  await admin.client.cases.update({ params: { caseId }, body: { assigneeId: (await admin.client.accounts.session()).agent.id } });
  await house.asSystem((ctx) => ctx.tx.run('update cases set assignee_id = $3 where account_id = $1 and id = $2', [ctx.accountId, caseId, looker.agentId]));
  await refused(looker.client.customers.listCases({ params }), 'not_allowed');
  assert.equal((await looker.client.customers.get({ params })).caseCount, 0);
  const stranger = await (await house.anotherAccount()).admin();
  assert.deepEqual(await found('gina', stranger), []);
  await refused(stranger.client.customers.get({ params }), 'not_found');
  await refused(stranger.client.customers.update({ params, body: { version: 1, name: 'X' } }), 'not_found');
  await refused(stranger.client.customers.listCases({ params }), 'not_found');
  await refused(admin.client.customers.get({ params: { customerId: nowhere } }), 'not_found');
  await refused(house.browser().client.customers.get({ params }), 'signed_out');
  await refused(admin.client.customers.update({ params, body: { version: 1, name: '' } }), 'invalid_request');
});
