import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry, ImportFormat, ImportRun, MessageEntry } from '@rapport/contract';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { summariseLedger, verifyLedger } from '../ledger/index.ts';
import { guessFormat } from './guess-format.ts';
import { selectStuck } from './run-store.ts';

let house: TestHouse;
let admin: SignedIn;
let inbox: { id: string; address: string };
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', teamId: house.teamId, settings: { address: 'desk@company.test' } } });
});
after(() => house.close());

const fixture = async (name: string): Promise<Buffer> => Buffer.from((await readFile(join(import.meta.dirname, 'fixtures', name), 'utf8')).replaceAll('@ADMIN@', admin.email));
const look = (importId: string) => admin.client.imports.get({ params: { importId } });

async function until(importId: string, ...states: ImportRun['state'][]): Promise<ImportRun> {
  for (;;) {
    const run = await look(importId);
    if (states.includes(run.state)) return run;
    await sleep(20);
  }
}

async function upload(format: ImportFormat, files: Record<string, Buffer>, pieceBytes = 300): Promise<string> {
  const { id } = await admin.client.imports.create({ body: { name: `From ${format}`, format, inboxId: inbox.id } });
  for (const [file, content] of Object.entries(files)) {
    for (let place = 0; place * pieceBytes < content.length; place += 1) await admin.client.imports.upload({ params: { importId: id }, query: { file, place }, body: content.subarray(place * pieceBytes, (place + 1) * pieceBytes) as never });
  }
  return id;
}

async function bringIn(format: ImportFormat, files: Record<string, Buffer>): Promise<ImportRun> {
  const importId = await upload(format, files);
  await admin.client.imports.run({ params: { importId } });
  return until(importId, 'done', 'stopped');
}

