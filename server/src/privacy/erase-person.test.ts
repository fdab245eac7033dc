import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openVisitor } from '../../testing/chat-client.ts';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { takeIn } from '../channels/index.ts';
import { inAccount, systemActor } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';
import { anySpelling, fullName } from '../platform/database/personal-text.ts';
import { keyFor } from '../platform/files/key.ts';
import { newId } from '../platform/ids.ts';
import { erasePerson } from './erase-person.ts';
import { eraseRestored } from './erase-restored.ts';
import { startErasure } from './start-erasure.ts';
import { readTombstones } from './tombstones.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', teamId: house.teamId, settings: { address: 'support@desk.example', outbound: { kind: 'mailbox' } } } })).id;
});
after(() => house.close());

const take = (lines: string[]) => takeIn(house.platform, { accountId: house.accountId, inboxId, door: 'api', raw: Buffer.from(lines.join('\r\n')), envelopeFrom: undefined, envelopeTo: [], arrivedAt: new Date() });
/** A mail with a file of its own. */
const mail = (from: string, subject: string, more: { cc?: string; answers?: string; text?: string; file?: string } = {}) => {
  const id = `<${newId()}@mail.example>`;
  const head = [`From: ${from}`, 'To: support@desk.example', ...(more.cc ? [`Cc: ${more.cc}`] : []), `Subject: ${subject}`, `Message-ID: ${id}`, ...(more.answers ? [`In-Reply-To: ${more.answers}`] : []), 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''];
  return take([...head, '--b', 'Content-Type: text/plain', '', more.text ?? `About ${subject}.`, '--b', `Content-Type: text/plain; name=file.txt`, 'Content-Disposition: attachment; filename=file.txt', '', more.file ?? `File of ${id}`, '--b--', '']).then((taken) => ({ ...taken, messageId: id }));
};
const customerOf = async (q: string) => (await admin.client.customers.list({ query: { q } })).items[0] ?? assert.fail(q);
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const ended = (erasureId: string) => until(async () => {
  const erasure = await admin.client.privacy.getErasure({ params: { erasureId } });
  return erasure.state === 'done' ? erasure : undefined;
});
/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const tables = (await house.platform.database.asSystem((tx) => tx.run<{ name: string }>(`select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`))).map((row) => row.name);
  const parts = await Promise.all(tables.map((name) => house.platform.database.asSystem((tx) => tx.run<{ all: string | null }>(`select string_agg(t::text, E'\\n') as all from ${name} t`))));
  return parts.map(([row]) => row?.all ?? '').join('\n').toLowerCase();
}
async function storedBytes(): Promise<string> {
  const parts: string[] = [];
  for await (const { key } of house.platform.files.list(house.accountId)) parts.push((await house.platform.files.read(key)).toString('latin1'));
  return parts.join('\n').toLowerCase();
}

test('a visitor of a chat is erased with what they said of themselves, and their browser begins anew', async () => {
  const chat = await admin.client.inboxes.create({ body: { channel: 'chat', name: 'Chat', teamId: house.teamId, settings: { title: 'Ask us' } } });
  const visitor = await openVisitor(house.url, chat.address, { name: 'Vera Vanishing', email: 'vera@vanishing.example' });
  await visitor.send('My number is 4711, says Vera Vanishing.');
  const { customer } = (await admin.client.cases.list({ query: { inbox: chat.id } })).items[0] ?? assert.fail('there is a case');
  const { id } = await admin.client.privacy.startErasure({ params: { customerId: customer.id }, body: { name: 'Vera Vanishing' } });
  await ended(id);
  assert.doesNotMatch(await everything(), new RegExp(`vanishing|vera@|4711|${visitor.id}`));
  assert.equal((await visitor.send('Hello?')).status, 401);
});

