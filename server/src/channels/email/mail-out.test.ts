import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { MessageEntry } from '@rapport/contract';
import { eventually } from '../../../testing/mail/free-port.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { readMail } from './read-mail.ts';

let house: TestHouse;
let admin: SignedIn;
let server: SMTPServer;
const took: { from: string; to: string[]; raw: Buffer }[] = [];
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, hideDSN: false, logger: false, closeTimeout: 100,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        took.push({ from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) });
        callback(null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
});
after(async () => {
  await house.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

let count = 0;
interface Desk {
  inboxId: string;
  address: string;
  customer: string;
  caseId: string;
  entryId: string;
  messageId: string;
}
async function newDesk(settings: Record<string, unknown> = {}, mail: { to?: string; body?: string; head?: string } = {}): Promise<Desk> {
  const address = `out${++count}@desk.test`;
  const customer = `customer${count}@customer.test`;
  const messageId = `in${count}@customer.test`;
  const { port } = server.server.address() as AddressInfo;
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Support', settings: { address, fromName: 'Lamp desk', outbound: { kind: 'smtp', smtp: { host: '127.0.0.1', port, security: 'none' } }, aliases: [`sales${count}@desk.test`], fromAddresses: [{ address: `sales${count}@desk.test`, name: 'Lamp sales' }], ...settings } } });
  const at = await receive(inbox.id, `From: Cora <${customer}>\r\nTo: ${mail.to ?? address}\r\nSubject: Lamp\r\nMessage-ID: <${messageId}>\r\n${mail.head ?? ''}\r\n${mail.body ?? 'It flickers.'}`);
  return { inboxId: inbox.id, address, customer, messageId, ...at };
}
async function receive(inboxId: string, raw: string): Promise<{ caseId: string; entryId: string }> {
  const { caseId, entryId } = await admin.client.inboxes.receiveRaw({ params: { inboxId }, query: {}, body: Buffer.from(raw) });
  return { caseId: caseId ?? '', entryId: entryId ?? '' };
}
async function sent(entry: MessageEntry) {
  await eventually('accepted', async () => {
    const { items } = await admin.client.cases.listEntries({ params: { caseId: entry.caseId }, query: { limit: 100 } });
    const found = items.find((item) => item.id === entry.id);
    return found?.kind === 'message' && found.delivery?.state === 'accepted';
  });
  const { messageId, ...view } = await admin.client.mailOut.sent({ params: { caseId: entry.caseId, entryId: entry.id } });
  const mails = took.filter(({ raw }) => raw.includes(messageId) && raw.toString().includes(`Message-ID: <${messageId}>`));
  assert.equal(mails.length, 1);
  const [{ raw, to, from }] = mails as [(typeof took)[number]];
  return { raw: raw.toString(), to, from, mail: await readMail(raw), view: { ...view, messageId } };
}
const reply = async (desk: Desk, body: Partial<Parameters<typeof admin.client.cases.reply>[0]['body']> = {}) => sent(await admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'Try the switch.', to: [desk.customer], ...body } }));
const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\r\n', '\n').trim();

test('blind copies arrive and no copy names them; they stay in our record', async () => {
  const desk = await newDesk();
  const { raw, to, view } = await reply(desk, { cc: ['boss@customer.test'], bcc: ['Audit@desk-audit.test', 'boss@customer.test'] });
  assert.deepEqual(to, [desk.customer, 'boss@customer.test', 'audit@desk-audit.test']);
  assert.doesNotMatch(raw, /audit/i);
  assert.doesNotMatch(raw, /^bcc/im);
  assert.deepEqual(view.envelopeTo, to);
  const { items } = await admin.client.cases.listEntries({ params: { caseId: desk.caseId } });
  const entry = items.at(-1) as MessageEntry;
  assert.deepEqual([entry.cc.map((one) => one.address), entry.bcc.map((one) => one.address)], [['boss@customer.test'], ['audit@desk-audit.test']]);
  const { participants, replyAllCc } = await admin.client.cases.get({ params: { caseId: desk.caseId } });
  assert.ok(![...participants, ...replyAllCc].some((one) => one.address.includes('audit')), 'nobody answers to all and gives it away');
});