interface Told { id: string; number: number; status: string; priority: string; tags: string[]; customer: string; createdAt: string; entries: Entry[] }
async function told(subject: string): Promise<Told> {
  const [row] = await house.asSystem((ctx) => ctx.tx.run<{ id: string; created_at: Date }>('select id, created_at from cases where subject = $1', [subject]));
  assert.ok(row, subject);
  const found = await admin.client.cases.get({ params: { caseId: row.id } });
  const { items } = await admin.client.cases.listEntries({ params: { caseId: row.id }, query: { limit: 100 } });
  return { id: row.id, number: found.number, status: found.status, priority: found.priority, tags: found.tags, customer: found.customer.name, createdAt: row.created_at.toISOString(), entries: items.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
const told3 = (entry: Entry) => [entry.kind, entry.author.name, entry.occurredAt];
const rowsOf = (table: string) => house.asSystem(async (ctx) => Number((await ctx.tx.run<{ n: number }>(`select count(*) as n from ${table}`))[0]?.n));
// Other parts of the house may speak of themselves meanwhile, such as the health of a mailbox.
const quietTables = ["event where topic ~ '^(case|message|note|customer|draft|mention|promise|bulk)'", 'email_outgoing', 'email_auto_reply', 'notification', 'webhook_delivery', 'rule_run'];

async function isProved(): Promise<void> {
  assert.deepEqual(await house.asSystem(verifyLedger), []);
  assert.equal((await house.asSystem((ctx) => summariseLedger(ctx))).isBalanced, true);
  // The tally is what the rows come to.
  const wrong = await house.asSystem((ctx) => ctx.tx.run(`select coalesce(t.shelf, c.shelf) as shelf, t.n as tally, c.n as rows from (select shelf, sum(change) as n from case_tally group by shelf having sum(change) <> 0) t full join (select shelf, count(*) as n from cases group by shelf) c on c.shelf = t.shelf where t.n is distinct from c.n`));
  assert.deepEqual(wrong, []);
}

test('a Zendesk export comes in with times, authors, notes, tags, states and files, and tells nobody', async () => {
  const files = { 'tickets.json': await fixture('zendesk-tickets.json'), 'users.json': await fixture('zendesk-users.json') };
  const importId = await upload('zendesk', files);
  await admin.client.imports.check({ params: { importId } });
  const trial = await until(importId, 'checked');
  assert.equal(await rowsOf('cases'), 0);
  assert.equal(await rowsOf('customer'), 0);
  const before = await Promise.all(quietTables.map(rowsOf));
  await admin.client.imports.run({ params: { importId } });
  const run = await until(importId, 'done', 'stopped');
  assert.equal(run.trouble, null);
  assert.deepEqual(run.found, run.counts);
  assert.deepEqual(run.counts, { records: 9, cases: 3, messages: 4, notes: 1, customers: 3, attachments: 1, skipped: 0, refused: 2, maskedCardNumbers: 1 });
  assert.deepEqual(trial.formerColleagues, [{ name: 'Wilma Way', email: 'wilma@lamps.example', entries: 1 }]);
  const { items: odds } = await admin.client.imports.listOdd({ params: { importId } });
  assert.deepEqual(odds.map(({ file, record, line, code, sourceId }) => [file, record, line, code, sourceId]).sort(), [
    ['tickets.json', 1, 1, 'no_attachment', 'lamps.zendesk.com/c1001'], ['tickets.json', 3, 3, 'deleted', '103'], ['tickets.json', 4, 4, 'unreadable', null],
    ['tickets.json', 5, 5, 'no_address', 'lamps.zendesk.com/105'], ['tickets.json', 5, 5, 'unknown_status', 'lamps.zendesk.com/105'],
  ].sort());

  const lamp = await told('Lamp is broken');
  assert.deepEqual([lamp.status, lamp.priority, lamp.tags, lamp.customer, lamp.createdAt], ['closed', 'high', ['warranty', 'lamp'], 'Anna Berg', '2023-03-01T09:00:00.000Z']);
  assert.deepEqual(lamp.entries.map(told3), [['message', 'Anna Berg', '2023-03-01T09:00:00.000Z'], ['note', 'Wilma Way', '2023-03-01T10:00:00.000Z'], ['message', 'Ada Admin', '2023-03-02T12:00:00.000Z']]);
  const [asked, note, answered] = lamp.entries as [MessageEntry, Entry, MessageEntry];
  assert.deepEqual([asked.author.kind, note.author.id, answered.author.id], ['customer', null, admin.agentId]);
  assert.equal(answered.delivery, null);
  assert.doesNotMatch(JSON.stringify(lamp.entries), /4111 1111|script|alert/);
  assert.match(asked.html ?? '', /<b>broken<\/b>/);
  assert.match(asked.text, /\[away\.png\]/);
  const [file] = asked.attachments;
  assert.ok(file);
  assert.equal(await (await admin.client.cases.download({ params: { caseId: lamp.id, attachmentId: file.id } })).text(), 'lamp');
  assert.deepEqual((await told('Where is my parcel?')).status, 'on_hold');
  const [anna] = (await admin.client.customers.list({ query: { q: 'anna berg' } })).items;
  assert.deepEqual([anna?.organization?.name, anna?.note, anna?.locale], ['Shop Ltd', 'Likes lamps', 'de']);
  const found = await admin.client.cases.search({ query: { q: 'warehouse' } });
  assert.equal(found.items[0]?.case.id, lamp.id);

  await isProved();
  assert.deepEqual(await Promise.all(quietTables.map(rowsOf)), before);
  const { items: ledger } = await admin.client.ledger.list({ query: { limit: 100 } });
  assert.ok(ledger.every((row) => row.door === 'import'));
  assert.equal(ledger.filter((row) => row.direction === 'out').length, 1);
  assert.equal(await rowsOf('insight_fact'), 0);
  assert.equal(await rowsOf('import_part'), 0);

  const again = await bringIn('zendesk', files);
  assert.deepEqual([again.counts.cases, again.counts.messages, again.counts.customers, again.counts.skipped], [0, 0, 0, 5]);
  await isProved();
});

test('a Freshdesk export comes in, in its own shape and in that of the API', async () => {
  const run = await bringIn('freshdesk', { 'Tickets0.json': await fixture('freshdesk.json') });
  assert.deepEqual([run.counts.cases, run.counts.messages, run.counts.notes, run.counts.attachments, run.counts.refused], [2, 5, 1, 1, 0]);
  const pot = await told('Teapot drips');
  assert.deepEqual([pot.status, pot.priority, pot.tags, pot.customer], ['resolved', 'normal', ['teapot'], 'Cleo Dunn']);
  assert.deepEqual(pot.entries.map(told3), [['message', 'Cleo Dunn', '2023-05-01T08:00:00.000Z'], ['message', 'Gone Agent', '2023-05-01T09:00:00.000Z'], ['message', 'Cleo Dunn', '2023-05-02T09:00:00.000Z'], ['note', 'Gone Agent', '2023-05-02T10:00:00.000Z']]);
  const cup = await told('Cup is chipped');
  assert.deepEqual([cup.status, cup.priority, cup.entries.length], ['open', 'urgent', 2]);
  await isProved();
});

test('Chatwoot’s conversations come in, and people who have only a telephone number', async () => {
  const run = await bringIn('chatwoot', { 'conversations.json': await fixture('chatwoot.json') });
  assert.deepEqual([run.counts.cases, run.counts.messages, run.counts.notes, run.counts.attachments], [2, 3, 1, 1]);
  const invoice = await told('Invoice twice');
  assert.deepEqual([invoice.status, invoice.priority, invoice.tags, invoice.entries.map((entry) => entry.author.name)], ['resolved', 'urgent', ['billing'], ['Eve Fox', 'Gus Hill', 'Gus Hill']]);
  const hello = await told('Hello?');
  assert.deepEqual([hello.customer, hello.status], ['Visitor 5', 'open']);
  await isProved();
});

test('Zammad’s tickets come in with their articles, and an answer to them finds its case', async () => {
  const run = await bringIn('zammad', { 'zammad.json': await fixture('zammad.json') });
  assert.deepEqual([run.counts.cases, run.counts.messages, run.counts.notes, run.counts.attachments, run.counts.refused], [1, 2, 1, 1, 1]);
  const print = await told('Druckfrage');
  assert.deepEqual([print.status, print.priority, print.tags, print.entries.map((entry) => entry.author.name)], ['resolved', 'high', ['druck'], ['Fay Gray', 'Hank Ives', 'Hank Ives']]);
  const { items } = await house.asSystem(async (ctx) => ({ items: await ctx.tx.run<{ key: string }>('select key from thread where case_id = $1 order by key', [print.id]) }));
  assert.deepEqual(items.map(({ key }) => key), ['fay-91@mail.example', 'hank-93@print.example']);
  await isProved();
});

test('CSV files of cases and of customers come in', async () => {
  const run = await bringIn('csv_cases', { 'cases.csv': await fixture('cases.csv') });
  assert.deepEqual([run.counts.cases, run.counts.messages, run.counts.refused], [2, 3, 1]);
  const kettle = await told('Kettle');
  assert.deepEqual([kettle.status, kettle.priority, kettle.tags, kettle.entries.map(told3)], ['resolved', 'high', ['kettle', 'steam'], [['message', 'Ida Jones', '2022-01-01T10:00:00.000Z'], ['message', 'Kim Long', '2022-01-01T12:00:00.000Z']]]);
  const people = await bringIn('csv_customers', { 'customers.csv': await fixture('customers.csv') });
  assert.deepEqual([people.counts.customers, people.counts.refused], [2, 1]);
  const [liv] = (await admin.client.customers.list({ query: { q: 'liv moor' } })).items;
  assert.deepEqual([liv?.organization?.name, liv?.identities.map(({ value }) => value).sort()], ['Moor GmbH', ['+49305551234', 'liv@mail.example']]);
  await isProved();
});

test('an mbox comes in threaded as live mail is, our own answers as ours, and live mail goes on with it', async () => {
  const raw = await fixture('mails.mbox');
  const run = await bringIn('mbox', { 'mails.mbox': raw });
  assert.deepEqual([run.counts.records, run.counts.cases, run.counts.messages, run.counts.attachments, run.counts.refused, run.counts.maskedCardNumbers], [5, 2, 4, 1, 1, 1]);
  const { items: odds } = await admin.client.imports.listOdd({ params: { importId: run.id } });
  assert.deepEqual(odds.map(({ record, code }) => [record, code]), [[4, 'no_sender']]);
  const [nina] = (await admin.client.customers.list({ query: { q: 'nina' } })).items;
  const [row] = await house.asSystem((ctx) => ctx.tx.run<{ id: string }>('select id from cases where customer_id = $1', [nina?.id]));
  const { items } = await admin.client.cases.listEntries({ params: { caseId: row?.id ?? '' }, query: { limit: 100 } });
  const entries = items.sort((a, b) => (a.id < b.id ? -1 : 1)) as MessageEntry[];
  assert.deepEqual(entries.map((entry) => [entry.direction, entry.author.name, entry.occurredAt.slice(0, 13)]), [['in', 'Nina Orr', '2023-01-02T10'], ['out', 'Old Colleague', '2023-01-02T12'], ['in', 'nina', '2023-01-04T12']]);
  assert.match(entries[1]?.text ?? '', /^From us all/m);
  assert.doesNotMatch(JSON.stringify(entries), /4111 1111/);
  assert.doesNotMatch(Buffer.from(await (await admin.client.cases.raw({ params: { caseId: row?.id ?? '', entryId: entries[0]?.id ?? '' } })).arrayBuffer()).toString(), /4111 1111/);
  await isProved();

  const same = await admin.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, body: Buffer.from(raw.toString().split(/^From \d@xxx .*\n/m)[1]?.replace(/\n$/, '') ?? '') as never });
  assert.equal(same.outcome, 'duplicate');
  const more = await admin.client.inboxes.receiveRaw({ params: { inboxId: inbox.id }, body: Buffer.from('From: nina@mail.example\r\nTo: desk@company.test\r\nSubject: Re: Order 5\r\nMessage-ID: <n3@mail.example>\r\nIn-Reply-To: <n2@mail.example>\r\n\r\nOne more thing.\r\n') as never });
  assert.notEqual(more.caseId, null);
  const follows = await house.asSystem((ctx) => ctx.tx.run<{ follows_case_id: string | null }>('select follows_case_id from cases where id = $1', [more.caseId]));
  assert.equal(follows[0]?.follows_case_id, row?.id);

  const again = await bringIn('mbox', { 'mails.mbox': raw });
  assert.deepEqual([again.counts.cases, again.counts.messages, again.counts.customers, again.counts.skipped, again.counts.refused], [0, 0, 0, 4, 1]);
  await isProved();
});

