import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { cases, customers, permissionNames, type Endpoint, type Permission } from '@rapport/contract';
import type { Client } from '@rapport/sdk';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { newId } from '../platform/ids.ts';
import { receive } from './receive.ts';
import { room } from './index.ts';
import type { Incoming } from './incoming.ts';

let house: TestHouse;
let admin: SignedIn;
let inboxId: string;
let rawKey: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  // Without a team, so that nothing is hidden by where it arrived.
  inboxId = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@company.test' } } })).id;
  rawKey = (await house.platform.files.put(house.accountId, Buffer.from('From: x\r\n\r\nraw bytes'))).key;
});
after(() => house.close());

let count = 0;
function mail(parts: Partial<Incoming> = {}): Incoming {
  count += 1;
  const messageId = `<route-${count}@example.com>`;
  return {
    inboxId, channel: 'email', door: 'api', dedupeKey: messageId, occurredAt: new Date(), from: { address: `customer${count}@example.com`, name: `Customer ${count}` }, to: [{ address: 'desk@company.test', name: null }], cc: [], replyTo: [],
    subject: 'A question', text: `The unicorn number ${count}`, html: null, hasRemoteContent: false, attachments: [], rawKey, rawBytes: 20, maskedCardNumbers: 0, messageId, automatic: null, thread: { caseId: null, answers: [], own: [messageId], caseNumber: null }, ...parts,
  };
}
const arrive = (parts?: Partial<Incoming>) => house.asSystem((ctx) => receive(ctx, mail(parts)));

/** An agent whose role holds exactly these permissions, with this scope. */
async function agentWith(permissions: readonly Permission[], caseScope: 'own' | 'team' | 'all', teamIds: string[] = []): Promise<SignedIn> {
  const role = await admin.client.accounts.createRole({ body: { name: `Role ${newId()}`, permissions: [...permissions], caseScope } });
  const agent = await house.signedInClient('agent', { teamIds });
  await admin.client.accounts.updateAgent({ params: { agentId: agent.agentId }, body: { roleId: role.id } });
  return agent;
}

test('every endpoint of the desk has its route', () => {
  const routed = new Set((room.routes ?? []).map((route) => route.endpoint));
  for (const [name, endpoint] of Object.entries(cases)) assert.ok(routed.has(endpoint as unknown as Endpoint), name);
  assert.ok(routed.has(customers.listCases as unknown as Endpoint));
});