test('the built-in mailbox shows blind copies to nobody either', async () => {
  const desk = await newDesk({ outbound: { kind: 'mailbox' } });
  const entry = await admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'Hello', to: [desk.customer], bcc: ['hidden@audit.test'] } });
  for (const address of [desk.customer, 'hidden@audit.test']) {
    const [mail] = await eventually(`a mail for ${address}`, async () => {
      const { items } = await admin.client.mailbox.listMails({ params: { address } });
      return items.length > 0 && items;
    });
    assert.deepEqual(mail?.to, [desk.customer]);
  }
  assert.equal(entry.bcc.length, 1);
});

test('an answer goes out as the address the customer wrote to, unless another one is chosen', async () => {
  const desk = await newDesk({}, { to: `sales${count + 1}+offer@desk.test` });
  const detail = await admin.client.cases.get({ params: { caseId: desk.caseId } });
  assert.deepEqual([detail.fromAddress.address, detail.fromAddress.name], [`sales${count}@desk.test`, 'Lamp sales']);
  assert.equal(detail.fromAddresses.length, 2);
  const usual = await reply(desk);
  assert.deepEqual([usual.mail.from?.address, usual.mail.from?.name], [`sales${count}@desk.test`, 'Lamp sales']);
  assert.match(usual.mail.replyTo[0]?.address ?? '', /^sales\d+\+c\./, 'answers come to where it was sent from, with the token');
  const chosen = await reply(desk, { from: desk.address });
  assert.deepEqual([chosen.mail.from?.address, chosen.mail.from?.name], [desk.address, 'Lamp desk']);
  await refused(admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'x', to: [desk.customer], from: 'ceo@desk.test' } }), 'not_a_from_address');
  await refused(admin.client.inboxes.update({ params: { inboxId: desk.inboxId }, body: { settings: { address: desk.address, fromAddresses: [{ address: 'ceo@desk.test', name: '' }] } } }), 'bad_inbox_settings');
});

test('answers are asked to go where the inbox says', async () => {
  const desk = await newDesk({ replyTo: 'answers@elsewhere.test' });
  const { mail } = await reply(desk);
  assert.deepEqual(mail.replyTo.map((one) => one.address), ['answers@elsewhere.test']);
});

test('the mail carries signature and the answered message, the timeline neither, and our words come round once', async () => {
  const desk = await newDesk({}, { body: 'It flickers.\r\n\r\nIn the kitchen.\r\n\r\nOn Mon, 2 Mar 2026, 09:00 UTC, Lamp desk <out@desk.test> wrote:\r\n> Which lamp?\r\n>\r\n> -- \r\n> Ada of the Lamp desk\r\n' });
  await admin.client.signatures.saveOfInbox({ params: { inboxId: desk.inboxId }, body: { text: '{{agent.name}} of {{inbox.name}}\n{{agent.signature}}\n{{company.name}}', html: null } });
  await admin.client.signatures.saveOwn({ body: { text: 'Mondays to Thursdays', html: '<b>Mondays</b> to Thursdays<script>x</script>' } });
  const entry = await admin.client.cases.reply({ params: { caseId: desk.caseId }, body: { text: 'Try the switch.', to: [desk.customer] } });
  assert.equal(entry.text, 'Try the switch.');
  const { mail } = await sent(entry);
  const { agent, account } = await admin.client.accounts.session();
  const text = plain(mail.text);
  assert.ok(text.startsWith(`Try the switch.\n\n-- \n${agent.name} of Support\nMondays to Thursdays\n${account.name}\n\nOn `), text);
  assert.match(text, /wrote:\n> It flickers\.\n>\n> In the kitchen\.$/);
  assert.doesNotMatch(text, /Which lamp|Ada of the Lamp desk/);
  assert.match(mail.html ?? '', /gmail_signature[\s\S]*<b>Mondays<\/b>[\s\S]*gmail_quote[\s\S]*It flickers/);
  assert.doesNotMatch(mail.html ?? '', /script/);
  await admin.client.signatures.saveOwn({ body: { text: '' } });
  assert.deepEqual(await admin.client.signatures.getOwn(), { text: '', html: null });
  const preview = await admin.client.signatures.preview({ params: { inboxId: desk.inboxId }, body: { signature: { text: '{{agent.firstName}} <x>\n{{agent.signature}}\n{{nonsense}}', html: null } } });
  assert.equal(preview.text, `${agent.name.split(' ')[0]} <x>\n{{nonsense}}`);
  assert.match(preview.html, /&lt;x&gt;/);
});