test('removing an import takes what it made, keeps what people worked on if asked to, and says so before', async () => {
  const csv = Buffer.from('id,subject,status,customer_email,body,created_at\nr1,Remove me,open,remove@mail.example,Words,2022-03-01\nr2,Keep me,open,keep@mail.example,Words,2022-03-01\n');
  const run = await bringIn('csv_cases', { 'some.csv': csv });
  const kept = await told('Keep me');
  await admin.client.cases.addNote({ params: { caseId: kept.id }, body: { text: 'Called back.' } });
  assert.deepEqual(await admin.client.imports.previewRemoval({ params: { importId: run.id } }), { cases: 2, touched: 1, customers: 2 });
  await admin.client.imports.remove({ params: { importId: run.id }, body: { keepTouched: true } });
  await until(run.id, 'removed');
  await assert.rejects(told('Remove me'));
  assert.equal((await told('Keep me')).entries.length, 2);
  assert.equal((await admin.client.customers.list({ query: { q: 'remove@mail.example' } })).items.length, 0);
  await isProved();
  const again = await bringIn('csv_cases', { 'some.csv': csv });
  assert.deepEqual([again.counts.cases, again.counts.skipped], [1, 1]);
});

test('a case that appears again brings its new messages: rows sorted by date, and a later export', async () => {
  const head = 'id,subject,status,customer_email,body,message_at\n';
  const sorted = `${head}s1,Sorted,open,sort@mail.example,First,2022-04-01\ns2,Other,open,else@mail.example,Between,2022-04-02\ns1,Sorted,open,sort@mail.example,Second,2022-04-03\n`;
  const run = await bringIn('csv_cases', { 'sorted.csv': Buffer.from(sorted) });
  assert.deepEqual([run.counts.cases, run.counts.messages, run.counts.skipped], [2, 3, 0]);
  assert.deepEqual((await told('Sorted')).entries.map((entry) => (entry as MessageEntry).text), ['First', 'Second']);
  const later = await bringIn('csv_cases', { 'later.csv': Buffer.from(`${sorted}s1,Sorted,open,sort@mail.example,Third,2022-04-04\n`) });
  assert.deepEqual([later.counts.cases, later.counts.messages, later.counts.skipped], [0, 1, 2]);
  assert.equal((await told('Sorted')).entries.length, 3);
  await isProved();
  const stranger = await bringIn('csv_cases', { 'other.csv': Buffer.from(`${head}s1,Theirs,open,stranger@mail.example,Not yours,2022-04-05\n`) });
  assert.deepEqual([stranger.counts.messages, stranger.counts.refused], [0, 1]);
  assert.deepEqual((await admin.client.imports.listOdd({ params: { importId: stranger.id } })).items.map(({ code }) => code), ['same_number']);
});

