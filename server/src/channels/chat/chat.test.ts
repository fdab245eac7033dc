import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { chatInboxSettings, type CaseRow, type MessageEntry } from '@rapport/contract';
import { openPanel, openVisitor, type Panel } from '../../../testing/chat-client.ts';
import { openLive } from '../../../testing/live-client.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { openHouse, type House } from '../../open-house.ts';
import { newId } from '../../platform/ids.ts';
import { readConfig } from '../../platform/config.ts';
import { answerByMail } from './answer-by-mail.ts';
import { tidyVisitors } from './tidy.ts';

describe('live chat', { timeout: 120_000 }, () => {
  let house: TestHouse;
  let otherHouse: House;
  let otherDir: string;
  let agent: SignedIn;
  let site: string;
  let inboxId: string;
  const panels: Panel[] = [];

  before(async () => {
    house = await openTestHouse();
    otherDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
    otherHouse = await openHouse(readConfig({ DATABASE_URL: house.databaseUrl, RAPPORT_DATA: otherDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'silent', RAPPORT_ROLES: 'web', RAPPORT_DB_POOL: '4' }));
    agent = await house.admin();
    const inbox = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', teamId: house.teamId, settings: { title: 'Ask us' } } });
    [site, inboxId] = [inbox.address, inbox.id];
  });
  after(async () => {
    await Promise.all(panels.map((panel) => panel.close()));
    await otherHouse.close();
    await house.close();
    await rm(otherDir, { recursive: true, force: true });
  });

  // All visitors here come from one address; each test has its share.
  beforeEach(() => house.platform.database.pool.query('delete from rate_limit'));

  const panelOf = async (key: string, seen?: string, url = house.url): Promise<Panel> => {
    const panel = await openPanel(url, site, key, seen);
    panels.push(panel);
    return panel;
  };
  const caseOf = async (preview: string): Promise<CaseRow> => {
    const found = (await agent.client.cases.list({ query: { inbox: inboxId } })).items.find((row) => row.preview === preview);
    assert.ok(found, `a case that ends with “${preview}”`);
    return found;
  };
  const messagesOf = async (caseId: string): Promise<MessageEntry[]> => (await agent.client.cases.listEntries({ params: { caseId } })).items.filter((entry) => entry.kind === 'message');
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('what a visitor writes becomes a case, and the answer is on their screen, in another process too', async () => {
    const ida = await openVisitor(house.url, site, { name: 'Ida Berg', email: 'Ida@elsewhere.test' });
    const sent = await ida.send('Does the lamp come with a bulb?');
    assert.equal(sent.status, 201);
    const row = await caseOf('Does the lamp come with a bulb?');
    assert.deepEqual([row.channel, row.customer.name, row.subject, row.team?.id, row.status], ['chat', 'Ida Berg', 'Does the lamp come with a bulb?', house.teamId, 'new']);
    const [first] = await messagesOf(row.id);
    assert.deepEqual(first?.visitor, { email: 'ida@elsewhere.test', page: 'https://shop.example/lamps' }, 'what they say of themselves is told as their word');
    assert.deepEqual((await agent.client.cases.get({ params: { caseId: row.id } })).participants, [], 'and joins nobody’s addresses');

    const panel = await panelOf(ida.key, undefined, otherHouse.url);
    await agent.client.cases.reply({ params: { caseId: row.id }, body: { text: 'It does: an E27.' } });
    const answer = await panel.gets('It does: an E27.');
    assert.deepEqual([answer.from, answer.name, panel.messages.map(({ text }) => text)], ['agent', agent.name, ['Does the lamp come with a bulb?', 'It does: an E27.']]);
  });

  it('an answer is waiting until a panel has it, then delivered, then read', async () => {
    const visitor = await openVisitor(house.url, site);
    await visitor.send('Are you open on Sunday?');
    const row = await caseOf('Are you open on Sunday?');
    const answer = await agent.client.cases.reply({ params: { caseId: row.id }, body: { text: 'From ten to four.' } });
    const stateIs = (state: string) => until(async () => ((await messagesOf(row.id)).find(({ id }) => id === answer.id)?.delivery?.state === state ? true : undefined));
    await stateIs('queued');
    const panel = await panelOf(visitor.key);
    const { id } = await panel.gets('From ten to four.');
    panel.say({ type: 'got', id });
    await stateIs('delivered');
    panel.say({ type: 'seen', id });
    await stateIs('read');
    panel.say({ type: 'got', id });
    await panel.close();
    assert.equal((await agent.client.ledger.summary()).isBalanced, true);
  });

  it('the same message sent again is there once, and whoever comes back gets what they missed, in order', async () => {
    const visitor = await openVisitor(house.url, site);
    const clientId = newId();
    const [once, again, third] = await Promise.all([visitor.send('Where is my parcel?', clientId), visitor.send('Where is my parcel?', clientId), visitor.send('Where is my parcel?', clientId)]);
    assert.deepEqual(new Set([once.body.id, again.body.id, third.body.id]).size, 1);
    const row = await caseOf('Where is my parcel?');
    assert.equal((await messagesOf(row.id)).length, 1);
    for (const text of ['One moment.', 'It is on its way.', 'It comes tomorrow.']) await agent.client.cases.reply({ params: { caseId: row.id }, body: { text } });
    const back = await panelOf(visitor.key, once.body.id);
    await back.gets('It comes tomorrow.');
    assert.deepEqual(back.messages.map(({ text }) => text), ['One moment.', 'It is on its way.', 'It comes tomorrow.']);
    assert.deepEqual((await visitor.read()).map(({ text }) => text), ['Where is my parcel?', 'One moment.', 'It is on its way.', 'It comes tomorrow.']);
  });

  it('two tabs of one browser are in step', async () => {
    const visitor = await openVisitor(house.url, site);
    const [one, two] = [await panelOf(visitor.key), await panelOf(visitor.key, undefined, otherHouse.url)];
    await visitor.send('From the first tab');
    await Promise.all([one.gets('From the first tab'), two.gets('From the first tab')]);
  });

  it('each side sees whether the other is there and writes, over two processes, and a note stays unseen', async () => {
    const visitor = await openVisitor(house.url, site);
    await visitor.send('Are you there?');
    const { id: caseId } = await caseOf('Are you there?');
    const desk = await openLive(otherHouse.url, { cookie: agent.cookie() });
    const customerIs = (state: 'there' | 'typing' | undefined) => desk.next('presence', (told) => told.caseId === caseId && told.customer === state);
    await desk.next('hello');
    const panel = await panelOf(visitor.key);
    await panel.gets('Are you there?');
    desk.say({ type: 'presence', caseId, state: 'viewing' });
    await customerIs('there');
    panel.say({ type: 'typing', isTyping: true });
    await customerIs('typing');
    panel.say({ type: 'typing', isTyping: false });
    await customerIs('there');

    const answering = () => panel.heard.flatMap((told) => (told.type === 'answering' ? [told.name] : []));
    desk.say({ type: 'presence', caseId, state: 'typing' });
    desk.say({ type: 'presence', caseId, state: 'typing', isAnswer: true });
    desk.say({ type: 'presence', caseId, state: 'typing' });
    await until(async () => (answering().length >= 2 ? true : undefined));
    assert.deepEqual(answering(), [agent.name, null]);
    await panel.close();
    await customerIs(undefined);
    await desk.close();
  });

  it('files go both ways, are sent once, and open for nobody else', async () => {
    const [visitor, stranger] = [await openVisitor(house.url, site), await openVisitor(house.url, site)];
    const photo = await visitor.upload('../lamp.png', Buffer.from('a picture'), 'image/png');
    assert.deepEqual([photo.status, photo.body.filename, photo.body.mediaType, photo.body.bytes], [201, 'lamp.png', 'image/png', 9]);
    assert.equal(await stranger.send('Mine?', newId(), [photo.body.id]).then(({ status }) => status), 400, 'a file of somebody else');
    const clientId = newId();
    const sent = await visitor.send('', clientId, [photo.body.id]);
    assert.equal(sent.status, 201);
    assert.deepEqual(sent.body.files.map(({ filename }) => filename), ['lamp.png']);
    assert.equal((await visitor.send('', clientId, [photo.body.id])).body.id, sent.body.id, 'the same once more is the same');
    const row = (await agent.client.cases.list({ query: { inbox: inboxId } })).items.find(({ subject }) => subject === 'lamp.png') ?? assert.fail('a case');
    const [message] = await messagesOf(row.id);
    const [file] = message?.attachments ?? [];
    assert.equal(await (await agent.client.cases.download({ params: { caseId: row.id, attachmentId: file?.id ?? '' }, query: {} })).text(), 'a picture');

    const plan = await agent.client.cases.upload({ params: { caseId: row.id }, query: { filename: 'plan.txt', mediaType: 'text/plain' }, body: Buffer.from('turn it off, card 4111 1111 1111 1111') as never });
    await agent.client.cases.reply({ params: { caseId: row.id }, body: { text: 'Like this', attachmentIds: [plan.id] } });
    const answer = (await visitor.read()).at(-1);
    assert.deepEqual(answer?.files.map(({ filename }) => filename), ['plan.txt']);
    const fileId = answer?.files[0]?.id ?? '';
    assert.match(String(await visitor.download(fileId)), /^turn it off, card .*1111$/);
    assert.equal(await stranger.download(fileId), undefined);
    const noted = await agent.client.cases.upload({ params: { caseId: row.id }, query: { filename: 'inside.txt', mediaType: 'text/plain' }, body: Buffer.from('for us') as never });
    await agent.client.cases.addNote({ params: { caseId: row.id }, body: { text: 'Look', attachmentIds: [noted.id] } });
    assert.equal(await visitor.download(noted.id), undefined, 'a file of a note is not the visitor’s');
  });

  it('nobody fills the store: ten files wait at most, and what is never sent goes after a day', async () => {
    const visitor = await openVisitor(house.url, site);
    for (let count = 0; count < 10; count += 1) assert.equal((await visitor.upload(`${count}.txt`, Buffer.from(`number ${count}`))).status, 201);
    assert.equal((await visitor.upload('eleven.txt', Buffer.from('eleven'))).status, 422);
    const noKey = await fetch(`${house.url}/api/v1/chat/${site}/files?filename=x`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: 'x' });
    assert.equal(noKey.status, 401);
    assert.equal((await visitor.upload('large.bin', Buffer.alloc(10 * 1024 * 1024 + 1))).status, 413);
    await house.asSystem((ctx) => ctx.tx.run(`update chat_file set created_at = created_at - interval '25 hours'`));
    await tidyVisitors.run(house.platform, undefined as never);
    assert.deepEqual(await house.asSystem((ctx) => ctx.tx.run('select 1 from chat_file')), []);
  });

  it('a visitor sees that their words have been read, also when they come back', async () => {
    const visitor = await openVisitor(house.url, site);
    const { body } = await visitor.send('Did you see this?');
    const row = await caseOf('Did you see this?');
    const panel = await panelOf(visitor.key);
    await panel.gets('Did you see this?');
    const readUpTo = (who: Panel) => until(async () => who.heard.flatMap((told) => (told.type === 'read' ? [told.upTo] : [])).at(-1));
    await agent.client.cases.markRead({ params: { caseId: row.id }, body: { entryId: body.id } });
    assert.equal(await readUpTo(panel), body.id);
    assert.equal(await readUpTo(await panelOf(visitor.key, undefined, otherHouse.url)), body.id);
  });

  it('whoever is gone gets the answer as a mail with what was said, and both ways stay one case', async () => {
    const { client } = agent;
    const mail = await client.inboxes.create({ body: { channel: 'email', name: 'Shop by mail', settings: { address: 'shop@company.test' } } });
    const chat = await client.inboxes.create({ body: { channel: 'chat', name: 'Second shop', settings: { title: 'Ask us', mailInboxId: mail.id } } });
    const address = 'emil@elsewhere.test';
    const emil = await openVisitor(house.url, chat.address, { name: 'Emil', email: address });
    await emil.send('My lamp flickers.');
    const [row] = (await client.cases.list({ query: { inbox: chat.id } })).items;
    const params = { caseId: row?.id ?? assert.fail('a case') };
    await client.cases.reply({ params, body: { text: 'Which one is it?' } });
    await emil.send('The blue one.');
    const before = await client.cases.get({ params });
    assert.deepEqual([before.answersBy, before.replyTo.map((one) => one.address), before.fromAddress.address], [['chat', 'email'], [address], 'shop@company.test']);

    await client.cases.reply({ params, body: { text: 'We send you a new switch.', to: [address] } });
    const sent = await until(async () => (await client.mailbox.listMails({ params: { address } })).items.at(-1));
    assert.match(sent.text, /^We send you a new switch\.\n/);
    assert.match(sent.text, /Our chat of[^]*> \d\d:\d\d Emil\n> My lamp flickers\.[^]*> Which one is it\?[^]*> The blue one\./);
    assert.deepEqual((await emil.read()).map(({ text }) => text), ['My lamp flickers.', 'Which one is it?', 'The blue one.'], 'a mail is no part of the chat');

    await client.mailbox.write({ body: { from: address, inboxId: mail.id, subject: `Re: ${sent.subject}`, text: 'Thank you!', inReplyTo: sent.id } });
    await until(async () => ((await messagesOf(params.caseId)).length === 5 ? true : undefined));
    assert.deepEqual((await messagesOf(params.caseId)).map(({ channel }) => channel), ['chat', 'chat', 'chat', 'email', 'email']);
    const after = await client.cases.get({ params });
    assert.deepEqual([after.answersBy, after.replyTo.map((one) => one.address)], [['email', 'chat'], [address]]);
    await client.cases.reply({ params, body: { text: 'You are welcome here, too.' } });
    assert.equal((await emil.read()).at(-1)?.text, 'You are welcome here, too.');

    const other = await openVisitor(house.url, site, { email: 'una@elsewhere.test' });
    await other.send('Only here, please');
    const { id } = await caseOf('Only here, please');
    assert.deepEqual((await client.cases.get({ params: { caseId: id } })).answersBy, ['chat']);
    const problem = await refused(client.cases.reply({ params: { caseId: id }, body: { text: 'By mail', to: ['una@elsewhere.test'] } }), 'nobody_to_answer');
    assert.match(problem.detail ?? '', /settings of the chat/);
  });

  it('an answer that nobody comes back for goes out as a mail by itself, once, and only where it can', async () => {
    const { client } = agent;
    const mail = await client.inboxes.create({ body: { channel: 'email', name: 'By mail', settings: { address: 'later@company.test' } } });
    const chat = await client.inboxes.create({ body: { channel: 'chat', name: 'Third shop', settings: { title: 'Ask us', mailInboxId: mail.id } } });
    const laterPlatform = { ...house.platform, clock: { now: () => new Date(Date.now() + 6 * 60_000) } };
    const mails = async (address: string) => (await client.mailbox.listMails({ params: { address } })).items.map(({ text }) => text);
    const ask = async (who: { name: string; email?: string }) => {
      const visitor = await openVisitor(house.url, chat.address, who);
      await visitor.send(`I am ${who.name}`);
      const row = await until(async () => (await client.cases.list({ query: { inbox: chat.id } })).items.find(({ preview }) => preview === `I am ${who.name}`));
      return { visitor, caseId: row.id, answer: (text: string) => client.cases.reply({ params: { caseId: row.id }, body: { text } }) };
    };
    const [gone, here, nameless] = [await ask({ name: 'Gone', email: 'gone@elsewhere.test' }), await ask({ name: 'Here', email: 'here@elsewhere.test' }), await ask({ name: 'Nameless' })];
    const panel = await openPanel(house.url, chat.address, here.visitor.key);
    panels.push(panel);
    for (const one of [gone, here, nameless]) await one.answer('It is on its way.');
    const got = await panel.gets('It is on its way.');
    panel.say({ type: 'got', id: got.id });
    await until(async () => ((await messagesOf(here.caseId)).at(-1)?.delivery?.state === 'delivered' ? true : undefined));
    await gone.answer('It comes tomorrow.');
    const waits = () => house.asSystem((ctx) => ctx.tx.run<{ id: string }>('select id from chat_visitor where answer_waits_since is not null and id = any($1)', [[gone, here, nameless].map(({ visitor }) => visitor.id)]));
    await until(async () => ((await waits()).length === 3 ? true : undefined));
    await Promise.all([answerByMail.run(laterPlatform, undefined as never), answerByMail.run(laterPlatform, undefined as never)]);
    const [text] = await until(async () => ((await mails('gone@elsewhere.test')).length > 0 ? mails('gone@elsewhere.test') : undefined));
    assert.match(text ?? '', /^It is on its way\.\s+It comes tomorrow\.[^]*I am Gone/);
    await answerByMail.run(laterPlatform, undefined as never);
    assert.deepEqual([(await mails('gone@elsewhere.test')).length, await mails('here@elsewhere.test'), (await messagesOf(nameless.caseId)).map(({ channel }) => channel)], [1, [], ['chat', 'chat']]);
    assert.deepEqual([await waits(), (await client.cases.get({ params: { caseId: gone.caseId } })).status], [[], 'pending']);
    const back = await openPanel(house.url, chat.address, gone.visitor.key);
    panels.push(back);
    await back.gets('It comes tomorrow.');
    assert.deepEqual(back.messages.map((message) => message.text), ['I am Gone', 'It is on its way.', 'It comes tomorrow.'], 'the chat says it once');
    await gone.answer('Did it come?');
    await back.gets('Did it come?');
    assert.equal((await client.ledger.summary()).isBalanced, true);
  });

  it('a visitor sees no note, no mail of the same case, and nobody else’s chat', async () => {
    const [ida, emil] = [await openVisitor(house.url, site), await openVisitor(house.url, site)];
    await ida.send('Something private');
    await emil.send('Something else');
    const row = await caseOf('Something private');
    await agent.client.cases.addNote({ params: { caseId: row.id }, body: { text: 'Careful with this one.' } });
    await agent.client.cases.reply({ params: { caseId: row.id }, body: { text: 'Of course.' } });
    assert.deepEqual((await ida.read()).map(({ text }) => text), ['Something private', 'Of course.']);
    assert.deepEqual((await emil.read()).map(({ text }) => text), ['Something else']);
    const other = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Other shop', settings: { title: 'Ask here' } } });
    const answer = await fetch(`${house.url}/api/v1/chat/${other.address}/messages`, { headers: { authorization: `Visitor ${ida.key}` } });
    assert.equal(answer.status, 401, 'a key of another site opens nothing');
    assert.equal((await fetch(`${house.url}/api/v1/chat/${site}/messages`)).status, 401);
    const stranger = await openPanel(house.url, site, `${ida.key.slice(0, -1)}_`);
    assert.equal(await stranger.closed, 4001);
    assert.deepEqual(stranger.heard, [{ type: 'unknown' }]);
  });

  it('a rule answers in the chat as it does by mail, and a panel that says it twice has told nothing new', async () => {
    const { client } = agent;
    const folder = await client.macros.createFolder({ body: { name: 'Chat', audience: 'everyone' } });
    const greeting = await client.macros.create({ body: { name: 'Greeting', folderId: folder.id, content: { texts: [{ text: 'Somebody will be with you in a moment.' }], actions: {} } } });
    const rule = await client.rules.create({ body: { name: 'Greet', isOn: true, content: { trigger: { on: 'event', event: 'case.created' }, groups: [{ match: 'all', conditions: [{ fact: 'inbox', test: 'is', values: [inboxId] }] }], actions: { replyWith: greeting.id } } } });
    const visitor = await openVisitor(house.url, site);
    const panel = await panelOf(visitor.key);
    await visitor.send('Is anybody there?');
    const { id, from } = await panel.gets('Somebody will be with you in a moment.');
    assert.equal(from, 'desk');
    for (let i = 0; i < 3; i += 1) panel.say({ type: 'seen', id });
    const row = await caseOf('Is anybody there?');
    await until(async () => ((await messagesOf(row.id)).find((message) => message.id === id)?.delivery?.state === 'read' ? true : undefined));
    assert.ok((await caseOf('Is anybody there?')).waitingSince, 'the visitor goes on waiting');
    await client.rules.remove({ params: { ruleId: rule.id } });
  });

  it('whoever opened a chat and never wrote is forgotten after a day', async () => {
    const [silent, talking] = [await openVisitor(house.url, site), await openVisitor(house.url, site)];
    await talking.send('I am here');
    await house.asSystem((ctx) => ctx.tx.run(`update chat_visitor set last_seen_at = now() - interval '2 days' where account_id = $1 and id = any($2)`, [ctx.accountId, [silent.id, talking.id]]));
    await tidyVisitors.run(house.platform, undefined as never);
    assert.deepEqual([(await silent.send('Hello?')).status, (await talking.send('Still here')).status], [401, 201]);
  });

  it('a card number is masked before anything is stored', async () => {
    const visitor = await openVisitor(house.url, site, { name: 'Card 4111 1111 1111 1111' });
    const { body } = await visitor.send('My card is 4111 1111 1111 1111, why was it charged?');
    assert.equal(body.text, 'My card is **** **** **** 1111, why was it charged?');
    const row = await caseOf(body.text);
    assert.doesNotMatch(JSON.stringify([row, await messagesOf(row.id)]), /4111 1111/);
  });

  it('what comes after the case has ended begins one that follows it, and the conversation goes on', async () => {
    const visitor = await openVisitor(house.url, site);
    await visitor.send('The first matter');
    const row = await caseOf('The first matter');
    await agent.client.cases.reply({ params: { caseId: row.id }, body: { text: 'Done.', thenStatus: 'resolved' } });
    await agent.client.cases.update({ params: { caseId: row.id }, body: { status: 'closed' } });
    await visitor.send('Another matter');
    await visitor.send('And one more word on it');
    const next = await caseOf('And one more word on it');
    assert.notEqual(next.id, row.id);
    assert.equal((await messagesOf(next.id)).length, 2);
    await agent.client.cases.reply({ params: { caseId: next.id }, body: { text: 'Gladly.' } });
    assert.deepEqual((await visitor.read()).map(({ text }) => text), ['The first matter', 'Done.', 'Another matter', 'And one more word on it', 'Gladly.']);
  });

  it('after a merge the conversation goes on where the case went', async () => {
    const visitor = await openVisitor(house.url, site);
    await visitor.send('About the green one');
    const row = await caseOf('About the green one');
    const mailInbox = await agent.client.inboxes.create({ body: { channel: 'email', name: 'Mail', settings: { address: `mail-${newId().slice(-6)}@shop.test` } } });
    const begun = await agent.client.cases.create({ body: { inboxId: mailInbox.id, customer: { email: 'ida@elsewhere.test' }, subject: 'The green one, by mail', note: 'She called.' } });
    await house.asSystem((ctx) => ctx.tx.run('update cases set customer_id = $3 where account_id = $1 and id = $2', [ctx.accountId, begun.id, row.customer.id]));
    await agent.client.moving.merge({ params: { caseId: row.id }, body: { intoCaseId: begun.id } });
    await visitor.send('Still there?');
    assert.deepEqual((await messagesOf(begun.id)).map(({ text }) => text), ['About the green one', 'Still there?']);
    assert.deepEqual((await visitor.read()).map(({ text }) => text), ['About the green one', 'Still there?']);
  });

  it('a chat asks for what it is set to ask for, and is no longer there when it is switched off', async () => {
    const strict = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Strict', settings: { title: 'Hello', asks: { name: 'required', email: 'no' } } } });
    await assert.rejects(openVisitor(house.url, strict.address, {}), /422.*your name/s);
    await openVisitor(house.url, strict.address, { name: 'Ida' });
    await agent.client.inboxes.update({ params: { inboxId: strict.id }, body: { isEnabled: false } });
    assert.equal((await fetch(`${house.url}/api/v1/chat/${strict.address}`)).status, 404);
    const changed = await agent.client.inboxes.update({ params: { inboxId: strict.id }, body: { isEnabled: true, settings: chatInboxSettings.parse({ title: 'Hello again', origins: ['https://shop.example/'] }) } });
    assert.equal(changed.address, strict.address, 'the key in the pages stays');
    assert.deepEqual(changed.settings['origins'], ['https://shop.example']);
  });
});
