import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { emailInboxSettings } from '@rapport/contract';
import type { z } from 'zod';
import { refused } from '../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { createInbox, findInboxByAddress, getMailInbox, listMailInboxes, ownAddressesAmong, recordHealth, withStoredPasswords } from './index.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

const nowhere = '0190a1b2-0000-7000-8000-000000000000';
const create = (address: string, settings: Record<string, unknown> = {}, by = admin) => by.client.inboxes.create({ body: { channel: 'email', name: address, settings: { address, ...settings } } });
const smtp = (host: string, user: string, password?: string) => ({ kind: 'smtp' as const, smtp: { host, port: 587, security: 'starttls' as const, user, ...(password === undefined ? {} : { password }) } });
const imap = (host: string, user: string, password?: string) => ({ kind: 'imap' as const, imap: { host, port: 993, security: 'tls' as const, user, ...(password === undefined ? {} : { password }) } });
const update = (inboxId: string, settings: z.input<typeof emailInboxSettings>) => admin.client.inboxes.update({ params: { inboxId }, body: { settings } });
const opened = (id: string) => house.asSystem((ctx) => getMailInbox(ctx, id));

test('an inbox is set up, changed and switched off, and keeps what is not changed', async () => {
  const made = await create('Hello@Shop.example', { aliases: ['hi@shop.example'], fromName: 'Shop' });
  assert.equal(made.address, 'hello@shop.example');
  assert.deepEqual(made.health, { state: 'waiting', detail: null, checkedAt: null, troubles: [] });
  const params = { inboxId: made.id };
  const renamed = await admin.client.inboxes.update({ params, body: { name: 'Front door', teamId: house.teamId } });
  assert.deepEqual([renamed.name, renamed.teamId, renamed.settings], ['Front door', house.teamId, made.settings]);
  assert.equal((await admin.client.inboxes.update({ params, body: { isEnabled: false } })).isEnabled, false);
  assert.equal((await admin.client.inboxes.list()).items.find(({ id }) => id === made.id)?.name, 'Front door');
  await refused(admin.client.inboxes.update({ params: { inboxId: nowhere }, body: { name: 'X' } }), 'not_found');
});

test('settings that cannot work are refused with what is missing', async () => {
  assert.match((await refused(create('a@bad.example', { outbound: smtp('mail.example', 'anna') }), 'bad_inbox_settings')).detail ?? '', /password of the SMTP server/);
  assert.match((await refused(create('a@bad.example', { inbound: imap('mail.example', 'anna', '') }), 'bad_inbox_settings')).detail ?? '', /password of the IMAP mailbox/);
  assert.match((await refused(create('a@bad.example', { autoReply: { isOn: true, text: ' ' } }), 'bad_inbox_settings')).detail ?? '', /automatic answer/);
  await refused(admin.client.inboxes.create({ body: { channel: 'email', name: 'X', teamId: nowhere, settings: { address: 'a@bad.example' } } }), 'bad_inbox_settings');
  await refused(create('no address'), 'invalid_request');
  // What was refused holds no address.
  await create('a@bad.example', { outbound: smtp('mail.example', '') });
});

test('an address belongs to one inbox of all companies, whatever its capitals and whether it is the main one', async () => {
  const first = await create('one@only.example', { aliases: ['two@only.example'] });
  await refused(create('TWO@only.example'), 'address_taken');
  const stranger = await (await house.anotherAccount()).admin();
  assert.match((await refused(create('one@only.example', {}, stranger), 'address_taken')).detail ?? '', /one@only\.example/);
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => create('rush@only.example').then(() => 'made', (error: { code: string }) => error.code)));
  assert.deepEqual(outcomes.sort(), ['address_taken', 'address_taken', 'address_taken', 'made']);
  await update(first.id, { address: 'one@only.example' });
  await create('two@only.example');
});

test('passwords go in and never come out, and are not kept as they are', async () => {
  const made = await create('sealed@shop.example', { outbound: smtp('mail.example', 'anna', 'open sesame 1'), inbound: imap('mail.example', 'anna', 'open sesame 2') });
  assert.deepEqual((made.settings['outbound'] as { smtp: unknown }).smtp, { host: 'mail.example', port: 587, security: 'starttls', user: 'anna', hasPassword: true });
  assert.doesNotMatch(JSON.stringify([made, await admin.client.inboxes.list()]), /open sesame/);
  const { rows } = await house.platform.database.pool.query<{ all: string }>(`select string_agg(inbox::text || encode(coalesce(secrets, ''), 'escape'), '') as all from inbox`);
  assert.doesNotMatch(rows[0]?.all ?? '', /open sesame/);
  const { settings } = await opened(made.id);
  assert.ok(settings.outbound.kind === 'smtp' && settings.inbound.kind === 'imap');
  assert.deepEqual([settings.outbound.smtp.password, settings.inbound.imap.password], ['open sesame 1', 'open sesame 2']);
});