test('an inbox that quotes nothing sends what was written alone', async () => {
  const desk = await newDesk({ quotes: false });
  assert.equal(plain((await reply(desk, { subject: 'Something else' })).mail.text), 'Try the switch.');
});

test('a subject that was changed is the mail’s, not the case’s', async () => {
  const desk = await newDesk();
  assert.equal((await reply(desk, { subject: 'Something else' })).mail.subject, 'Something else');
  assert.equal((await admin.client.cases.get({ params: { caseId: desk.caseId } })).subject, 'Lamp');
});

test('after twelve alternations every mail answers the one before it, in one thread and on one case', async () => {
  const desk = await newDesk();
  const ids = [desk.messageId];
  for (let i = 0; i < 12; i += 1) {
    const { mail } = await reply(desk, { text: `Answer ${i}` });
    assert.deepEqual(mail.inReplyTo, [ids.at(-1)]);
    assert.equal(mail.references[0], ids[0], 'the thread begins where it began');
    assert.equal(mail.references.at(-1), ids.at(-1));
    assert.ok(mail.references.length <= 20);
    assert.ok(plain(mail.text).length < 200, 'it does not grow with the thread');
    ids.push(mail.messageId ?? '');
    const next = `back${i}.${desk.messageId}`;
    const back = await receive(desk.inboxId, `From: ${desk.customer}\r\nTo: ${desk.address}\r\nSubject: Re: Lamp\r\nMessage-ID: <${next}>\r\nIn-Reply-To: <${mail.messageId}>\r\nReferences: ${ids.map((id) => `<${id}>`).join(' ')}\r\n\r\nLine ${i}\r\n\r\n${plain(mail.text).split('\n').map((line) => `> ${line}`).join('\r\n')}`);
    assert.equal(back.caseId, desk.caseId);
    ids.push(next);
  }
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const withFiles = (customer: string) => [
  'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=a', '', '--a', 'Content-Type: multipart/related; boundary=b', '', '--b', 'Content-Type: text/html; charset=utf-8', '',
  `<p>See <img src="cid:lamp@x"> and <img src="https://tracker.test/p.gif"></p><p>${customer}</p>`, '--b', 'Content-Type: image/png', 'Content-ID: <lamp@x>', 'Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', PNG, '--b--',
  '--a', 'Content-Type: application/pdf; name=bill.pdf', 'Content-Disposition: attachment; filename=bill.pdf', 'Content-Transfer-Encoding: base64', '', 'JVBERg==', '--a', 'Content-Type: text/plain; name=other.txt', 'Content-Disposition: attachment; filename=other.txt', '', 'other', '--a--', '',
].join('\r\n');

test('a forward carries the original with its pictures and files to somebody outside, and their answer comes back to the case as a newcomer’s', async () => {
  const address = `out${count + 1}@desk.test`;
  const desk = await newDesk();
  const { caseId, entryId } = await receive(desk.inboxId, `From: Cora <${desk.customer}>\r\nTo: ${address}\r\nSubject: The bill\r\nMessage-ID: <files${count}@customer.test>\r\n${withFiles(desk.customer)}`);
  const original = (await admin.client.cases.listEntries({ params: { caseId } })).items.find((item) => item.id === entryId) as MessageEntry;
  const bill = original.attachments.find((file) => file.filename === 'bill.pdf');
  const entry = await admin.client.mailOut.forward({ params: { caseId }, body: { entryId, text: 'Please look at this.', to: ['workshop@partner.test'], originalFileIds: [bill?.id ?? ''] } });
  assert.deepEqual([entry.forwardOf, entry.subject, entry.text], [entryId, 'Fwd: The bill', 'Please look at this.']);
  const { mail, raw } = await sent(entry);
  assert.deepEqual([mail.inReplyTo, mail.references], [[], []], 'it begins a talk of its own');
  assert.match(plain(mail.text), /^Please look at this\.\n\n-{10} Forwarded message -{10}\nFrom: Cora <customer\d+@customer\.test>\nDate: .+\nSubject: The bill\nTo: /);
  assert.match(mail.html ?? '', /src="cid:lamp@x"/);
  assert.doesNotMatch(mail.html ?? '', /tracker/);
  assert.match(raw, /Content-ID?: <lamp@x>/i);
  assert.deepEqual(mail.attachments.filter((file) => file.contentId === null || file.contentId === undefined).map((file) => file.filename), ['bill.pdf']);
  const detail = await admin.client.cases.get({ params: { caseId } });
  assert.deepEqual([detail.status, detail.participants.some((one) => one.address === 'workshop@partner.test')], ['new', false], 'the customer goes on waiting');
  const back = await receive(desk.inboxId, `From: Wim <workshop@partner.test>\r\nTo: ${mail.replyTo[0]?.address}\r\nSubject: Re: Fwd: The bill\r\nMessage-ID: <workshop${count}@partner.test>\r\nIn-Reply-To: <${mail.messageId}>\r\n\r\nIt is fine.`);
  assert.equal(back.caseId, caseId);
  const answer = (await admin.client.cases.listEntries({ params: { caseId } })).items.find((item) => item.id === back.entryId);
  assert.ok(answer?.kind === 'message' && answer.isNewParticipant);
  const check = (await admin.client.mailOut.checkRecipients({ params: { caseId }, body: { addresses: [desk.customer, 'workshop@partner.test', 'who@else.test'] } })).items;
  assert.deepEqual(check.map((one) => [one.isParticipant, one.isStranger]), [[true, false], [true, true], [false, false]]);
});

test('another customer’s address is told from the case’s own', async () => {
  const [one, other] = [await newDesk(), await newDesk()];
  const { items } = await admin.client.mailOut.checkRecipients({ params: { caseId: one.caseId }, body: { addresses: [other.customer, one.customer] } });
  assert.deepEqual(items.map((each) => [each.isParticipant, each.otherCustomer === null]), [[false, false], [true, true]]);
  const found = await admin.client.mailOut.suggestRecipients({ query: { q: other.customer, caseId: one.caseId } });
  assert.deepEqual(found.items.map((each) => [each.address, each.isParticipant]), [[other.customer, false]]);
  const named = await admin.client.mailOut.suggestRecipients({ query: { q: 'cor', caseId: one.caseId } });
  assert.equal(named.items[0]?.address, one.customer, 'who takes part comes first');
});

test('what was sent can be read as it left: envelope, headers and text', async () => {
  const desk = await newDesk();
  const { raw, from, view } = await reply(desk, { bcc: ['audit@desk-audit.test'] });
  assert.deepEqual([view.envelopeFrom, view.bytes, view.state], [from, Buffer.byteLength(raw), 'accepted']);
  assert.ok(view.headers.some(({ name, value }) => name === 'To' && value === desk.customer));
  assert.ok(!view.headers.some(({ name }) => /bcc/i.test(name)));
  assert.match(plain(view.text), /^Try the switch\./);
  await refused(admin.client.mailOut.sent({ params: { caseId: desk.caseId, entryId: desk.entryId } }), 'not_found');
});

test('a case can begin with a mail of ours, to a customer known or new', async () => {
  const desk = await newDesk();
  const began = await admin.client.mailOut.begin({ body: { inboxId: desk.inboxId, customer: { email: 'new@someone.test', name: 'Nora New' }, subject: 'Your order', message: { text: 'It is on its way.', from: `sales${count}@desk.test` } } });
  assert.ok(began.planned, 'it can be taken back');
  const entry = await admin.client.mailOut.sendNow({ params: { caseId: began.caseId, planId: began.planned.id } });
  const { mail } = await sent(entry);
  assert.deepEqual([mail.subject, mail.from?.address, plain(mail.text), mail.inReplyTo], ['Your order', `sales${count}@desk.test`, 'It is on its way.', []]);
  const detail = await admin.client.cases.get({ params: { caseId: began.caseId } });
  assert.deepEqual([detail.status, detail.customer.name, detail.replyTo.map((one) => one.address)], ['pending', 'Nora New', ['new@someone.test']]);
  const formatted = await admin.client.mailOut.begin({ body: { inboxId: desk.inboxId, customer: { email: 'new@someone.test' }, subject: 'Your order, again', message: { text: 'Soon', html: '<p><strong>Soon</strong></p><script>x</script>' } } });
  const sentHtml = (await sent(await admin.client.mailOut.sendNow({ params: { caseId: formatted.caseId, planId: formatted.planned?.id ?? '' } }))).mail.html;
  assert.match(String(sentHtml), /<strong[^>]*>Soon<\/strong>/);
  assert.doesNotMatch(String(sentHtml), /script/);
  await refused(admin.client.mailOut.begin({ body: { inboxId: desk.inboxId, customer: { email: 'new@someone.test' }, subject: 'x', message: { text: 'x', attachmentIds: [] } as never } }), 'invalid_request');
  const drafted = await admin.client.mailOut.begin({ body: { inboxId: desk.inboxId, customer: { email: desk.customer }, subject: 'Later', message: { text: 'Half a thought' }, asDraft: true } });
  const { items } = await admin.client.cases.listDrafts({ params: { caseId: drafted.caseId } });
  assert.deepEqual([items[0]?.text, items[0]?.to, drafted.planned], ['Half a thought', [desk.customer], null]);
});

test('who may not answer may not plan, forward, begin or look up; who may not see the case finds nothing', async () => {
  const desk = await newDesk();
  const began = await admin.client.mailOut.plan({ params: { caseId: desk.caseId }, body: { message: { kind: 'reply', text: 'x', to: [desk.customer] } } });
  const onCase = { caseId: desk.caseId };
  const onPlan = { ...onCase, planId: began.planned?.id ?? '' };
  const everything = (client: typeof admin.client) => [
    () => client.mailOut.plan({ params: onCase, body: { message: { kind: 'reply', text: 'x', to: ['a@b.test'] } } }), () => client.mailOut.forward({ params: onCase, body: { entryId: desk.entryId, to: ['a@b.test'] } }),
    () => client.mailOut.reschedule({ params: onPlan, body: { sendAt: new Date(Date.now() + 60_000).toISOString() } }), () => client.mailOut.sendNow({ params: onPlan }), () => client.mailOut.takeBack({ params: onPlan }),
    () => client.mailOut.checkRecipients({ params: onCase, body: { addresses: ['a@b.test'] } }),
  ];
  const looker = await house.signedInClient('agent');
  const role = await admin.client.accounts.createRole({ body: { name: 'Only looks', permissions: ['case.read'], caseScope: 'all' } });
  await admin.client.accounts.updateAgent({ params: { agentId: looker.agentId }, body: { roleId: role.id } });
  for (const call of everything(looker.client)) await refused(call(), 'not_allowed');
  await refused(looker.client.mailOut.begin({ body: { inboxId: desk.inboxId, customer: { email: 'a@b.test' }, subject: 'x', message: { text: 'x' } } }), 'not_allowed');
  await refused(looker.client.mailOut.suggestRecipients({ query: { q: 'x', caseId: desk.caseId } }), 'not_allowed');
  await refused(looker.client.signatures.saveOfInbox({ params: { inboxId: desk.inboxId }, body: { text: 'x' } }), 'not_allowed');
  await refused(looker.client.signatures.getOfInbox({ params: { inboxId: desk.inboxId } }), 'not_allowed');
  assert.equal((await looker.client.mailOut.listPlanned({ params: onCase })).items.length, 1);
  const stranger = await (await house.anotherAccount()).admin();
  for (const call of everything(stranger.client)) await refused(call(), 'not_found');
  for (const call of [() => stranger.client.mailOut.listPlanned({ params: onCase }), () => stranger.client.mailOut.sent({ params: { ...onCase, entryId: desk.entryId } })]) await refused(call(), 'not_found');
  await admin.client.mailOut.takeBack({ params: onPlan });
  await refused(admin.client.mailOut.takeBack({ params: onPlan }), 'too_late');
});
