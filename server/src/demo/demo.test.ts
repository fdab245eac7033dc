import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { emailInboxSettings, type CaseDetail, type Entry } from '@rapport/contract';
import { ProblemError } from '@rapport/sdk';
import { SMTPServer } from 'smtp-server';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { demoCompany, openDemoAccount, removeDemo, whenFilled } from './index.ts';
import { foundAccount, hashPassword } from '../accounts/index.ts';
import { inAccount, systemActor } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { createInbox } from '../inboxes/index.ts';
import { eventually } from '../../testing/mail/free-port.ts';
import { keepShift } from './shift.ts';
import { trickle } from './trickle.ts';
import { randomFrom } from './story/random.ts';

/** Everything an account owns, but for the traces that running leaves (events, audit, tallies, jobs). */
async function ownedBy(house: TestHouse, accountId: string): Promise<Record<string, string[]>> {
  const tables = ['agent', 'team', 'team_member', 'role', 'customer', 'customer_identity', 'inbox', 'inbox_address', 'ledger', 'cases', 'entry', 'attachment', 'participant', 'received', 'thread', 'case_read', 'case_tag', 'draft', 'email_outgoing', 'mailbox_mail', 'demo'];
  const rows = await Promise.all(tables.map(async (table) => {
    const { rows: found } = await house.platform.database.pool.query(`select t::text as row from ${table} t where account_id = $1 order by 1`, [accountId]);
    return [table, found.map((each: { row: string }) => each.row)] as const;
  }));
  return Object.fromEntries(rows);
}

async function filesOf(house: TestHouse, accountId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const file of house.platform.files.list(accountId)) keys.push(file.key);
  return keys.sort();
}

async function writeMail(admin: SignedIn, inboxId: string, from: string, subject: string, text: string): Promise<string> {
  const { caseId } = await admin.client.mailbox.write({ body: { from, fromName: from, inboxId, subject, text } });
  assert.ok(caseId);
  return caseId;
}

const isProblem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;