test('an empty password keeps the stored one for its server and user only, so that nobody has it sent elsewhere', async () => {
  const made = await create('kept@shop.example', { outbound: smtp('mail.example', 'anna', 'open sesame') });
  const address = 'kept@shop.example';
  const password = async () => {
    const { outbound } = (await opened(made.id)).settings;
    return outbound.kind === 'smtp' ? outbound.smtp.password : undefined;
  };
  await update(made.id, { address, fromName: 'New name', outbound: { kind: 'smtp', smtp: { host: 'Mail.example', port: 465, security: 'tls', user: 'anna', password: '' } } });
  assert.equal(await password(), 'open sesame');
  await refused(update(made.id, { address, outbound: smtp('elsewhere.example', 'anna') }), 'bad_inbox_settings');
  await refused(update(made.id, { address, outbound: smtp('mail.example', 'ben') }), 'bad_inbox_settings');
  assert.equal(await password(), 'open sesame');

  const tried = (host: string) => house.asSystem((ctx) => withStoredPasswords(ctx, made.id, emailInboxSettings.parse({ address, outbound: smtp(host, 'anna') })));
  const of = ({ outbound }: Awaited<ReturnType<typeof tried>>) => (outbound.kind === 'smtp' ? outbound.smtp.password : undefined);
  assert.equal(of(await tried('mail.example')), 'open sesame');
  assert.equal(of(await tried('elsewhere.example')), undefined);

  await update(made.id, { address });
  await refused(update(made.id, { address, outbound: smtp('mail.example', 'anna') }), 'bad_inbox_settings');
});

test('passwords sealed with a key that is lost are asked for again, and hold up neither the page nor the other mailboxes', async () => {
  const outbound = smtp('mail.example', 'anna', 'open sesame');
  const [lost, other] = [await create('lost@shop.example', { outbound }), await create('other@shop.example', { outbound })];
  await house.platform.database.pool.query(`update inbox set secrets = decode('01' || repeat('ab', 60), 'hex') where id = $1`, [lost.id]);
  const shown = (await admin.client.inboxes.list()).items.find(({ id }) => id === lost.id);
  assert.equal((shown?.settings['outbound'] as { smtp: { hasPassword: boolean } } | undefined)?.smtp.hasPassword, false);
  const passwords = new Map((await listMailInboxes(house.platform)).map(({ id, settings }) => [id, settings.outbound.kind === 'smtp' ? settings.outbound.smtp.password : undefined]));
  assert.deepEqual([passwords.get(lost.id), passwords.get(other.id)], [undefined, 'open sesame']);
  await refused(update(lost.id, { address: 'lost@shop.example', outbound: smtp('mail.example', 'anna') }), 'bad_inbox_settings');
  await update(lost.id, { address: 'lost@shop.example', outbound });
  const { settings } = await opened(lost.id);
  assert.ok(settings.outbound.kind === 'smtp' && settings.outbound.smtp.password === 'open sesame');
});

test('an inbox of the demo takes no real address and no real mail server: its mail stays in the house and goes with the demo', async () => {
  const address = 'demo@lantern.example';
  const { id } = await house.asSystem((ctx) => createInbox(ctx, { channel: 'email', name: 'Demo', teamId: null, isDemo: true, settings: emailInboxSettings.parse({ address }) }));
  for (const settings of [{ address: 'help@real.example' }, { address, aliases: ['help@real.example'] }, { address, outbound: smtp('mail.example', 'anna', 'x') }, { address, inbound: imap('mail.example', 'anna', 'x') }]) {
    assert.match((await refused(update(id, settings), 'bad_inbox_settings')).detail ?? '', /belongs to the demo/);
  }
  assert.equal((await update(id, { address, fromName: 'Lantern' })).settings['fromName'], 'Lantern');
});

test('everybody sees which inboxes there are, their settings only who manages them; other companies see nothing', async () => {
  await create('seen@shop.example', { fromName: 'Shop' });
  const agent = await house.signedInClient('agent');
  const { items } = await agent.client.inboxes.list();
  const seen = items.find(({ address }) => address === 'seen@shop.example');
  assert.deepEqual(seen?.settings, {});
  await refused(create('agent@shop.example', {}, agent), 'not_allowed');
  await refused(agent.client.inboxes.update({ params: { inboxId: seen.id }, body: { name: 'Mine' } }), 'not_allowed');
  const stranger = await (await house.anotherAccount()).admin();
  assert.deepEqual((await stranger.client.inboxes.list()).items, []);
  await refused(stranger.client.inboxes.update({ params: { inboxId: seen.id }, body: { name: 'Ours' } }), 'not_found');
});

test('a door finds the inbox of an address: the exact one first, then without its tag, and never one that is switched off', async () => {
  const [plain, tagged] = [await create('door@desk.example'), await create('door+returns@desk.example')];
  const found = async (address: string) => (await findInboxByAddress(house.platform, 'email', address))?.inboxId;
  assert.equal(await found(' DOOR@desk.example'), plain.id);
  assert.equal(await found('door+c.abc123@desk.example'), plain.id);
  assert.equal(await found('door+returns@desk.example'), tagged.id);
  assert.equal(await found('window@desk.example'), undefined);
  await admin.client.inboxes.update({ params: { inboxId: tagged.id }, body: { isEnabled: false } });
  assert.equal(await found('door+returns@desk.example'), plain.id);
  assert.ok(!(await listMailInboxes(house.platform)).some(({ id }) => id === tagged.id));
});