test('a case with a draft or a planned answer counts as worked on', async () => {
  const run = await bringIn('csv_cases', { 'draft.csv': Buffer.from('id,subject,customer_email,body,created_at\nd1,Drafted,draft@mail.example,Words,2022-03-01\nd2,Planned,plan@mail.example,Words,2022-03-01\nd3,Idle,idle@mail.example,Words,2022-03-01\n') });
  const [drafted, planned] = [await told('Drafted'), await told('Planned')];
  await house.asSystem(async (ctx) => {
    await ctx.tx.run(`insert into draft (account_id, case_id, agent_id, mode, body, revision, updated_at) values ($1, $2, $3, 'reply', 'Half an answer', 1, now())`, [ctx.accountId, drafted.id, admin.agentId]);
    await ctx.tx.run(`insert into planned_message (account_id, id, case_id, hold, send_at, author_id, author_name, content, created_at) values ($1, gen_random_uuid(), $2, 'schedule', now() + interval '1 day', $3, 'Ada', '{}', now())`, [ctx.accountId, planned.id, admin.agentId]);
  });
  assert.equal((await admin.client.imports.previewRemoval({ params: { importId: run.id } })).touched, 2);
  await admin.client.imports.remove({ params: { importId: run.id }, body: { keepTouched: true } });
  await until(run.id, 'removed');
  assert.deepEqual([(await told('Drafted')).id, (await told('Planned')).id], [drafted.id, planned.id]);
  await assert.rejects(told('Idle'));
});

