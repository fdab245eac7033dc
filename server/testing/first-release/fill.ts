// Works on a desk of the first release as its people would, through that release's own doors, and writes down what a test can look for. It needs nothing of today's code:
//   node fill.ts http://localhost:8080 2525 found.json
// See README.md for how the data beside this file was made with it.
import { writeFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import { Secret, TOTP } from 'otpauth';

const [url = '', smtpPort = '', out = ''] = process.argv.slice(2);
const PASSWORD = 'a password of the first release';
type Answer = Record<string, any>; // eslint-disable-line -- that release's contract is not here to say more

function caller() {
  const jar = new Map<string, string>();
  return async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const isRaw = Buffer.isBuffer(body);
    const response = await fetch(`${url}/api/v1${path}`, {
      method, headers: { origin: url, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), ...(body === undefined ? {} : { 'content-type': isRaw ? 'application/octet-stream' : 'application/json' }) },
      ...(body === undefined ? {} : { body: isRaw ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) jar.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).split(';')[0] ?? '');
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Answer);
  };
}

const admin = caller();
await admin('POST', '/session', { email: 'ada@first.example', password: PASSWORD });
const { items: roles } = await admin('GET', '/roles');
const roleId = (key: string) => roles.find((role: Answer) => role['key'] === key)?.id;
const support = (await admin('GET', '/teams')).items[0].id as string;
const billing = (await admin('POST', '/teams', { name: 'Billing' })).id as string;
const support1 = (await admin('GET', '/inboxes')).items[0];
const inbox = await admin('POST', '/inboxes', {
  channel: 'email', name: 'Bills', teamId: billing,
  settings: { address: 'bills@first.example', fromName: 'First Company', reopenDays: 5, autoReply: { isOn: true, text: 'We have your mail.' }, outbound: { kind: 'smtp', smtp: { host: 'smtp.first.example', port: 587, security: 'starttls', user: 'bills', password: 'the password of the mailbox' } } },
});

