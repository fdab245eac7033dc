import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { permissionNames, type CaseScope } from '@rapport/contract';
import { openTestDesk, type MailParts, type TestDesk } from '../../testing/desk.ts';
import { updateCustomer } from '../customers/update-customer.ts';
import type { AgentActor } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { addNote } from './add-note.ts';
import { createCase } from './create-case.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { searchCases, type SearchInput } from './search.ts';
import { updateCase } from './update-case.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

const arrive = (parts: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const caller = (scope: CaseScope = 'all', agentId = desk.adminId, teamIds: string[] = []): AgentActor & { accountId: string } => ({
  kind: 'agent', accountId: desk.accountId, agentId, name: 'Searcher', permissions: new Set(permissionNames), caseScope: scope, teamIds, address: '127.0.0.1',
});
const search = (q: string, input: Partial<SearchInput> = {}, who = caller()) => searchCases(desk.platform, who, { q, limit: 25, ...input });
const foundBy = async (q: string, input: Partial<SearchInput> = {}, who = caller()) => (await search(q, input, who)).items.map((item) => item.case.id);

test('a case is found by words of its messages and notes, its subject, its customer and its files', async () => {
  const mail = await arrive({ from: 'zoe.quill@wombat.example', fromName: 'Zoë Quill', subject: 'Zebra crossing', text: 'The giraffe is taller than expected.', attachments: [{ fileKey: `${desk.accountId}/00/${'0'.repeat(64)}`, filename: 'invoice-armadillo.pdf', mediaType: 'application/pdf', bytes: 3, contentId: null, isInline: false }] });
  await desk.asSystem((ctx) => addNote(ctx, { caseId: mail.caseId, text: 'Customer is a penguin.' }));
  await desk.asSystem((ctx) => reply(ctx, { caseId: mail.caseId, to: ['zoe.quill@wombat.example'], text: 'We ordered a hippopotamus.' }));
  for (const q of ['giraffe', 'zebra', 'zoe quill', 'wombat', 'zoe.quill@wombat.example', 'armadillo', 'penguin', 'hippopotamus', 'zebra giraffe']) assert.deepEqual(await foundBy(q), [mail.caseId], q);
});

test('accents and case do not matter, and the last word may be unfinished', async () => {
  const { caseId } = await arrive({ text: 'Die Lieferung nach Düsseldorf fehlt, schöne Grüße' });
  assert.deepEqual(await foundBy('dusseldorf'), [caseId]);
  assert.deepEqual(await foundBy('DÜSSEL'), [caseId]);
  assert.deepEqual(await foundBy('düssel grusse'), [], 'only the last word may be unfinished');
  assert.deepEqual(await foundBy('grusse düssel'), [caseId]);
});

test('languages without spaces are found by any part of a word', async () => {
  const { caseId } = await arrive({ text: '荷物が東京都に届きません。' });
  assert.deepEqual(await foundBy('京都'), [caseId]);
  assert.deepEqual(await foundBy('都京'), []);
});

test('quoted words must stand together', async () => {
  const together = await arrive({ text: 'I would like the crimson kettle.' });
  await arrive({ text: 'The kettle is fine but the crimson one is late.' });
  assert.deepEqual(await foundBy('"crimson kettle"'), [together.caseId]);
  assert.equal((await foundBy('crimson kettle')).length, 2);
});

test('a case number brings that case first, with or without the hash', async () => {
  const one = await arrive({ text: 'number one' });
  const number = (await search('number one')).items[0]?.case.number;
  await arrive({ text: `My order ${number} ${number} ${number} is late`, subject: `${number}` });
  assert.equal((await foundBy(`${number}`))[0], one.caseId);
  assert.equal((await foundBy(`#${number}`))[0], one.caseId);
  assert.ok((await foundBy(`${number}`)).length >= 2, 'what merely mentions the number follows');
});

test('a match in the subject outranks one in passing, and a recent one an old one', async () => {
  const passing = await arrive({ subject: 'Something else', text: `${'other words '.repeat(60)} ocelot ${'more words '.repeat(60)}` });
  const about = await arrive({ subject: 'Ocelot', text: 'Where is my ocelot? The ocelot is missing.' });
  assert.deepEqual(await foundBy('ocelot'), [about.caseId, passing.caseId]);

  desk.clock.forward({ days: -900 });
  const old = await arrive({ subject: 'Same words', text: 'The tapir is here' });
  desk.clock.forward({ days: 900 });
  const fresh = await arrive({ subject: 'Same words', text: 'The tapir is here' });
  assert.deepEqual(await foundBy('tapir'), [fresh.caseId, old.caseId]);
});

test('a case is one result, by its best entry', async () => {
  const first = await arrive({ text: 'I saw a quokka', messageId: '<quokka@x>' });
  const second = await arrive({ text: 'Quokka! quokka quokka, here is the quokka again', subject: 'quokka', answers: ['<quokka@x>'] });
  const { items } = await search('quokka');
  assert.deepEqual(items.map((item) => [item.case.id, item.entryId]), [[first.caseId, second.entryId]]);
});

test('snippets show what matched as plain text', async () => {
  await arrive({ text: `${'lead '.repeat(80)}the <b>narwhal</b> & friends${' tail'.repeat(80)}` });
  const [item] = (await search('narwhal')).items;
  assert.ok(item);
  assert.match(item.snippet, /^….*<b>\u0002narwhal\u0003<\/b> & friends.*…$/);
  assert.ok(item.snippet.length < 200);
  assert.match((await search('wombat')).items[0]?.snippet ?? '', /\u0002wombat\u0003/, 'an address is shown when it is what matched');
});

test('quoted earlier messages do not make every answer a hit', async () => {
  const first = await arrive({ text: 'There is a platypus in my pond', messageId: '<pond@x>' });
  const second = await arrive({ text: 'Any news?\n> There is a platypus in my pond', answers: ['<pond@x>'] });
  const { items } = await search('platypus');
  assert.equal(items[0]?.entryId, first.entryId);
  assert.notEqual(items[0]?.entryId, second.entryId);
});

test('a new subject and a new name are found', async () => {
  const { caseId } = await arrive({ from: 'nobody@plain.example', fromName: 'N. N.', text: 'hello there' });
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { subject: 'Chinchilla refund' }));
  assert.deepEqual(await foundBy('chinchilla'), [caseId]);
  const customerId = await desk.asSystem(async (ctx) => (await ctx.tx.run<{ customer_id: string }>('select customer_id from cases where id = $1', [caseId]))[0]?.customer_id ?? '');
  await desk.asSystem((ctx) => updateCustomer(ctx, customerId, { version: 1, name: 'Bartholomew Vicuña' }));
  assert.deepEqual(await foundBy('vicuna'), [caseId]);
});