const until = async <T>(find: () => Promise<T | undefined | false>): Promise<T> => {
  for (;;) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('the demo in an account that has work of its own', { timeout: 400_000 }, () => {
  let house: TestHouse;
  let admin: SignedIn;
  let realInbox: string;
  let realCase: string;
  let ownBefore: Record<string, string[]>;
  let filesBefore: string[];
  let balanceBefore: unknown;
  const mails: string[] = [];
  const sink = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk) => (text += String(chunk)));
    stream.on('end', () => {
      mails.push(text);
      done();
    });
  } });

  async function find(q: string): Promise<CaseDetail> {
    const { items } = await admin.client.cases.search({ query: { q } });
    const [first] = items;
    assert.ok(first, `search finds ${q}`);
    return admin.client.cases.get({ params: { caseId: first.case.id } });
  }
  async function entriesOf(caseId: string): Promise<Entry[]> {
    return (await admin.client.cases.listEntries({ params: { caseId }, query: { limit: 100 } })).items;
  }

  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
    await once(sink.listen(0, '127.0.0.1'), 'listening');
    const { port } = sink.server.address() as AddressInfo;
    const smtp = { kind: 'smtp', smtp: { host: '127.0.0.1', port, security: 'none', user: '' } };
    realInbox = (await admin.client.inboxes.create({ body: { channel: 'email', name: 'Real', teamId: house.teamId, settings: emailInboxSettings.parse({ address: 'desk@company.test', outbound: smtp }) } })).id;
    realCase = await writeMail(admin, realInbox, 'person@elsewhere.test', 'A real matter', 'Something real.');
    ownBefore = await ownedBy(house, house.accountId);
    filesBefore = await filesOf(house, house.accountId);
    balanceBefore = await admin.client.ledger.summary();

    assert.equal((await admin.client.setup.fillDemo()).state, 'filling');
    await whenFilled(house.platform, house.accountId);
  });
  after(async () => {
    await house.close();
    sink.close(() => {});
  });

  it('says that it is there, and does not come twice', async () => {
    assert.equal((await admin.client.setup.fillDemo()).state, 'filled');
    assert.equal((await admin.client.accounts.session()).account.isDemo, true);
    const state = await house.browser().client.setup.state();
    assert.equal(state.demoSignIn, null, 'nobody is let into a real account by the demo');
  });

  it('leaves nobody behind who could sign in', async () => {
    const { rows } = await house.platform.database.pool.query('select count(*) as n from agent where account_id = $1 and is_demo and login_id is not null', [house.accountId]);
    assert.equal(rows[0].n, 0);
  });

  it('fills the desk of whoever asked for it', async () => {
    const counts = await admin.client.cases.counts();
    assert.ok(counts.mine >= 12 && counts.mine <= 26, `${counts.mine} on my desk`);
    assert.ok(counts.unassigned >= 6, `${counts.unassigned} unassigned`);
    assert.ok(counts.shelves.pending >= 8 && counts.shelves.snoozed >= 2 && counts.shelves.on_hold >= 3 && counts.shelves.closed > 100, JSON.stringify(counts.shelves));
    const { items } = await admin.client.cases.list({ query: { assignee: 'me', limit: 50 } });
    assert.ok(items.some((each) => each.isUnread) && items.some((each) => !each.isUnread), 'some is read, some is not');
    assert.ok(items.some((each) => each.waitingSince && Date.now() - Date.parse(each.waitingSince) > 3 * 86_400_000), 'somebody has waited for too long');
    assert.ok(items.some((each) => each.priority === 'urgent'));
  });

  it('numbers its cases in the order in which they began', async () => {
    const { rows } = await house.platform.database.pool.query('select number, created_at from cases where account_id = $1 and is_demo order by number', [house.accountId]);
    assert.ok(rows.length >= 400);
    assert.ok(rows.every((row, i) => i === 0 || row.created_at >= rows[i - 1].created_at));
    const timelines = await house.platform.database.pool.query(
      'select count(*) as n from (select created_at, lag(created_at) over (partition by case_id order by id) as before from entry where account_id = $1) t where created_at < before',
      [house.accountId],
    );
    assert.equal(timelines.rows[0].n, 0, 'every timeline runs forward');
  });

  it('keeps the balance of the ledger', async () => {
    const summary = await admin.client.ledger.summary();
    assert.equal(summary.isBalanced, true);
    const { outcomes } = summary.in;
    assert.ok(outcomes.new_case >= 400 && outcomes.appended > 150);
    assert.ok(outcomes.duplicate >= 1 && outcomes.set_aside >= 1 && outcomes.ignored >= 1 && outcomes.delivery_report >= 1, JSON.stringify(outcomes));
    assert.ok(summary.out.states.accepted > 300 && summary.out.states.bounced >= 1 && summary.out.states.failed >= 1);
    assert.equal(summary.out.states.queued + summary.out.states.sending + summary.out.states.unknown, 0);
  });

  it('covers the card number somebody wrote', async () => {
    const { id } = await find('"Winston Clarke" charge');
    const [first] = await entriesOf(id);
    assert.ok(first?.kind === 'message');
    assert.equal(first.maskedCardNumbers, 1);
    assert.match(first.text, /\*{4} \*{4} \*{4} 6467/);
    const raw = await admin.fetch(`/api/v1/cases/${id}/entries/${first.id}/raw`);
    assert.doesNotMatch(await raw.text(), /4539/);
  });

  it('shows a mail with pictures inside and far away, safely', async () => {
    const { id } = await find('Freja Huila');
    const [first] = await entriesOf(id);
    assert.ok(first?.kind === 'message' && first.html !== null);
    assert.equal(first.hasRemoteContent, true);
    assert.equal(first.attachments[0]?.isInline, true);
    assert.doesNotMatch(first.html, / src="https:/);
  });

  it('knows a bounce, a failure, an automatic answer, a reopened case and a newcomer in a thread', async () => {
    const bounced = await find('"Invoice for the scale"');
    assert.equal(bounced.status, 'open');
    assert.match((await entriesOf(bounced.id)).flatMap((each) => (each.kind === 'message' && each.delivery?.state === 'bounced' ? [each.delivery.reason ?? ''] : [])).join(), /quota exceeded/);
    const failed = await entriesOf((await find('"change the colour"')).id);
    const lost = failed.find((each) => each.kind === 'message' && each.delivery?.state === 'failed');
    assert.ok(lost?.kind === 'message' && lost.delivery?.canRetry);
    const away = await find('Nils gasket');
    assert.equal(away.status, 'pending');
    assert.ok((await entriesOf(away.id)).some((each) => each.kind === 'message' && each.automatic === 'auto_reply'));
    const again = await find('"80 degrees"');
    assert.equal(again.status, 'open');
    assert.ok((await entriesOf((await find('terrace Rhys')).id)).some((each) => each.kind === 'message' && each.isNewParticipant === false && each.from.address === 'rhys@slowtide.example'));
  });

  it('is news to nobody', async () => {
    const { rows } = await house.platform.database.pool.query(`select topic, count(*) as n from event where account_id = $1 and topic in ('case.created', 'message.received', 'message.queued', 'delivery.changed', 'note.added') group by topic`, [house.accountId]);
    const real = new Map(rows.map((row) => [row.topic, row.n]));
    assert.ok((real.get('case.created') ?? 0) <= 1 && (real.get('message.received') ?? 0) <= 1 && !real.has('message.queued'), JSON.stringify(rows));
  });

  it('sends nothing by SMTP, whatever an inbox of it is set to', async () => {
    const { port } = sink.server.address() as AddressInfo;
    const help = (await admin.client.inboxes.list()).items.find((each) => each.name === 'Help');
    assert.ok(help);
    const settings = emailInboxSettings.parse({ ...help.settings, outbound: { kind: 'smtp', smtp: { host: '127.0.0.1', port, security: 'none', user: '' } } });
    await assert.rejects(admin.client.inboxes.update({ params: { inboxId: help.id }, body: { settings } }), isProblem('bad_inbox_settings'));
    // Even if somebody got past that, the channel itself would not send.
    await house.platform.database.pool.query('update inbox set settings = $2 where id = $1', [help.id, JSON.stringify(settings)]);
    const angry = await find('"THIRD mail" Beatrice');
    const sent = await admin.client.cases.reply({ params: { caseId: angry.id }, body: { text: 'I am ringing you now.', to: angry.replyTo.map((each) => each.address) } });
    await admin.client.cases.reply({ params: { caseId: realCase }, body: { text: 'A real answer.', to: ['person@elsewhere.test'] } });
    await until(async () => mails.length > 0);
    await until(async () => (await entriesOf(angry.id)).some((each) => each.id === sent.id && each.kind === 'message' && each.delivery?.state === 'accepted'));
    assert.equal(mails.length, 1);
    assert.match(mails[0] ?? '', /A real answer/);
    const inMailbox = await admin.client.mailbox.listMails({ params: { address: angry.replyTo[0]?.address ?? '' } });
    assert.ok(inMailbox.items.some((mail) => mail.text.includes('ringing you now')));
  });

  it('goes without a trace, and takes nothing real along', async () => {
    const demoInbox = (await admin.client.inboxes.list()).items.find((each) => each.name === 'Help');
    assert.ok(demoInbox);
    // Trying the demo out is part of the demo: a mail to its inbox, by somebody who also has a real matter.
    await writeMail(admin, demoInbox.id, 'person@elsewhere.test', 'Just trying', 'What happens if I write here?');
    await writeMail(admin, realInbox, 'person@elsewhere.test', 'Another real matter', 'Still real.');
    await until(async () => (await ownedBy(house, house.accountId))['email_outgoing']?.every((row) => !/,(queued|sending),/.test(row)));
    const realNow = await house.platform.database.pool.query('select id::text from cases where account_id = $1 and not is_demo order by id', [house.accountId]);

    assert.deepEqual(await admin.client.setup.removeDemo(), { keptTeams: [] });
    const own = await ownedBy(house, house.accountId);
    assert.deepEqual(realNow.rows.length, 2);
    for (const table of ['agent', 'team', 'team_member', 'role', 'inbox_address', 'customer', 'customer_identity']) assert.deepEqual(own[table], ownBefore[table], table);
    assert.equal(own['cases']?.length, 2);
    assert.equal(own['inbox']?.length, ownBefore['inbox']?.length);
    assert.deepEqual(own['demo'], []);
    for (const [table, rows] of Object.entries(own)) for (const row of rows) assert.doesNotMatch(row, /\.example/, table);
    // The real answer and the second real mail came after the count.
    assert.equal((await filesOf(house, house.accountId)).length, filesBefore.length + 2);
    const summary = await admin.client.ledger.summary();
    assert.equal(summary.isBalanced, true);
    assert.equal(summary.in.seen, (balanceBefore as typeof summary).in.seen + 1);
    assert.equal((await admin.client.accounts.session()).account.isDemo, false);
    await admin.client.setup.removeDemo();
  });
});