test('a removal that was left lying is taken up again, also of an import of the command line', async () => {
  const run = await bringIn('csv_cases', { 'left.csv': Buffer.from('id,subject,customer_email,body,created_at\nl1,Left lying,left@mail.example,Words,2022-03-01\n') });
  await house.asSystem((ctx) => ctx.tx.run(`update import_run set state = 'removing', origin = 'command', moved_at = now() - interval '10 minutes' where id = $1`, [run.id]));
  assert.deepEqual((await house.platform.database.asSystem((tx) => selectStuck(tx, new Date(Date.now() - 180_000)))).map(({ id }) => id), [run.id]);
  await admin.client.imports.remove({ params: { importId: run.id }, body: { keepTouched: false } });
  await until(run.id, 'removed');
  await assert.rejects(told('Left lying'));
});

test('the report has sums and places, and no formula in it runs', async () => {
  const run = await bringIn('csv_cases', { '=cmd.csv': Buffer.from('id,subject,status\n=1+1,Formula,strange\n') });
  const csv = await (await admin.client.imports.report({ params: { importId: run.id } })).text();
  assert.match(csv, /cases,1\r\n/);
  assert.match(csv, /"'=cmd\.csv",1,2,unknown_status,"'=1\+1"/);
});

test('only who may import sees imports, and another company sees none', async () => {
  const agent = await house.signedInClient('supervisor');
  await refused(agent.client.imports.list(), 'not_allowed');
  const [some] = (await admin.client.imports.list()).items;
  const stranger = await (await house.anotherAccount()).admin();
  assert.deepEqual((await stranger.client.imports.list()).items, []);
  await refused(stranger.client.imports.get({ params: { importId: some?.id ?? '' } }), 'not_found');
  await refused(stranger.client.imports.listPieces({ params: { importId: some?.id ?? '' } }), 'not_found');
  await refused(agent.client.imports.listPieces({ params: { importId: some?.id ?? '' } }), 'not_allowed');
  await refused(stranger.client.imports.create({ body: { name: 'x', format: 'mbox', inboxId: inbox.id } }), 'not_found');
});