async function hire(name: string, email: string, role: string, teamIds: string[]) {
  const { invitationUrl } = await admin('POST', '/agents', { email, name, roleId: roleId(role), teamIds });
  const does = caller();
  await does('POST', `/invitations/${String(invitationUrl).split('/').at(-1)}`, { name, password: PASSWORD });
  return does;
}
const ben = await hire('Ben Brook', 'ben@first.example', 'agent', [support]);
const cora = await hire('Cora Cliff', 'cora@first.example', 'lead', [support, billing]);
await admin('POST', '/agents', { email: 'dora@first.example', name: 'Dora Dune', roleId: roleId('agent') });
const { secret } = await cora('POST', '/second-factor/start', { password: PASSWORD });
const { recoveryCodes } = await cora('POST', '/second-factor/confirm', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
const benId = (await ben('GET', '/session'))['agent'].id as string;
const { key } = await admin('POST', '/api-keys', { name: 'Reports', agentId: benId });

const post = createTransport({ host: '127.0.0.1', port: Number(smtpPort), ignoreTLS: true });
const to = support1.address as string;
const idOf = async (subject: string, tries = 100): Promise<string> => {
  const found = (await admin('GET', '/cases?limit=100')).items.find((item: Answer) => item['subject'] === subject);
  if (found) return found.id as string;
  if (tries === 0) throw new Error(`No case “${subject}”`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  return idOf(subject, tries - 1);
};
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
await post.sendMail({ from: 'Ida Berg <ida@customer.example>', to, messageId: '<lantern-1@customer.example>', subject: 'Laterne flackert', text: 'Guten Tag,\n\nmeine Laterne flackert seit gestern. Was kann ich tun?\n\nViele Grüße\nIda Berg' });
await post.sendMail({
  from: 'Jon Dahl <jon@customer.example>', to, cc: 'Kim <kim@customer.example>', messageId: '<parcel-1@customer.example>', subject: 'Where is my parcel?', html: '<p>Hello,</p><p>where is <b>parcel 4711</b>? See the picture: <img src="cid:dot@x"></p><script>alert(1)</script>', text: 'Hello, where is parcel 4711?',
  attachments: [{ filename: 'dot.png', cid: 'dot@x', content: Buffer.from(PIXEL, 'base64') }, { filename: 'receipt.txt', content: 'Receipt number 4711, paid in March.' }],
});
await post.sendMail({ from: 'Lea Frost <lea@customer.example>', to: 'bills@first.example', messageId: '<card-1@customer.example>', subject: 'Charged twice', text: 'My card 4111 1111 1111 1111 was charged twice.' });
await post.sendMail({ from: 'Robot <robot@machine.example>', to, messageId: '<auto-1@machine.example>', subject: 'Out of office', headers: { 'Auto-Submitted': 'auto-replied' }, text: 'I am away.' });
await post.sendMail({ from: 'Ida Berg <ida@customer.example>', to, messageId: '<second-1@customer.example>', subject: 'Noch eine Frage', text: 'Haben Sie auch rote Laternen?' });
await post.sendMail({ from: 'Mo Gale <mo@customer.example>', to, messageId: '<closed-1@customer.example>', subject: 'Thank you', text: 'All is well again.' });
const [lantern, parcel, card, robot, second, closed] = [await idOf('Laterne flackert'), await idOf('Where is my parcel?'), await idOf('Charged twice'), await idOf('Out of office'), await idOf('Noch eine Frage'), await idOf('Thank you')];

await ben('PATCH', `/cases/${lantern}`, { assigneeId: benId, addTags: ['lamp', 'flicker'], priority: 'high' });
const { id: fileId } = await ben('POST', `/cases/${lantern}/attachments?filename=manual.txt&mediaType=text/plain`, Buffer.from('Hold the button for ten seconds.'));
const answer = await ben('POST', `/cases/${lantern}/replies`, { text: 'Bitte halten Sie den Knopf zehn Sekunden lang.', to: ['ida@customer.example'], attachmentIds: [fileId] });
await cora('POST', `/cases/${lantern}/notes`, { text: 'The batch of March, see the list of zwetschgenkuchen.' });
const sent = (await admin('GET', `/cases/${lantern}/entries`)).items.find((entry: Answer) => entry['id'] === answer['id']);
await new Promise((resolve) => setTimeout(resolve, 2000));
const mails = (await admin('GET', '/mailbox/ida@customer.example')).items;
await post.sendMail({ from: 'Ida Berg <ida@customer.example>', to, messageId: '<lantern-2@customer.example>', inReplyTo: mails.at(-1).messageId, subject: 'Re: Laterne flackert', text: 'Danke, das hat geholfen.\n\nAm Montag schrieb First Company:\n> Bitte halten Sie den Knopf zehn Sekunden lang.' });
await new Promise((resolve) => setTimeout(resolve, 2000));
await ben('PATCH', `/cases/${lantern}`, { status: 'resolved' });
await ben('PATCH', `/cases/${parcel}`, { snoozedUntil: new Date(Date.now() + 400 * 86_400_000).toISOString(), assigneeId: benId });
await ben('PUT', `/cases/${parcel}/drafts/reply`, { text: 'Dear Jon, the parcel', to: ['jon@customer.example'], revision: 0 });
const parcelEntries = (await ben('GET', `/cases/${parcel}/entries`)).items;
await ben('PUT', `/cases/${parcel}/read`, { entryId: parcelEntries.at(-1).id });
await cora('PATCH', `/cases/${card}`, { status: 'pending' });
await cora('POST', `/cases/${card}/notes`, { text: 'Asked the bank.' });
await ben('PATCH', `/cases/${robot}`, { status: 'on_hold' });
await ben('PATCH', `/cases/${closed}`, { status: 'closed' });
const ida = (await admin('GET', '/customers?q=ida')).items[0];
await admin('PATCH', `/customers/${ida.id}`, { version: ida.version, note: 'Prefers mornings.', locale: 'de' });
writeFileSync(out, `${JSON.stringify({
  password: PASSWORD, totpSecret: secret, recoveryCode: recoveryCodes[0], apiKey: key, mailboxPassword: 'the password of the mailbox', billsInboxId: inbox['id'], supportAddress: to, cases: { lantern, parcel, card, robot, second, closed }, agents: { ben: benId }, customers: { ida: ida.id },
  lanternAnswer: { entryId: answer['id'], messageId: mails.at(-1).messageId, state: sent?.delivery?.state ?? null },
}, null, 2)}\n`);
process.stdout.write('Filled.\n');
process.exit(0);
