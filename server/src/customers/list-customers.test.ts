import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FieldValue } from '@rapport/contract';
import { refused } from '../../testing/refused.ts';
import { setClock } from '../../testing/set-clock.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { blockSender, findOrCreateByIdentity, updateCustomer } from './index.ts';
import { listCustomers } from './list-customers.ts';

let house: TestHouse;
let admin: SignedIn;
let organizationId: string;
const fieldIds: Record<string, string> = {};
const ids: Record<string, string> = {};
const clock = setClock();
const HOUR_MS = 3_600_000;

async function meet(name: string, email: string, known: { organizationId?: string; fields?: Record<string, FieldValue> } = {}): Promise<void> {
  ids[name] = await house.asSystem(async (ctx) => {
    const { id } = await findOrCreateByIdentity(ctx, { kind: 'email', value: email, name });
    await updateCustomer(ctx, id, { version: 1, ...known });
    return id;
  });
}
const block = (value: string, expiresAt: Date | null = null) =>
  house.asSystem((ctx) => blockSender(ctx, { value, reason: 'Advertising', expiresAt: expiresAt && expiresAt.toISOString(), isWholeProvider: false }, () => Promise.resolve(false)));

before(async () => {
  house = await openTestHouse({ clock });
  admin = await house.admin();
  const choice = [{ id: '0190a1b2-0000-7000-8000-000000000001', label: 'Gold' }, { id: '0190a1b2-0000-7000-8000-000000000002', label: 'Silver' }];
  for (const [name, type] of [['Tier', 'choice'], ['Since', 'date'], ['City', 'text'], ['Trade', 'yes_no'], ['Credit', 'money'], ['Shops', 'number']] as const) {
    fieldIds[name] = (await admin.client.customerFields.create({ body: { subject: 'customer', name, type, options: type === 'choice' ? choice : [], currency: type === 'money' ? 'EUR' : null } })).id;
  }
  fieldIds['Fleet'] = (await admin.client.customerFields.create({ body: { subject: 'organization', name: 'Fleet', type: 'number' } })).id;
  organizationId = (await admin.client.organizations.create({ body: { name: 'Harbour', domains: [] } })).id;
  const of = (values: Record<string, FieldValue>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [fieldIds[name] ?? '', value]));
  await meet('Ada', 'ada@one.example', { organizationId, fields: of({ Tier: choice[0]?.id ?? '', City: 'Malmö', Trade: true, Shops: 3 }) });
  await meet('Ben', 'ben@shop.two.example', { organizationId, fields: of({ Tier: choice[1]?.id ?? '', City: 'Kiel', Credit: { amountMinor: 5000, currency: 'EUR' } }) });
  await meet('Cem', 'cem@three.example', { fields: of({ Tier: choice[0]?.id ?? '', Since: '2026-03-02', Trade: false }) });
  await meet('Dora', 'dora@four.example');
  await block('two.example');
  await block('dora@four.example', new Date(clock.now().getTime() + HOUR_MS));
});
after(() => house.close());

const wanted = (values: Record<string, FieldValue>) => JSON.stringify(Object.entries(values).map(([name, value]) => ({ fieldId: fieldIds[name] ?? name, value })));
const named = async (query: { q?: string; organization?: string; blocked?: 'yes' | 'no'; fields?: string }) => (await admin.client.customers.list({ query })).items.map(({ name }) => name);

test('customers are found by what the company itself knows of them, whatever kind of value it is', async () => {
  const gold = '0190a1b2-0000-7000-8000-000000000001';
  for (const [values, names] of [
    [{ Tier: gold }, ['Cem', 'Ada']], [{ City: 'MALMO' }, ['Ada']], [{ City: 'Malm' }, []], [{ Trade: false }, ['Cem']], [{ Since: '2026-03-02' }, ['Cem']],
    [{ Credit: { amountMinor: 5000, currency: 'EUR' } }, ['Ben']], [{ Credit: { amountMinor: 5000, currency: 'SEK' } }, []], [{ Shops: 3 }, ['Ada']], [{ Tier: gold, Trade: true }, ['Ada']],
  ] as [Record<string, FieldValue>, string[]][]) assert.deepEqual(await named({ fields: wanted(values) }), names, JSON.stringify(values));
});

test('filters narrow each other and a search', async () => {
  assert.deepEqual(await named({ organization: organizationId }), ['Ben', 'Ada']);
  assert.deepEqual(await named({ organization: organizationId, q: 'ada' }), ['Ada']);
  assert.deepEqual(await named({ organization: organizationId, blocked: 'no' }), ['Ada']);
  assert.deepEqual(await named({ q: 'example', fields: wanted({ City: 'kiel' }) }), ['Ben']);
  assert.deepEqual(await named({ organization: fieldIds['Tier'] ?? '' }), []);
});

test('blocked are those whose mail is not taken now: by address or by a domain above, as long as it lasts, and never a colleague', async () => {
  assert.deepEqual(await named({ blocked: 'yes' }), ['Dora', 'Ben']);
  assert.deepEqual(await named({ blocked: 'no' }), ['Cem', 'Ada']);
  await block('joined.example');
  await meet('Eve', 'eve@joined.example');
  assert.deepEqual(await named({ blocked: 'yes' }), ['Eve', 'Dora', 'Ben']);
  await house.signedInClient('agent', { name: 'Eve', email: 'eve@joined.example' });
  assert.deepEqual(await named({ blocked: 'yes' }), ['Dora', 'Ben']);
  clock.forward(2 * HOUR_MS);
  assert.deepEqual(await named({ blocked: 'yes' }), ['Ben']);
});

test('a page looks at only so many customers and says that there is more, and the pages together miss nobody', async () => {
  for (const query of [{ fields: [{ fieldId: fieldIds['City'] ?? '', value: 'Malmö' }] }, { q: 'example', organization: organizationId }, { blocked: 'yes' as const }]) {
    const whole = (await house.asSystem((ctx) => listCustomers(ctx, { ...query, limit: 100 }))).items.map(({ id }) => id);
    const met: string[] = [];
    let pages = 0;
    let cursor: string | undefined;
    do {
      const page = await house.asSystem((ctx) => listCustomers(ctx, { ...query, limit: 1, cursor }, [1, 1]));
      met.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      pages += 1;
    } while (cursor !== undefined);
    assert.deepEqual(met, whole);
    assert.ok(pages > whole.length);
  }
});

test('what is no filter is refused with what to do', async () => {
  for (const [fields, what] of [['Gold', /JSON/], [wanted({ Tier: 'Gold' }), /“Tier” is one of its options/], [wanted({ Fleet: 3 }), /no field of customers/], [wanted({ City: ' ' }), /which value/]] as const) {
    assert.match((await refused(named({ fields }), 'invalid_request')).detail ?? '', what);
  }
  const first = await admin.client.customers.list({ query: { limit: 1, blocked: 'no' } });
  await refused(admin.client.customers.list({ query: { limit: 1, blocked: 'yes', cursor: first.nextCursor ?? '' } }), 'invalid_request');
});