test('an upload with a piece missing does not begin, and pieces are stored sealed', async () => {
  const { id: importId } = await admin.client.imports.create({ body: { name: 'x', format: 'mbox', inboxId: inbox.id } });
  await refused(admin.client.imports.run({ params: { importId } }), 'import_state');
  await admin.client.imports.upload({ params: { importId }, query: { file: 'x.mbox', place: 1 }, body: Buffer.from('secret words') as never });
  await refused(admin.client.imports.check({ params: { importId } }), 'import_state');
  const [part] = await house.asSystem((ctx) => ctx.tx.run<{ file_key: string }>('select file_key from import_part where import_id = $1', [importId]));
  assert.doesNotMatch((await house.platform.files.read(part?.file_key ?? '')).toString('latin1'), /secret/);
});

test('a case with very many rows is one case, although it is not held in memory as a whole', async () => {
  const rows = Array.from({ length: 1_203 }, (_, i) => `long-1,Very long,closed,lena@long.example,${i % 2 ? 'in' : 'out'},message ${i},2024-01-01T00:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}Z`);
  const importId = await upload('csv_cases', { 'long.csv': Buffer.from(`id,subject,status,customer_email,direction,body,message_at\n${rows.join('\n')}\n`) }, 60_000);
  await admin.client.imports.run({ params: { importId } });
  const { counts } = await until(importId, 'done', 'stopped');
  assert.deepEqual([counts.cases, counts.messages], [1, 1_203]);
});

test('an upload that broke off is not taken for the whole, and says what is missing', async () => {
  const files = [{ name: 'a.mbox', bytes: 12 }, { name: 'b.mbox', bytes: 6 }];
  await refused(admin.client.imports.create({ body: { name: 'x', format: 'mbox', inboxId: inbox.id, files: [...files, { name: 'folder/a.mbox', bytes: 1 }] } }), 'invalid_request');
  const { id: importId } = await admin.client.imports.create({ body: { name: 'x', format: 'mbox', inboxId: inbox.id, files } });
  const send = (file: string, place: number, text: string) => admin.client.imports.upload({ params: { importId }, query: { file, place }, body: Buffer.from(text) as never });
  await send('a.mbox', 0, 'From x');
  assert.deepEqual((await look(importId)).files, [{ name: 'a.mbox', bytes: 6, expectedBytes: 12 }, { name: 'b.mbox', bytes: 0, expectedBytes: 6 }]);
  assert.deepEqual((await admin.client.imports.listPieces({ params: { importId } })).items, [{ file: 'a.mbox', place: 0, bytes: 6 }]);
  await refused(send('c.mbox', 0, 'From z'), 'invalid_request');
  await refused(admin.client.imports.check({ params: { importId } }), 'import_state');
  await send('a.mbox', 1, '\n\nabcd');
  await assert.rejects(admin.client.imports.run({ params: { importId } }), (error: { problem: { detail?: string } }) => /b\.mbox broke off/.test(error.problem.detail ?? ''));
  await send('b.mbox', 0, 'From y');
  assert.equal((await admin.client.imports.check({ params: { importId } })).state, 'checking');
});

test('formats are told by their beginnings', async () => {
  for (const [name, format] of [['zendesk-tickets.json', 'zendesk'], ['freshdesk.json', 'freshdesk'], ['chatwoot.json', 'chatwoot'], ['zammad.json', 'zammad'], ['cases.csv', 'csv_cases'], ['customers.csv', 'csv_customers'], ['mails.mbox', 'mbox']] as const) {
    assert.equal(guessFormat(name, (await fixture(name)).subarray(0, 4_000)), format, name);
  }
  assert.equal(guessFormat('x.bin', Buffer.from([1, 2, 3])), null);
});