test('one person is erased from everywhere, with proof, and the others keep what is theirs', async () => {
  const mine = await mail('Tom Secret <tom.secret@gone.example>', 'My own matter', { file: 'shared bytes' });
  assert.ok(mine.caseId);
  const tom = await customerOf('tom.secret@gone.example');
  await admin.client.customers.addIdentity({ params: { customerId: tom.id }, body: { kind: 'email', value: 'tom@home.example' } });
  await admin.client.cases.reply({ params: { caseId: mine.caseId }, body: { text: 'Dear Tom', to: ['tom.secret@gone.example'] } });
  await admin.client.cases.saveDraft({ params: { caseId: mine.caseId, mode: 'note' }, body: { text: 'tom.secret@gone.example called', revision: 0 } });
  const shared = await mail('Eve Stays <eve@stays.example>', 'Our matter', { cc: 'tom.secret@gone.example', file: 'shared bytes' });
  assert.ok(shared.caseId);
  await mail('Tom Secret <tom.secret@gone.example>', 'Re: Our matter', { answers: shared.messageId, text: 'Tom says something private.' });
  const other = await mail('Joe <notom@home.example>', 'Another matter', { text: 'Write to TOM@home.example, not to me.' });
  assert.ok(other.caseId);
  await admin.client.cases.addNote({ params: { caseId: other.caseId }, body: { text: 'tom@home.example is his friend.' } });
  const alike = await mail('Pat <old.tom@home.example>', 'Alike');
  await admin.client.customers.update({ params: { customerId: (await customerOf('old.tom@home.example')).id }, body: { version: 1, note: 'Friend of tom@home.example.' } });
  await until(async () => (/dear tom/.test(await everything()) && (await house.asSystem((ctx) => ctx.tx.run('select 1 from mailbox_mail'))).length > 0 ? true : undefined));
  const before_ = await admin.client.ledger.summary();
  const params = { customerId: tom.id };

  await refused(admin.client.privacy.startErasure({ params, body: { name: 'Tom' } }), 'name_does_not_match');
  await refused((await house.signedInClient('agent')).client.privacy.startErasure({ params, body: { name: 'Tom Secret' } }), 'not_allowed');
  const begun = await admin.client.privacy.startErasure({ params, body: { name: 'Tom Secret' } });
  const { report } = await ended(begun.id);
  assert.ok(report);
  assert.deepEqual([report.verification.rowsFound, report.verification.where], [0, []]);
  assert.ok(report.verification.tables > 60 && report.verification.columns > 200);
  assert.deepEqual([report.removed['cases'], report.removed['customers'], report.removed['identities'], report.pseudonymised['cases'], report.pseudonymised['messages']], [1, 1, 2, 1, 1]);

  // Looked at with other eyes than the report's: whole rows of every table, and the bytes of every file.
  const rows = await everything();
  for (const trace of ['tom.secret', 'says something private', 'dear tom', 'my own matter']) assert.ok(!rows.includes(trace), trace);
  assert.doesNotMatch(rows, /(?<![a-z.])tom@home\.example/);
  assert.equal((await admin.client.cases.search({ query: { q: 'old.tom@home.example' } })).items[0]?.case.id, alike.caseId, 'whose address only ends alike is still found');
  assert.ok(rows.includes('notom@home.example'), 'who only looks alike stays');
  const bytes = await storedBytes();
  assert.ok(!bytes.includes('tom.secret'));
  assert.doesNotMatch(bytes, /(?<![a-z.])tom@home\.example/);
  assert.ok(bytes.includes('shared bytes'), 'the other one’s file of the same bytes stays');
  assert.equal(report.filesKept, 1);
  await refused(admin.client.cases.get({ params: { caseId: mine.caseId } }), 'not_found');
  await refused(admin.client.customers.get({ params }), 'not_found');
  assert.equal((await admin.client.cases.get({ params: { caseId: shared.caseId } })).customer.name, 'Eve Stays');
  assert.deepEqual(await admin.client.ledger.summary(), before_, 'the ledger adds up as before');
});