test('our own addresses are known among others, with and without a tag', async () => {
  await create('own@desk.example');
  const own = await house.asSystem((ctx) => ownAddressesAmong(ctx, 'email', ['anna@shop.example', 'Own@desk.example', 'own+x@desk.example', 'own@desk.example.org']));
  assert.deepEqual([...own].sort(), ['own+x@desk.example', 'own@desk.example']);
  assert.equal((await house.asSystem((ctx) => ownAddressesAmong(ctx, 'email', []))).size, 0);
});

test('how an inbox fares is remembered, and told when it changed rather than each time it was checked', async () => {
  const { id } = await create('health@desk.example');
  const health = async () => (await admin.client.inboxes.list()).items.find((inbox) => inbox.id === id)?.health;
  // The channel says by itself that all is well at its doors; switched off, it says nothing more.
  while ((await health())?.state !== 'ok') await sleep(20);
  await admin.client.inboxes.update({ params: { inboxId: id }, body: { isEnabled: false } });
  const events = async () => Number((await house.platform.database.pool.query(`select count(*) as n from event where topic = 'inbox.changed' and payload ->> 'inboxId' = $1`, [id])).rows[0].n);
  const earlier = await events();
  const say = (state: 'ok' | 'failing', detail: string | null) => house.asSystem((ctx) => recordHealth(ctx, id, 'receiving', { state, detail }));
  await say('failing', 'The password is not right.');
  await say('failing', 'The password is not right.');
  assert.equal(await events(), earlier + 1);
  assert.deepEqual([(await health())?.state, (await health())?.detail], ['failing', 'The password is not right.']);
  const refused = { way: 'receiving', finding: 'sign_in_refused', values: { host: 'imap.example', said: 'NO bad password' } } as const;
  await house.asSystem((ctx) => recordHealth(ctx, id, 'receiving', { state: 'failing', detail: 'imap.example did not accept user and password.', finding: refused.finding, values: refused.values }));
  assert.deepEqual((await health())?.troubles, [refused]);
  await say('ok', null);
  assert.deepEqual((await health())?.troubles, []);
  assert.equal(await events(), earlier + 3);
  await house.asSystem((ctx) => recordHealth(ctx, nowhere, 'receiving', { state: 'ok', detail: null }));
});

test('an inbox whose mail comes in and whose answers do not go out is failing, and says which of the two', async () => {
  const { id } = await create('halves@desk.example', { outbound: smtp('mail.example', 'anna', 'x') });
  await admin.client.inboxes.update({ params: { inboxId: id }, body: { isEnabled: false } });
  const health = async () => (await admin.client.inboxes.list()).items.find((inbox) => inbox.id === id)?.health;
  const say = (way: 'receiving' | 'sending', state: 'ok' | 'failing', detail: string | null) => house.asSystem((ctx) => recordHealth(ctx, id, way, { state, detail }));
  await say('receiving', 'ok', null);
  await say('sending', 'failing', 'mail.example did not accept user and password.');
  await say('receiving', 'ok', null);
  assert.deepEqual([(await health())?.state, (await health())?.detail], ['failing', 'mail.example did not accept user and password.']);
  await say('receiving', 'failing', 'There is no folder Desk.');
  assert.equal((await health())?.detail, 'There is no folder Desk. mail.example did not accept user and password.');
  await say('receiving', 'ok', null);
  // Another mail server has not failed yet.
  await update(id, { address: 'halves@desk.example', outbound: smtp('relay.example', 'anna', 'y') });
  assert.deepEqual([(await health())?.state, (await health())?.detail], ['ok', null]);
});

test('who set an inbox up and who changed its mail server is in the audit log, without its passwords', async () => {
  const made = await create('audited@shop.example', { outbound: smtp('mail.example', 'anna', 'open sesame 3') });
  await update(made.id, { address: 'audited@shop.example', aliases: ['more@shop.example'], outbound: smtp('elsewhere.example', 'anna', 'open sesame 4') });
  const { items } = await admin.client.accounts.listAudit({ query: { limit: 100 } });
  const of = (action: string) => items.find((record) => record.action === action && record.target === 'audited@shop.example');
  assert.equal(of('inbox.created')?.actor, admin.name);
  const { outbound, addresses, before } = (of('inbox.changed')?.detail ?? {}) as { outbound?: { host: string }; addresses?: string[]; before?: { outbound?: { host: string } } };
  assert.deepEqual([before?.outbound?.host, outbound?.host, addresses], ['mail.example', 'elsewhere.example', ['audited@shop.example', 'more@shop.example']]);
  assert.doesNotMatch(JSON.stringify(items), /open sesame/);
});