test('from a mail to the end of a matter, over HTTP', async () => {
  const { caseId, entryId } = await arrive();
  const params = { caseId };
  const { client } = admin;
  const found = await client.cases.get({ params });
  assert.equal((await client.cases.findByNumber({ params: { number: found.number } })).id, caseId);
  assert.ok((await client.cases.list({ query: { shelf: 'open', limit: 100 } })).items.some((row) => row.id === caseId));
  assert.deepEqual((await client.customers.listCases({ params: { customerId: found.customer.id } })).items.map((row) => row.id), [caseId]);
  await client.cases.markRead({ params, body: { entryId } });
  assert.equal((await client.cases.get({ params })).isUnread, false);
  assert.equal(await (await client.cases.raw({ params: { caseId, entryId } })).text(), 'From: x\r\n\r\nraw bytes');

  const file = await client.cases.upload({ params, query: { filename: 'plan.txt', mediaType: 'text/plain' }, body: Buffer.from('the plan') as never });
  const draft = await client.cases.saveDraft({ params: { caseId, mode: 'reply' }, body: { text: 'Dear customer', to: ['x@example.com'], attachmentIds: [file.id], revision: 0 } });
  assert.deepEqual([draft?.revision, draft?.attachments], [1, [file]]);
  assert.deepEqual((await client.cases.listDrafts({ params })).items, [draft]);
  const sent = await client.cases.reply({ params, body: { text: 'Here it is', to: found.replyTo.map((one) => one.address), attachmentIds: [file.id], seenEntryId: entryId } });
  assert.deepEqual((await client.cases.listDrafts({ params })).items, []);
  const bytes = await client.cases.download({ params: { caseId, attachmentId: file.id }, query: { inline: '1' } });
  assert.equal(bytes.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.match(bytes.headers.get('content-disposition') ?? '', /^inline/);
  assert.equal(await bytes.text(), 'the plan');
  await client.cases.addNote({ params, body: { text: 'All done' } });
  const changed = await client.cases.update({ params, body: { status: 'resolved', addTags: ['Plan'] } });
  assert.deepEqual([changed.status, changed.tags], ['resolved', ['plan']]);
  assert.deepEqual((await client.cases.listTags()).items, ['plan']);
  assert.deepEqual((await client.cases.listEntries({ params })).items.map((entry) => entry.kind), ['message', 'message', 'note', 'change']);
  assert.ok((await client.cases.counts()).shelves.resolved >= 1);
  assert.equal((await client.cases.search({ query: { q: `unicorn ${count}` } })).items[0]?.case.id, caseId);
  await refused(client.cases.retryDelivery({ params: { caseId, entryId } }), 'not_retryable');
  assert.equal(sent.attachments[0]?.filename, 'plan.txt');
});

test('sending the same answer again with its key sends it once', async () => {
  const { caseId } = await arrive();
  const idempotencyKey = newId();
  const send = () => admin.client.cases.reply({ params: { caseId }, body: { text: 'Once', to: ['x@example.com'] }, idempotencyKey });
  const [one, two] = [await send(), await send()];
  assert.equal(one.id, two.id);
  assert.equal((await admin.client.cases.listEntries({ params: { caseId } })).items.length, 2);
});

test('a newer message comes with the refusal', async () => {
  const first = mail();
  const { caseId, entryId } = await house.asSystem((ctx) => receive(ctx, first));
  const second = await arrive({ thread: { caseId, answers: [], own: [`<${newId()}@x>`], caseNumber: null } });
  const problem = await refused(admin.client.cases.reply({ params: { caseId }, body: { text: 'x', to: ['x@example.com'], seenEntryId: entryId } }), 'newer_message');
  assert.equal(problem.status, 409);
  assert.equal((problem.extra?.['entry'] as { id: string } | undefined)?.id, second.entryId);
});

test('what is not as it should be is refused before anything happens', async () => {
  const { caseId } = await arrive();
  const params = { caseId };
  const { client } = admin;
  const invalid = (call: Promise<unknown>) => refused(call, 'invalid_request');
  await invalid(client.cases.get({ params: { caseId: 'x' } }));
  await invalid(client.cases.findByNumber({ params: { number: 0 } }));
  await invalid(client.cases.list({ query: { shelf: 'nowhere' as never } }));
  await invalid(client.cases.list({ query: { limit: 101 } }));
  await invalid(client.cases.list({ query: { assignee: 'somebody' } }));
  await invalid(client.cases.list({ query: { cursor: 'AAAA' } }));
  await invalid(client.cases.listEntries({ params, query: { before: 'x' } }));
  await invalid(client.cases.create({ body: { inboxId, customer: { email: 'no address' }, subject: 'x', note: 'x' } }));
  await invalid(client.cases.update({ params, body: { status: 'gone' as never } }));
  await invalid(client.cases.update({ params, body: { addTags: ['two words'] } }));
  await invalid(client.cases.reply({ params, body: { text: ' ', to: ['x@example.com'] } }));
  await refused(client.cases.reply({ params, body: { text: 'x', to: [] } }), 'nobody_to_answer');
  await invalid(client.cases.addNote({ params, body: { text: '' } }));
  await invalid(client.cases.markRead({ params, body: { entryId: 'x' } }));
  await invalid(client.cases.upload({ params, query: { filename: ' ' }, body: Buffer.from('x') as never }));
  await invalid(client.cases.saveDraft({ params: { caseId, mode: 'letter' as never }, body: { text: 'x', revision: 0 } }));
  await invalid(client.cases.saveDraft({ params: { caseId, mode: 'note' }, body: { text: 'x', revision: -1 } }));
  await invalid(client.cases.search({ query: { q: ' ' } }));
  await invalid(client.customers.listCases({ params: { customerId: 'x' } }));
  assert.equal((await client.cases.listEntries({ params })).items.length, 1);
});

test('signs the database cannot keep are left out of what is written', async () => {
  const { caseId } = await arrive();
  const note = await admin.client.cases.addNote({ params: { caseId }, body: { text: 'a\u0000b \ud800' } });
  assert.equal(note.text, 'ab \ufffd');
  assert.deepEqual((await admin.client.cases.list({ query: { tag: 'x\u0000y' } })).items, []);
});

test('what is not there is not found', async () => {
  const { caseId } = await arrive();
  const { client } = admin;
  const none = newId();
  const missing = (call: Promise<unknown>) => refused(call, 'not_found');
  await missing(client.cases.findByNumber({ params: { number: 999_999 } }));
  await missing(client.cases.download({ params: { caseId, attachmentId: none } }));
  await missing(client.cases.raw({ params: { caseId, entryId: none } }));
  await missing(client.cases.retryDelivery({ params: { caseId, entryId: none } }));
  await missing(client.cases.create({ body: { inboxId: none, customer: { email: 'x@example.com' }, subject: 'x', note: 'x' } }));
  await missing(client.customers.listCases({ params: { customerId: none } }));
});

/** Every way to a case, as somebody would try it who knows its ids. */
const ways: Record<string, (client: Client, at: { caseId: string; entryId: string; number: number; attachmentId: string }) => Promise<unknown>> = {
  get: (client, { caseId }) => client.cases.get({ params: { caseId } }),
  findByNumber: (client, { number }) => client.cases.findByNumber({ params: { number } }),
  listEntries: (client, { caseId }) => client.cases.listEntries({ params: { caseId } }),
  update: (client, { caseId }) => client.cases.update({ params: { caseId }, body: { priority: 'high' } }),
  take: (client, { caseId }) => client.cases.update({ params: { caseId }, body: { assigneeId: null } }),
  reply: (client, { caseId }) => client.cases.reply({ params: { caseId }, body: { text: 'x', to: ['x@example.com'] } }),
  addNote: (client, { caseId }) => client.cases.addNote({ params: { caseId }, body: { text: 'x' } }),
  retryDelivery: (client, { caseId, entryId }) => client.cases.retryDelivery({ params: { caseId, entryId } }),
  markRead: (client, { caseId, entryId }) => client.cases.markRead({ params: { caseId }, body: { entryId } }),
  upload: (client, { caseId }) => client.cases.upload({ params: { caseId }, query: { filename: 'x' }, body: Buffer.from('x') as never }),
  download: (client, { caseId, attachmentId }) => client.cases.download({ params: { caseId, attachmentId } }),
  raw: (client, { caseId, entryId }) => client.cases.raw({ params: { caseId, entryId } }),
  listDrafts: (client, { caseId }) => client.cases.listDrafts({ params: { caseId } }),
  saveDraft: (client, { caseId }) => client.cases.saveDraft({ params: { caseId, mode: 'note' }, body: { text: 'x', revision: 0 } }),
};

test('a case outside the scope of a role is not there, by whatever way one comes', async () => {
  const [ours, theirs] = [house.teamId, (await admin.client.accounts.createTeam({ body: { name: 'Theirs' } })).id];
  const word = `hidden${count}`;
  const made = await Promise.all([null, ours, theirs].map(async (teamId) => {
    const { caseId, entryId } = await arrive({ text: `A ${word} matter`, attachments: [{ fileKey: rawKey, filename: 'a.txt', mediaType: 'text/plain', bytes: 9, contentId: null, isInline: false }] });
    const { number, customer } = await admin.client.cases.update({ params: { caseId }, body: { teamId } });
    const [entry] = (await admin.client.cases.listEntries({ params: { caseId } })).items;
    return { teamId, caseId, entryId, number, customerId: customer.id, attachmentId: entry?.kind === 'message' ? (entry.attachments[0]?.id ?? '') : '' };
  }));
  const readers = [
    { agent: await agentWith(permissionNames, 'all'), sees: [null, ours, theirs] },
    { agent: await agentWith(permissionNames, 'team', [ours]), sees: [null, ours] },
    { agent: await agentWith(permissionNames, 'team', [theirs]), sees: [null, theirs] },
    { agent: await agentWith(permissionNames, 'team'), sees: [null] },
    { agent: await agentWith(permissionNames, 'own', [ours]), sees: [] },
  ];
  for (const { agent, sees } of readers) {
    const listed = new Set((await agent.client.cases.list({ query: { shelf: 'open', limit: 100 } })).items.map((row) => row.id));
    const found = new Set((await agent.client.cases.search({ query: { q: word } })).items.map((item) => item.case.id));
    for (const one of made) {
      const isSeen = (sees as (string | null)[]).includes(one.teamId);
      assert.equal(listed.has(one.caseId), isSeen, 'list');
      assert.equal(found.has(one.caseId), isSeen, 'search');
      assert.equal((await agent.client.cases.search({ query: { q: `#${one.number}` } })).items.some((item) => item.case.id === one.caseId), isSeen, 'search by number');
      assert.equal((await agent.client.customers.listCases({ params: { customerId: one.customerId } })).items.length, isSeen ? 1 : 0, 'cases of the customer');
      assert.equal((await agent.client.customers.get({ params: { customerId: one.customerId } })).caseCount, isSeen ? 1 : 0, 'count of the customer');
      if (isSeen) await agent.client.cases.get({ params: one });
      else for (const [name, way] of Object.entries(ways)) await way(agent.client, one).then(() => assert.fail(`${name} let them in`), (error: { code?: string; status?: number }) => assert.deepEqual([name, error.status], [name, 404]));
    }
  }
  // Whoever is given a case sees it, whatever its team.
  const own = readers.at(-1)?.agent as SignedIn;
  const [, mine] = made as [unknown, (typeof made)[number]];
  await admin.client.cases.update({ params: { caseId: mine.caseId }, body: { assigneeId: own.agentId } });
  assert.equal((await own.client.cases.get({ params: mine })).id, mine.caseId);
  assert.deepEqual((await own.client.cases.list({ query: { shelf: 'open' } })).items.map((row) => row.id), [mine.caseId]);
  assert.equal((await own.client.cases.counts()).mine, 1);
});

test('another company sees none of it', async () => {
  const { caseId, entryId } = await arrive();
  const { number } = await admin.client.cases.get({ params: { caseId } });
  const stranger = await (await house.anotherAccount()).admin();
  for (const [name, way] of Object.entries(ways)) await way(stranger.client, { caseId, entryId, number, attachmentId: newId() }).then(() => assert.fail(`${name} let them in`), (error: { status?: number }) => assert.deepEqual([name, error.status], [name, 404]));
  assert.deepEqual((await stranger.client.cases.list()).items, []);
  assert.deepEqual((await stranger.client.cases.search({ query: { q: 'unicorn' } })).items, []);
  assert.equal((await stranger.client.cases.counts()).shelves.open, 0);
});

test('each permission opens what it names and nothing else', async () => {
  const { caseId, entryId } = await arrive();
  const { number } = await admin.client.cases.get({ params: { caseId } });
  const at = { caseId, entryId, number, attachmentId: newId() };
  const needs: Record<string, Permission> = {
    get: 'case.read', findByNumber: 'case.read', listEntries: 'case.read', markRead: 'case.read', download: 'case.read', raw: 'case.read', listDrafts: 'case.read', update: 'case.edit', reply: 'case.reply', retryDelivery: 'case.reply',
    addNote: 'case.note', upload: 'case.note', saveDraft: 'case.note',
  };
  for (const permission of ['case.read', 'case.edit', 'case.reply', 'case.note'] as const) {
    const { client } = await agentWith([permission], 'all');
    for (const [name, needed] of Object.entries(needs)) {
      const status = await (ways[name] as (typeof ways)[string])(client, at).then(() => 200, (error: { status: number }) => error.status);
      assert.equal(status === 403, needed !== permission, `${name} with ${permission}: ${status}`);
    }
  }
  const editor = await agentWith(['case.edit'], 'all');
  await refused((ways['take'] as (typeof ways)[string])(editor.client, at), 'not_allowed');
  const nobody = await agentWith(['customer.read'], 'all');
  for (const call of [() => nobody.client.cases.list(), () => nobody.client.cases.counts(), () => nobody.client.cases.search({ query: { q: 'x' } }), () => nobody.client.cases.listTags()]) await refused(call(), 'not_allowed');
});

test('who is not signed in gets nothing', async () => {
  const { client } = house.browser();
  for (const call of [() => client.cases.list(), () => client.cases.search({ query: { q: 'x' } }), () => client.cases.download({ params: { caseId: newId(), attachmentId: newId() } })]) await refused(call(), 'signed_out');
});