describe('an account that is nothing but the demo', { timeout: 300_000 }, () => {
  let house: TestHouse;
  let accountId: string;
  let visitor: SignedIn['client'];

  before(async () => {
    house = await openTestHouse({ isEmpty: true });
    accountId = newId();
    const passwordHash = await hashPassword('nobody knows this one');
    const founded = await inAccount(house.platform, accountId, systemActor('test'), async (ctx) => {
      const { teamId } = await foundAccount(ctx, { ...demoCompany, passwordHash });
      const inbox = await createInbox(ctx, { channel: 'email', name: 'Email', teamId, settings: emailInboxSettings.parse({ address: demoCompany.inboxAddress }) });
      return { teamId, inboxId: inbox.id };
    });
    await openDemoAccount(house.platform, { accountId, ...founded });
    const shares: number[] = [];
    await whenFilled(house.platform, accountId, (share) => shares.push(share));
    assert.ok(shares.some((share) => share > 0 && share < 1), 'it tells how far it is');
  });
  after(() => house.close());

  it('lets visitors in with the sign-in it shows', async () => {
    const browser = house.browser();
    const state = await browser.client.setup.state();
    assert.ok(state.isDemo && state.demoSignIn);
    const session = await browser.client.accounts.signIn({ body: state.demoSignIn });
    assert.equal(session.agent.name, 'Mara Lindqvist');
    assert.equal(session.account.isDemo, true);
    visitor = browser.client;
    assert.ok((await visitor.cases.counts()).mine >= 12);
  });

  it('is alive: customers write, and answer those who answer them', async () => {
    const seen = async () => (await visitor.ledger.summary()).in.seen;
    const before = await seen();
    let wrote = 0;
    for (let i = 0; i < 12; i++) wrote += (await trickle(house.platform, accountId, randomFrom(`minute ${i}`))) ? 1 : 0;
    assert.ok(wrote >= 4, `${wrote} wrote`);
    assert.equal(await seen(), before + wrote);
    assert.equal((await visitor.ledger.summary()).isBalanced, true);
    const { items } = await visitor.cases.list({ query: { shelf: 'pending', limit: 100 } });
    const answeredBefore = new Set(items.map((each) => each.id));
    for (let i = 0; i < 40; i++) await trickle(house.platform, accountId, randomFrom(`later ${i}`));
    const { items: open } = await visitor.cases.list({ query: { shelf: 'open', limit: 100 } });
    assert.ok(open.some((each) => answeredBefore.has(each.id)), 'a customer answered on the same case');
  });

  it('its colleagues are there while somebody looks, take what waits, and leave some for whoever looks', async () => {
    const wall = () => visitor.wall.get();
    for (let i = 0; i < 2; i++) await keepShift(house.platform, accountId, randomFrom(`shift ${i}`));
    const { queues, agents } = await eventually('somebody is asked', async () => ((await wall()).agents.some(({ items }) => items.length > 0) ? wall() : undefined));
    assert.equal(queues.length, 2);
    assert.deepEqual(agents.map(({ state }) => state).sort(), ['available', 'available', 'available', 'away']);
    await keepShift(house.platform, accountId, randomFrom('shift 3'));
    assert.ok((await wall()).agents.some(({ items }) => items.some(({ state }) => state === 'taken')), 'what was offered is taken');
    assert.ok(queues.some(({ waiting, offered, taken }) => waiting + offered + taken > 0));
  });

  it('goes as a whole, so that Rapport can be set up for real', async () => {
    assert.deepEqual(await removeDemo(house.platform, accountId), { isAccountGone: true, keptTeams: [] });
    assert.deepEqual(await house.browser().client.setup.state(), { isSetUp: false, needsCode: false, isDemo: false, demoSignIn: null });
    assert.deepEqual(await filesOf(house, accountId), []);
    const { rows } = await house.platform.database.pool.query('select (select count(*) from account) + (select count(*) from login) + (select count(*) from installation) + (select count(*) from case_tally) as n');
    assert.equal(rows[0].n, 0);
  });
});