test('a case begun by an agent is found by its subject and customer', async () => {
  const made = await desk.asSystem((ctx) => createCase(ctx, { inboxId: desk.inboxId, customer: { email: 'walk.in@capybara.example', name: 'Walk In' }, subject: 'Broken umbrella', note: 'At the counter' }));
  assert.deepEqual(await foundBy('umbrella'), [made.id]);
  assert.deepEqual(await foundBy('capybara'), [made.id]);
});

test('a search can be kept to one shelf', async () => {
  const open = await arrive({ text: 'a lonely axolotl' });
  const done = await arrive({ text: 'a resolved axolotl' });
  await desk.asSystem((ctx) => updateCase(ctx, done.caseId, { status: 'resolved' }));
  assert.deepEqual(await foundBy('axolotl', { shelf: 'open' }), [open.caseId]);
  assert.deepEqual(await foundBy('axolotl', { shelf: 'resolved' }), [done.caseId]);
});

test('nobody finds what their role does not show', async () => {
  const teamId = await desk.team();
  const theirs = await desk.inbox({}, teamId);
  const { caseId } = await arrive({ inboxId: theirs.id, text: 'the secret pangolin' });
  const agentId = newId();
  assert.deepEqual(await foundBy('pangolin', {}, caller('team', agentId, [desk.teamId])), []);
  assert.deepEqual(await foundBy('pangolin', {}, caller('own', agentId, [teamId])), []);
  assert.deepEqual(await foundBy('pangolin', {}, caller('team', agentId, [teamId])), [caseId]);
  const number = (await search('pangolin')).items[0]?.case.number;
  assert.deepEqual(await foundBy(`#${number}`, {}, caller('team', agentId, [desk.teamId])), [], 'its number does not give it away');
});

test('another account finds nothing', async () => {
  const other = await openTestDesk();
  try {
    assert.deepEqual((await searchCases(other.platform, { ...caller(), accountId: other.accountId }, { q: 'giraffe', limit: 25 })).items, []);
  } finally {
    await other.close();
  }
});

test('pages follow one another', async () => {
  for (let i = 0; i < 7; i += 1) await arrive({ text: `a herd of wildebeest ${i}` });
  const all = await foundBy('wildebeest');
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search('wildebeest', { limit: 3, cursor });
    pages.push(...page.items.map((item) => item.case.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(pages, all);
  assert.equal(new Set(pages).size, 7);
});

test('signs without a word find nothing and break nothing', async () => {
  for (const q of ['!!!', `' & | ! <-> :*`, '"', '(((', 'a\\b', '\u0000'.repeat(3)]) await search(q);
  assert.deepEqual((await search('&&&')).items, []);
});
