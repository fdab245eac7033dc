import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { scoresOf, surveyKinds, surveyScales, verdictOf, type SurveyContent } from '@rapport/contract';
import fc from 'fast-check';
import { openPanel, openVisitor, type Panel } from '../../testing/chat-client.ts';
import { eventually } from '../../testing/mail/free-port.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../testing/test-house.ts';
import { askWhoIsDue } from './ask-due.ts';
import { isDrawn } from './plan-asks.ts';
import { readSurveyToken, surveyToken } from './token.ts';
import { newId } from '../platform/ids.ts';

describe('asking customers how it was', { timeout: 120_000 }, () => {
  let house: TestHouse;
  let admin: SignedIn;
  let inboxId: string;
  let count = 0;
  const panels: Panel[] = [];
  const content = (part: Partial<SurveyContent> = {}): SurveyContent => ({ kind: 'csat', conditions: {}, questions: {}, delayMinutes: 0, quietDays: 0, share: 100, openDays: 14, followUp: null, ...part });
  const pool = () => house.platform.database.pool;

  before(async () => {
    house = await openTestHouse();
    admin = await house.admin();
    inboxId = (await admin.client.inboxes.create({ body: { name: 'Help', channel: 'email', teamId: house.teamId, settings: { address: 'help@desk.test' } } })).id;
  });
  after(async () => {
    await Promise.all(panels.map((panel) => panel.close()));
    await house.close();
  });
  beforeEach(async () => {
    await pool().query('delete from rate_limit');
    for (const { id } of (await admin.client.surveys.list()).items) await admin.client.surveys.remove({ params: { surveyId: id } });
  });

  const survey = (part: Partial<SurveyContent> = {}) => admin.client.surveys.create({ body: { name: `Survey ${(count += 1)}`, content: content(part) } });
  const asksOf = async (caseId: string) => (await pool().query<{ id: string; state: string; left_out_because: string | null; language: string; score: number | null; comment: string }>('select id, state, left_out_because, language, score, comment from survey_ask where case_id = $1 order by id', [caseId])).rows;
  const write = async (from: string, text = 'My lamp does not shine.', subject = 'Lamp', to = inboxId) => {
    const { caseId } = await admin.client.mailbox.write({ body: { from, inboxId: to, subject, text } });
    return admin.client.cases.get({ params: { caseId: caseId ?? '' } });
  };
  const resolve = (caseId: string) => admin.client.cases.update({ params: { caseId }, body: { status: 'resolved' } });
  const planned = (caseId: string, most = 1) => eventually('what is planned', async () => ((await asksOf(caseId)).length >= most ? true : undefined));
  const asked = async (caseId: string) => {
    await planned(caseId);
    await askWhoIsDue(house.platform);
    return eventually('they are asked, or not', async () => {
      const asks = await asksOf(caseId);
      return asks.some(({ state }) => state === 'waiting') ? undefined : asks;
    });
  };
  const mailTo = (address: string) => eventually('the mail is there', async () => (await admin.client.mailbox.listMails({ params: { address } })).items.find(({ text }) => text.includes('/survey/')));
  const linkIn = (text: string, score: number) => new RegExp(`${score}: http\\S+(/survey/\\S+)`).exec(text)?.[1] ?? '';
  const open = (path: string) => fetch(`${house.url}${path}`);
  const hand = (path: string, form: Record<string, string>) => fetch(`${house.url}${path.split('?')[0]}`, { method: 'POST', body: new URLSearchParams(form) });
  const story = async (caseId: string) => (await admin.client.cases.listEntries({ params: { caseId }, query: {} })).items;

  it('a customer whose case is solved is asked by mail in their language, and what they choose stands on the case', async () => {
    await survey();
    const { id } = await write('berta@customer.test', 'Guten Tag, meine Lampe leuchtet nicht mehr und ich weiß nicht, was ich tun soll. Können Sie mir bitte helfen?', 'Lampe');
    await resolve(id);
    const [ask] = await asked(id);
    assert.deepEqual([ask?.state, ask?.language], ['asked', 'de']);
    const mail = await mailTo('berta@customer.test');
    assert.match(mail.text, /Wie zufrieden sind Sie mit unserer Hilfe\?/);
    const link = linkIn(mail.text, 4);
    const answered = await hand(link, { score: '4', comment: 'Schnell, meine Karte ist 4111 1111 1111 1111.' });
    assert.equal(answered.status, 200);
    assert.match(await answered.text(), /Vielen Dank/);
    const line = (await story(id)).find((entry) => entry.kind === 'change' && entry.changes.some(({ field }) => field === 'survey'));
    assert.ok(line?.kind === 'change');
    assert.deepEqual([line.author.kind, line.changes[0]?.from, line.changes[0]?.to], ['customer', 'csat', '4']);
    assert.match(line.changes[0]?.name ?? '', /^Schnell, meine Karte ist .*1111\.$/);
    assert.doesNotMatch(line.changes[0]?.name ?? '', /4111 1111 1111/);
    const { status } = await admin.client.cases.get({ params: { caseId: id } });
    assert.equal(status, 'resolved', 'asking and answering change nothing on the case');
    await hand(link, { score: '5', comment: '' });
    const lines = (await story(id)).filter((entry) => entry.kind === 'change' && entry.changes.some(({ field }) => field === 'survey'));
    assert.deepEqual(lines.map((entry) => entry.kind === 'change' && entry.changes.map(({ to, name }) => [to, name])), [[['5', undefined]]], 'a changed mind stands in the same line');
  });

  it('a program that follows every link of the mail, twice and with HEAD, answers nothing', async () => {
    await survey({ kind: 'nps' });
    const { id } = await write('cleo@customer.test', 'Where is my order?', 'Order');
    await resolve(id);
    await asked(id);
    const { text } = await mailTo('cleo@customer.test');
    for (const score of scoresOf('nps')) for (const method of ['GET', 'HEAD', 'GET']) assert.equal((await fetch(`${house.url}${linkIn(text, score)}`, { method })).status, 200);
    assert.equal((await asksOf(id))[0]?.score, null);
    const page = await (await open(linkIn(text, 7))).text();
    assert.match(page, /value="7" required checked/);
    assert.doesNotMatch(page, /Order|cleo/, 'the page says nothing of the case');
  });

  it('a bad answer opens the case again for whoever shall see to it, with something to do, once', async () => {
    const owner = await house.signedInClient('agent', { name: 'Olga Owner', teamIds: [house.teamId] });
    await survey({ kind: 'effort', followUp: { task: 'Ring the customer', agentId: owner.agentId, dueMinutes: 120 } });
    const { id } = await write('dora@customer.test', 'It is hard to reach you.', 'Reach');
    await resolve(id);
    await asked(id);
    const { text } = await mailTo('dora@customer.test');
    await hand(linkIn(text, 2), { score: '2' });
    const after = await eventually('the promise is made', async () => {
      const now = await admin.client.cases.get({ params: { caseId: id } });
      return now.promises.length > 0 ? now : undefined;
    });
    assert.deepEqual([after.status, after.assignee?.name, after.promises.map((promise) => promise.text)], ['open', 'Olga Owner', ['Ring the customer']]);
    await hand(linkIn(text, 1), { score: '1', comment: 'Nobody called.' });
    await eventually('the comment is kept', async () => ((await asksOf(id))[0]?.comment === 'Nobody called.' ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await admin.client.cases.get({ params: { caseId: id } })).promises.length, 1);
  });

  it('nobody is asked who was asked lately, wrote by a program, does not want to be, or whose case was opened again', async () => {
    await survey({ quietDays: 30 });
    const first = await write('emil@customer.test', 'One', 'Emil one');
    await resolve(first.id);
    assert.equal((await asked(first.id))[0]?.state, 'asked');
    const second = await write('emil@customer.test', 'Two', 'Emil two');
    await resolve(second.id);
    assert.equal((await asked(second.id))[0]?.left_out_because, 'asked_lately');
    const [now] = (await admin.client.surveys.list()).items;
    await admin.client.surveys.update({ params: { surveyId: now?.id ?? '' }, body: { name: now?.name ?? '', isActive: true, content: content({ quietDays: 30, delayMinutes: 60 }), version: now?.version ?? 0 } });
    const third = await write('fred@customer.test', 'Three', 'Fred three');
    await resolve(third.id);
    await planned(third.id);
    await admin.client.cases.update({ params: { caseId: third.id }, body: { status: 'open' } });
    await eventually('the plan is dropped', async () => ((await asksOf(third.id))[0]?.left_out_because === 'reopened' ? true : undefined));
    await admin.client.surveys.remove({ params: { surveyId: now?.id ?? '' } });
    await survey();
    const fourth = await write('gina@customer.test', 'Four', 'Gina four');
    const { version } = await admin.client.customers.get({ params: { customerId: fourth.customer.id } });
    await admin.client.customers.update({ params: { customerId: fourth.customer.id }, body: { version, contactPermission: 'refused' } });
    await resolve(fourth.id);
    assert.equal((await asked(fourth.id))[0]?.left_out_because, 'refused');
    assert.equal(await askWhoIsDue(house.platform), 0, 'what was left out is not looked at again');
  });

  it('only those are asked whom the survey is for, and a survey that is off or removed asks nobody', async () => {
    const other = await admin.client.inboxes.create({ body: { name: 'Other', channel: 'email', teamId: house.teamId, settings: { address: 'other@desk.test' } } });
    const one = await survey({ conditions: { inboxes: [other.id] } });
    const { id } = await write('hugo@customer.test', 'Hello', 'Hugo');
    await resolve(id);
    const there = await write('ole@customer.test', 'Hello', 'Ole', other.id);
    await resolve(there.id);
    await planned(there.id);
    assert.deepEqual(await asksOf(id), []);
    await admin.client.surveys.update({ params: { surveyId: one.id }, body: { name: one.name, isActive: true, content: content({ delayMinutes: 60 }), version: one.version } });
    const next = await write('ida@customer.test', 'Hello', 'Ida');
    await resolve(next.id);
    await planned(next.id);
    await admin.client.surveys.remove({ params: { surveyId: one.id } });
    await pool().query('update survey_ask set due_at = now() where case_id = $1', [next.id]);
    assert.equal((await asked(next.id))[0]?.left_out_because, 'survey_off');
  });

  it('a link that was changed, a time that is over and a score that is none are refused with a page that says what to do', async () => {
    await survey();
    const { id } = await write('jan@customer.test', 'Hello there', 'Jan');
    await resolve(id);
    await asked(id);
    const link = linkIn((await mailTo('jan@customer.test')).text, 3);
    assert.equal((await hand(link, { score: '9' })).status, 400);
    assert.equal((await hand(link, {})).status, 400);
    assert.equal((await hand(link, { score: '3', comment: 'x'.repeat(3_000) })).status, 400);
    assert.equal((await open(link.replace('/survey/', '/survey/A'))).status, 404);
    await pool().query(`update survey_ask set closes_at = now() - interval '1 minute' where case_id = $1`, [id]);
    const over = await hand(link, { score: '3' });
    assert.equal(over.status, 404);
    assert.match(await over.text(), /can’t be answered any more/);
    assert.equal((await asksOf(id))[0]?.score, null);
  });

  it('the desk never sees a link by which it could answer for the customer', async () => {
    await survey();
    const { id } = await write('kai@customer.test', 'Hello you', 'Kai');
    await resolve(id);
    await asked(id);
    await mailTo('kai@customer.test');
    assert.doesNotMatch(JSON.stringify(await story(id)), /\/survey\//);
  });

  it('whoever chatted is asked in the panel, and answers there', async () => {
    const chat = await admin.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', teamId: house.teamId, settings: { title: 'Ask us' } } });
    await survey({ conditions: { channels: ['chat'] } });
    const visitor = await openVisitor(house.url, chat.address, { name: 'Lena' });
    await visitor.send('Is it open today?');
    const panel = await openPanel(house.url, chat.address, visitor.key);
    panels.push(panel);
    const row = await eventually('the panel is asked', async () => (await admin.client.cases.list({ query: { shelf: 'open' } })).items.find(({ customer }) => customer.name === 'Lena'));
    await resolve(row.id);
    await asked(row.id);
    const heard = await eventually('the panel hears the answer', async () => panel.heard.findLast((each) => each.type === 'survey')?.asked ?? undefined);
    assert.deepEqual([heard.kind, heard.score], ['csat', null]);
    const answer = (key: string, score: number) => fetch(`${house.url}/api/v1/chat/${chat.address}/survey`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Visitor ${key}` }, body: JSON.stringify({ score, comment: 'Kind people.' }) });
    assert.equal((await answer('nobody', 5)).status, 401);
    assert.equal((await answer(visitor.key, 5)).status, 204);
    assert.deepEqual((await asksOf(row.id)).map(({ score, comment }) => [score, comment]), [[5, 'Kind people.']]);
    await eventually('x', async () => (panel.heard.some((each) => each.type === 'survey' && each.asked?.score === 5) ? true : undefined));
  });

  it('every number of the report opens as many rows as it says, and nobody sees more than their cases', async () => {
    const own = await survey({ kind: 'csat' });
    const scores = [5, 4, 3, 1, null];
    const cases: string[] = [];
    for (const [index, score] of scores.entries()) {
      const { id } = await write(`report${index}@customer.test`, 'Hello again', `Report ${index}`);
      await resolve(id);
      await asked(id);
      if (score !== null) await hand(linkIn((await mailTo(`report${index}@customer.test`)).text, score), { score: String(score), comment: score === 1 ? 'Slow.' : '' });
      cases.push(id);
    }
    const today = new Date().toISOString().slice(0, 10);
    const question = { from: today, to: today, timeZone: 'UTC', kind: 'csat' as const, survey: own.id };
    const report = await admin.client.insights.surveys({ query: { ...question, by: 'team' } });
    assert.deepEqual([report.asked.value, report.answered.value, report.share.value, report.score.value], [5, 4, 4 / 5, 2 / 4]);
    const count = async (part: object) => (await admin.client.insights.surveyRows({ query: { ...question, ...part, limit: 100 } })).items.length;
    assert.deepEqual([await count({}), await count({ answered: 'true' }), await count({ answered: 'false' }), await count({ hasComment: 'true' })], [5, 4, 1, 1]);
    for (const { score, count: told } of report.scores) assert.equal(await count({ score }), told);
    const [group] = report.groups;
    assert.deepEqual([await count({ team: group?.key ?? 'none', verdict: 'good' }), await count({ verdict: 'middling' }), await count({ verdict: 'bad' })], [group?.good, group?.middling, group?.bad]);
    assert.equal(report.days.reduce((sum, each) => sum + each.asked, 0), 5);
    const first = await admin.client.insights.surveyRows({ query: { ...question, limit: 3 } });
    const rest = await admin.client.insights.surveyRows({ query: { ...question, limit: 3, cursor: first.nextCursor ?? '' } });
    assert.equal(new Set([...first.items, ...rest.items].map(({ askId }) => askId)).size, 5);
    const stranger = await house.signedInClient('lead', { teamIds: [(await admin.client.accounts.createTeam({ body: { name: 'Elsewhere' } })).id] });
    assert.equal((await stranger.client.insights.surveys({ query: { ...question, by: 'team' } })).asked.value, 0, 'another team’s cases');
    const agent = await house.signedInClient('agent', { teamIds: [house.teamId] });
    await assert.rejects(agent.client.insights.surveys({ query: question }), { code: 'not_allowed' });
  });

  it('only who writes surveys sees and changes them', async () => {
    const agent = await house.signedInClient('agent');
    await assert.rejects(agent.client.surveys.list(), { code: 'not_allowed' });
    const one = await survey();
    await assert.rejects(admin.client.surveys.create({ body: { name: one.name, content: content() } }), { code: 'name_taken' });
    await assert.rejects(admin.client.surveys.update({ params: { surveyId: one.id }, body: { name: one.name, isActive: true, content: content({ kind: 'nps' }), version: one.version } }), { code: 'invalid_request' });
    const { wayBack } = await admin.client.surveys.remove({ params: { surveyId: one.id } });
    assert.equal((await admin.client.surveys.restore({ body: { wayBack: wayBack ?? '' } })).id, one.id);
    await assert.rejects(admin.client.surveys.restore({ body: { wayBack: wayBack ?? '' } }), { code: 'undone_already' });
  });

  it('a token opens the question it was made for, and no other text is one', () => {
    const { secrets } = house.platform;
    const [accountId, askId] = [newId(), newId()];
    const token = surveyToken(secrets, accountId, askId);
    assert.deepEqual(readSurveyToken(secrets, token), { accountId, askId });
    fc.assert(fc.property(fc.nat(token.length - 1), fc.constantFrom(...'ABCdef019-_'), (at, sign) => {
      const changed = token.slice(0, at) + sign + token.slice(at + 1);
      return changed === token || readSurveyToken(secrets, changed) === undefined;
    }));
    fc.assert(fc.property(fc.string(), (text) => readSurveyToken(secrets, text) === undefined));
  });

  it('every score is bad, middling or good, in this order, and a share is drawn as often as it says', () => {
    for (const kind of surveyKinds) {
      const order = scoresOf(kind).map((score) => ['bad', 'middling', 'good'].indexOf(verdictOf(kind, score)));
      assert.deepEqual(order, [...order].sort());
      assert.deepEqual([...new Set(order)], [0, 1, 2]);
      assert.equal(scoresOf(kind).at(-1), surveyScales[kind].to);
    }
    const drawn = Array.from({ length: 4_000 }, () => newId()).filter((id) => isDrawn(id, 25)).length;
    assert.ok(drawn > 800 && drawn < 1_200, String(drawn));
  });
});