test('the name goes where the person was: beside their address, in greetings, notes and the words of search; elsewhere it is told, because it may be another’s', async () => {
  const tim = await mail('Tim Ünlü-Zzsecret <tim@gone.example>', 'Mine alone', { file: 'of Tim' });
  assert.ok(tim.caseId);
  const person = await customerOf('tim@gone.example');
  await admin.client.customers.addIdentity({ params: { customerId: person.id }, body: { kind: 'phone', value: '+49 171 55512-34' } });
  const shared = await mail('Eve Ever <ever@stays.example>', 'A matter of two', { cc: '"Timmy Zzother" <tim@gone.example>', text: 'Tim ünlü-zzsecret and I write together.' });
  assert.ok(shared.caseId);
  const params = { caseId: shared.caseId };
  await admin.client.cases.reply({ params, body: { text: 'Dear Eve, dear TIM ÜNLÜ-ZZSECRET, dear Tim', to: ['ever@stays.example', 'tim@gone.example'] } });
  await admin.client.cases.addNote({ params, body: { text: 'Ünlü-Zzsecret, Tim phoned from (0171) 555/12 34, and Timmy Zzother from 0049 171 5551234. Not from 0171 5551235.' } });
  // In another case they took no part in: their number goes, a name of that sort may be another's.
  const namesake = await mail('Joe <joe@other.example>', 'Somebody else', { text: 'My neighbour Tim Ünlü-Zzsecret is not on the phone, or is it +49 (0)171 5551234?' });
  assert.ok(namesake.caseId);
  await until(async () => (/dear tim/.test(await everything()) ? true : undefined));

  const begun = await admin.client.privacy.startErasure({ params: { customerId: person.id }, body: { name: person.name } });
  const { report } = await ended(begun.id);
  assert.ok(report);
  assert.equal(report.verification.rowsFound, 0);
  assert.ok((report.pseudonymised['names'] ?? 0) >= 3);
  assert.equal(report.verification.namesSearched, 2);
  const told = JSON.stringify((await admin.client.cases.listEntries({ params })).items);
  assert.doesNotMatch(told, /zzsecret|zzother|5551234|555\/12/i);
  assert.match(told, /Dear Eve, dear Erased person, dear Tim/);
  assert.match(told, /0171 5551235/, 'another number stays');
  // The name is found where somebody else may be meant, and the report says where.
  const { items } = await admin.client.cases.search({ query: { q: 'zzsecret' } });
  assert.deepEqual(items.map((item) => item.case.id), [namesake.caseId]);
  assert.ok(report.verification.namesFound > 0 && report.verification.namesWhere.includes('entry.body'), JSON.stringify(report.verification));
  assert.deepEqual((await admin.client.cases.search({ query: { q: 'zzother' } })).items, []);
  assert.doesNotMatch(await everything(), /5551234|zzother/);
  assert.doesNotMatch(await storedBytes(), /zzother/);
});

test('a number is found in any spelling of its digits and no other, a full name in both orders, and a single word is nobody’s name', async () => {
  const finds = async (pattern: string, texts: string[]) => (await house.platform.database.asSystem((tx) => tx.run<{ text: string }>('select text from unnest($1::text[]) text where text ~* $2', [texts, pattern]))).map((row) => row.text);
  const same = ['+4917155512', '0049 171 555 12', '+49 (0)171 / 555-12', '0171 55512', '49.171.55512', 'call 0171-555 12.'];
  assert.deepEqual(await finds(anySpelling('+4917155512'), [...same, '+49171555123', '0171 55513', 'a0171 55512', '+43 171 55512']), same);
  assert.deepEqual(await finds(anySpelling('017155512'), same), same);
  assert.deepEqual(await finds(anySpelling('110'), ['110', '1 10', '1100']), ['110']);
  assert.deepEqual(await finds(fullName('Tom O’Neil') ?? '', ['tom o&#39;neil', 'O\'Neil, Tom', 'Tom\nO’Neil', 'Tom O’Neill', 'Atom O’Neil']), ['tom o&#39;neil', 'O\'Neil, Tom', 'Tom\nO’Neil']);
  assert.deepEqual([fullName('Support'), fullName('tom@home.example'), fullName('+')], [undefined, undefined, undefined]);
});

