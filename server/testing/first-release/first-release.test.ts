// A desk as the first release left it, brought up to date and worked on by today's program.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { Secret, TOTP } from 'otpauth';
import { createClient, ProblemError, type Client } from '@rapport/sdk';
import { getMailInbox } from '../../src/inboxes/index.ts';
import { openHouse, type House } from '../../src/open-house.ts';
import { inAccount, systemActor } from '../../src/platform/context.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { eventually } from '../mail/free-port.ts';
import manifest from './backup/manifest.json' with { type: 'json' };
import found from './found.json' with { type: 'json' };

/** The command line, with all that it says. */
const runRapport = (args: string[], env: Record<string, string>) =>
  new Promise<{ code: number; said: string }>((resolve) => execFile(process.execPath, [join(import.meta.dirname, '../../bin/rapport.mjs'), ...args], { env: { PATH: process.env['PATH'], ...env } }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, said: `${out}${err}` })));

describe('a desk of the first release', { timeout: 240_000 }, () => {
  let database: TestDatabase;
  let dataDir: string;
  let house: House;
  let ada: Client;
  let ben: Client;

  before(async () => {
    database = await createTestDatabase({ empty: true });
    dataDir = await mkdtemp(join(tmpdir(), 'rapport-first-'));
    const env = { DATABASE_URL: database.url, RAPPORT_DATA: dataDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_CHECK_SENDERS: 'off' };
    const { code, said } = await runRapport(['restore', '--from', join(import.meta.dirname, 'backup')], env);
    assert.equal(code, 0, said);
    assert.match(said, /read back and equal/);
    assert.match(said, /Brought up to date with \d+ newer migrations/);
    // The desk is as old as its release; that what was solved lately can still be opened again, and what sleeps still sleeps, is not about age.
    await database.database.asSystem(async (tx) => {
      await tx.run(`update inbox set settings = jsonb_set(settings, '{reopenDays}', '3650') where id <> $1`, [found.billsInboxId]);
      await tx.run(`update cases set snoozed_until = now() + interval '400 days' where snoozed_until is not null`);
    });
    house = await openHouse(readConfig(env));
    ada = await signedIn({ email: 'ada@first.example', password: found.password });
    ben = await signedIn({ email: 'ben@first.example', password: found.password });
  });
  after(async () => {
    await house.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  function visitor(): Client {
    const jar = new Map<string, string>();
    return createClient({
      baseUrl: house.url, headers: (): Record<string, string> => ({ origin: house.url, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
      onResponse: ({ headers }) => headers.getSetCookie().forEach((line) => jar.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).split(';')[0] ?? '')),
    });
  }
  async function signedIn(body: { email: string; password: string; code?: string }): Promise<Client> {
    const client = visitor();
    await client.accounts.signIn({ body });
    return client;
  }
  const entries = async (caseId: string) => (await ada.cases.listEntries({ params: { caseId } })).items;
  const texts = async (caseId: string) => (await entries(caseId)).flatMap((entry) => ('text' in entry ? [entry.text] : []));
  const { lantern, parcel, card, robot, second, closed } = found.cases;
  const write = (mail: Record<string, unknown>) => createTransport({ host: '127.0.0.1', port: Number(house.addresses['smtp']?.split(':').at(-1)), ignoreTLS: true }).sendMail({ from: 'Ida Berg <ida@customer.example>', to: found.supportAddress, ...mail });

  it('lets its people in with what they know: password, authenticator, recovery code, key of the API', async () => {
    const cora = await signedIn({ email: 'cora@first.example', password: found.password, code: new TOTP({ secret: Secret.fromBase32(found.totpSecret) }).generate() });
    assert.equal((await cora.accounts.session()).agent.name, 'Cora Cliff');
    await signedIn({ email: 'cora@first.example', password: found.password, code: found.recoveryCode });
    await assert.rejects(signedIn({ email: 'cora@first.example', password: found.password, code: found.recoveryCode }));
    const program = createClient({ baseUrl: house.url, apiKey: found.apiKey });
    assert.equal((await program.accounts.session()).agent.name, 'Ben Brook');
    assert.deepEqual((await ada.accounts.listAgents()).items.map(({ name, state }) => `${name} ${state}`).sort(), ['Ada Admin active', 'Ben Brook active', 'Cora Cliff active', 'Dora Dune invited']);
  });

  it('has every case where it was, with its numbers, and opens every one', async () => {
    const counts = await ada.cases.counts();
    assert.deepEqual(counts.shelves, { open: 1, snoozed: 1, pending: 1, on_hold: 1, resolved: 1, closed: 1 });
    for (const id of Object.values(found.cases)) assert.ok((await entries(id)).length > 0);
    const numbers = await Promise.all(Object.values(found.cases).map(async (caseId) => (await ada.cases.get({ params: { caseId } })).number));
    assert.deepEqual(numbers.toSorted(), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await Promise.all(numbers.map(async (number) => (await ada.cases.findByNumber({ params: { number } })).id)), Object.values(found.cases));
    const row = await ben.cases.get({ params: { caseId: lantern } });
    assert.deepEqual([row.subject, row.priority, row.assignee?.name, row.tags.toSorted(), row.status, row.kind], ['Laterne flackert', 'high', 'Ben Brook', ['flicker', 'lamp'], 'resolved', 'question']);
    assert.ok((await texts(lantern)).some((text) => text?.includes('zwetschgenkuchen')));
    assert.ok((await texts(card)).every((text) => !text?.includes('4111 1111')));
    assert.deepEqual((await ben.cases.listDrafts({ params: { caseId: parcel } })).items.map(({ text }) => text), ['Dear Jon, the parcel']);
    assert.equal((await ada.customers.get({ params: { customerId: found.customers.ida } })).note, 'Prefers mornings.');
  });

  it('gives out its files and pictures, byte for byte', async () => {
    const files = (await entries(parcel)).flatMap((entry) => ('attachments' in entry ? entry.attachments : []));
    const bytes = async (name: string) => {
      const id = files.find(({ filename }) => filename === name)?.id ?? '';
      return Buffer.from(await (await ada.cases.download({ params: { caseId: parcel, attachmentId: id } })).arrayBuffer());
    };
    assert.equal(String(await bytes('receipt.txt')), 'Receipt number 4711, paid in March.');
    assert.equal((await bytes('dot.png')).toString('base64'), 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==');
    const [first] = await entries(parcel);
    assert.match(String(Buffer.from(await (await ada.cases.raw({ params: { caseId: parcel, entryId: first?.id ?? '' } })).arrayBuffer())), /Message-ID: <parcel-1@customer\.example>/);
  });

  it('finds its old words, in lists, filters and orders that the first release did not have', async () => {
    for (const [q, id] of [['zwetschgenkuchen', lantern], ['flackert', lantern], ['receipt.txt', parcel], ['tag:lamp', lantern]] as const) assert.deepEqual((await ada.cases.search({ query: { q } })).items.map((item) => item.case.id), [id], q);
    const listed = async (filter: object, sort = 'newest') => (await ada.views.listFiltered({ query: { filter: JSON.stringify(filter), sort: sort as 'newest' } })).items.map(({ id }) => id);
    assert.deepEqual(await listed({ kinds: ['question'], languages: ['de'] }), await listed({ customerId: found.customers.ida }));
    assert.deepEqual((await listed({}, 'subject:asc')).length, 6);
  });

  it('keeps its inboxes: settings, the sealed password, the address they answer from', async () => {
    const [account] = await database.database.pool.query<{ id: string }>('select id from account').then(({ rows }) => rows);
    const { settings } = await inAccount(house.platform, account?.id ?? '', systemActor('test'), (ctx) => getMailInbox(ctx, found.billsInboxId));
    assert.deepEqual(settings.outbound.kind === 'smtp' && [settings.outbound.smtp.host, settings.outbound.smtp.password], ['smtp.first.example', found.mailboxPassword]);
    assert.deepEqual([settings.reopenDays, settings.autoReply.isOn, settings.fromName], [5, true, 'First Company']);
  });

  it('goes on with its threads: what answers an old message, ours or theirs, lands on the old case and opens it again', async () => {
    await write({ subject: 'Re: Laterne flackert', inReplyTo: `<${found.lanternAnswer.messageId.replace(/[<>]/g, '')}>`, text: 'Sie flackert wieder.' });
    await eventually('it is there', async () => (await texts(lantern)).some((text) => text?.includes('flackert wieder')));
    assert.equal((await ada.cases.get({ params: { caseId: lantern } })).status, 'open');
    await write({ subject: 'Re: Noch eine Frage', inReplyTo: '<second-1@customer.example>', text: 'Und blaue?' });
    await eventually('the other, too', async () => (await texts(second)).some((text) => text?.includes('Und blaue')));
    await ben.cases.reply({ params: { caseId: lantern }, body: { text: 'Dann tauschen wir sie.', to: ['ida@customer.example'] } });
    await eventually('the answer is in the mailbox', async () => (await ada.mailbox.listMails({ params: { address: 'ida@customer.example' } })).items.some(({ text }) => text.includes('tauschen')));
    assert.equal((await ada.cases.search({ query: { q: 'from:ida@customer.example' } })).items.length, 2, 'her two cases, and no third');
  });

  it('takes the deeds of today: merging and back, splitting, changing many, a report whose number is that of its rows; and what is closed stays closed', async () => {
    await ada.moving.merge({ params: { caseId: second }, body: { intoCaseId: lantern } });
    assert.ok((await texts(lantern)).some((text) => text?.includes('rote Laternen')));
    const move = (await ada.moving.listMoves({ params: { caseId: lantern } })).items[0];
    await ada.moving.undoMove({ params: { caseId: lantern, moveId: move?.id ?? '' } });
    assert.equal((await ada.cases.get({ params: { caseId: second } })).subject, 'Noch eine Frage');
    const note = (await entries(lantern)).find((entry) => entry.kind === 'note');
    const split = await ada.moving.split({ params: { caseId: lantern }, body: { entryIds: [note?.id ?? ''], subject: 'The batch of March' } });
    assert.ok((await texts(split.case.id)).some((text) => text?.includes('zwetschgenkuchen')));
    await ada.moving.undoMove({ params: { caseId: lantern, moveId: split.moveId } });
    assert.ok((await texts(lantern)).some((text) => text?.includes('zwetschgenkuchen')));
    const run = await ada.bulk.start({ body: { selection: { by: 'cases', caseIds: [parcel, robot] }, action: { addTags: ['old'], kind: 'problem' } } });
    await eventually('both are changed', async () => (await ada.bulk.get({ params: { runId: run.id } })).state === 'done');
    assert.deepEqual((await ada.cases.get({ params: { caseId: robot } })).tags, ['old']);
    await assert.rejects(ada.cases.update({ params: { caseId: closed }, body: { status: 'open' } }), (error: unknown) => error instanceof ProblemError && error.code === 'case_closed');

    const [from, to] = [-365, 2].map((days) => new Date(Date.parse(manifest.createdAt) + days * 86_400_000).toISOString().slice(0, 10)) as [string, string];
    const report = await eventually('every case is counted', async () => {
      const now = await ada.insights.report({ query: { from, to } });
      return now.isComplete && now;
    }, 90);
    const rows = await ada.insights.rows({ query: { from, to, metric: 'created', limit: 100 } });
    assert.equal(rows.items.length, report.created.value);
    for (const id of Object.values(found.cases)) assert.ok(rows.items.some((row) => row.caseId === id), id);
  });

  it('gives out and erases what it knew of a person, with proof', async () => {
    const exported = await ada.customerExports.start({ params: { customerId: found.customers.ida }, body: {} });
    await eventually('the archive is ready', async () => (await ada.customerExports.list({ params: { customerId: found.customers.ida } })).items.some(({ id, state }) => id === exported.id && state === 'ready'));
    const { id } = await ada.privacy.startErasure({ params: { customerId: found.customers.ida }, body: { name: 'Ida Berg' } });
    const { verification } = await eventually('she is erased', async () => (await ada.privacy.getErasure({ params: { erasureId: id } })).report ?? false);
    assert.deepEqual([verification.rowsFound, verification.where], [0, []]);
    assert.deepEqual((await ada.cases.search({ query: { q: 'ida@customer.example' } })).items, []);
  });

  it('is sound by what the doctor says', async () => {
    const { said } = await runRapport(['doctor'], { DATABASE_URL: database.url, RAPPORT_DATA: dataDir, RAPPORT_LOG: 'silent' });
    // The mail server of its bills was made up, and its automatic answer waits for it.
    assert.deepEqual(said.match(/^PROBLEM.*$/gm)?.map((line) => line.replace(/ {2,}/g, ' ')), ['PROBLEM inbox Bills is failing: There is no server with the name smtp.first.example. Check how it is written.']);
  });
});