test('whom a restored backup brings back is erased again when the house opens; who writes anew afterwards is not', async () => {
  await mail('Ann Back <ann@back.example>', 'Before');
  const ann = await customerOf('ann@back.example');
  // What a backup taken now holds of her.
  const [kept] = await house.asSystem((ctx) => ctx.tx.run<{ name: string; created_at: Date; search_text: string }>('select name, created_at, search_text from customer where account_id = $1 and id = $2', [house.accountId, ann.id]));
  assert.ok(kept);
  await ended((await admin.client.privacy.startErasure({ params: { customerId: ann.id }, body: { name: 'Ann Back' } })).id);
  assert.ok(!JSON.stringify(await readTombstones(house.platform)).includes('back.example'), 'a tombstone names nobody');
  await house.asSystem(async (ctx) => {
    await ctx.tx.run('delete from erasure where account_id = $1', [house.accountId]);
    await ctx.tx.run('insert into customer (account_id, id, name, created_at, search_text) values ($1, $2, $3, $4, $5)', [house.accountId, ann.id, kept.name, kept.created_at, kept.search_text]);
    await ctx.tx.run(`insert into customer_identity (account_id, id, customer_id, kind, value, created_at) values ($1, $2, $3, 'email', 'ann@back.example', $4)`, [house.accountId, newId(), ann.id, kept.created_at]);
  });
  assert.equal(await eraseRestored(house.platform), 1);
  const again = await until(async () => (await admin.client.privacy.listErasures()).items.find((each) => each.state === 'done'));
  assert.equal(again.report?.verification.rowsFound, 0);
  assert.ok(!(await everything()).includes('ann@back.example'));
  await mail('Ann Back <ann@back.example>', 'A new beginning');
  assert.equal(await eraseRestored(house.platform), 0);
  assert.equal((await customerOf('ann@back.example')).name, 'Ann Back');
});

test('nobody erases cases they cannot see', async () => {
  const kept = await mail('Uma Unseen <uma@unseen.example>', 'Not yours');
  const uma = await customerOf('uma@unseen.example');
  for (const [permissions, caseScope] of [[['case.read', 'customer.read', 'customer.erase'], 'own'], [['case.read', 'customer.read', 'customer.erase'], 'team'], [['customer.read', 'customer.erase'], 'all']] as const) {
    const role = await admin.client.accounts.createRole({ body: { name: `Role ${newId()}`, permissions: [...permissions], caseScope } });
    const narrow = await house.signedInClient('agent');
    await admin.client.accounts.updateAgent({ params: { agentId: narrow.agentId }, body: { roleId: role.id } });
    await refused(narrow.client.privacy.startErasure({ params: { customerId: uma.id }, body: { name: 'Uma Unseen' } }), 'not_allowed');
    await refused(narrow.client.privacy.listErasures(), 'not_allowed');
  }
  assert.equal((await admin.client.cases.get({ params: { caseId: kept.caseId ?? '' } })).customer.name, 'Uma Unseen');
});

test('a file of the erased person that somebody else is just sending stays for them', async () => {
  const logo = 'the logo in every mail of that company';
  await mail('Ida Logo <ida@logo.example>', 'With a logo', { file: logo });
  const ida = await customerOf('ida@logo.example');
  const { platform } = house;
  const begun = await inAccount({ ...platform, jobs: { ...platform.jobs, enqueue: async () => {} } }, house.accountId, systemActor('test'), (ctx) => startErasure(ctx, { customerId: ida.id, name: 'Ida Logo' }));
  const key = keyFor(house.accountId, Buffer.from(logo));
  // Another intake has stored its bytes and is about to write its rows.
  let isStored = false;
  const meanwhile = { ...platform, database: { ...platform.database, asSystem: async <T>(work: (tx: Tx) => Promise<T>) => {
    if (!isStored) await platform.files.put(house.accountId, Buffer.from(logo));
    isStored = true;
    return platform.database.asSystem(work);
  } } };
  await erasePerson(meanwhile, house.accountId, begun.id);
  assert.equal(String(await platform.files.read(key)), logo);
  const { report } = await ended(begun.id);
  assert.deepEqual([report?.filesKept, report?.verification.rowsFound], [1, 0]);
  const later = await house.platform.database.asSystem((tx) => tx.run<{ data: { keys: string[] } }>(`select data from pgboss.job where name = 'cases.delete-purged-files' and state = 'created' and start_after > now() + interval '30 minutes'`));
  assert.ok(later.some(({ data }) => data.keys.includes(key)), 'looked at once more, should nothing come of it');
});

test('an address that is a colleague’s or an inbox’s is not erased with a customer', async () => {
  const colleague = await house.signedInClient('agent', { email: 'cora@crew.example' });
  const made = await admin.client.cases.create({ body: { inboxId, customer: { email: colleague.email, name: 'Cora' }, subject: 'x', note: 'x' } });
  await refused(admin.client.privacy.startErasure({ params: { customerId: made.customer.id }, body: { name: 'Cora' } }), 'still_in_use');
});
