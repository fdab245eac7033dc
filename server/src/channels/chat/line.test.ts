import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ChatLine } from '@rapport/contract';
import { openPanel, openVisitor, type Panel, type Visitor } from '../../../testing/chat-client.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { clearLine } from './tidy.ts';

describe('a chat in the waiting line', { timeout: 30_000 }, () => {
  let house: TestHouse;
  let agent: SignedIn;
  let site: string;
  let inboxId: string;
  let queueId: string;
  const panels: Panel[] = [];

  const setUp = (mailInboxId: string | null = null) => agent.client.inboxes.update({ params: { inboxId }, body: { name: 'Shop', teamId: house.teamId, settings: { title: 'Ask us', queueId, mailInboxId } } });
  const be = (state: 'available' | 'offline') => agent.client.workforce.setOwnPresence({ body: { state } });

  before(async () => {
    house = await openTestHouse();
    agent = await house.admin();
    const inbox = await agent.client.inboxes.create({ body: { channel: 'chat', name: 'Shop', teamId: house.teamId, settings: { title: 'Ask us' } } });
    [site, inboxId] = [inbox.address, inbox.id];
    queueId = (await agent.client.queues.create({ body: { name: 'Chats', channels: ['chat'], maxLength: 3 } })).id;
    await setUp();
  });
  after(async () => {
    await Promise.all(panels.map((panel) => panel.close()));
    await house.close();
  });
  beforeEach(async () => {
    await house.platform.database.pool.query('delete from rate_limit');
    await house.platform.database.pool.query(`update work_item set state = 'left', ended_at = now(), agent_id = null where state in ('waiting', 'offered', 'taken')`);
    await be('offline');
    await agent.client.queues.setOpen({ params: { queueId }, body: { isOpen: true } });
  });

  const arrive = async (text: string): Promise<{ visitor: Visitor; panel: Panel }> => {
    const visitor = await openVisitor(house.url, site, { name: text });
    await visitor.send(text);
    const panel = await openPanel(house.url, site, visitor.key);
    panels.push(panel);
    return { visitor, panel };
  };
  const lineOf = async <S extends ChatLine['state']>(panel: Panel, state: S, fits: (line: Extract<ChatLine, { state: S }>) => boolean = () => true): Promise<Extract<ChatLine, { state: S }>> => {
    for (;;) {
      const line = panel.heard.findLast((each) => each.type === 'line')?.line;
      if (line?.state === state && fits(line as Extract<ChatLine, { state: S }>)) return line as Extract<ChatLine, { state: S }>;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const offerOf = async () => {
    for (;;) {
      const [offer] = (await agent.client.work.listOwn()).offers;
      if (offer) return offer;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('whoever writes is told their place, moves up when somebody leaves, and sees who takes it', async () => {
    const first = await arrive('I am first');
    const second = await arrive('I am second');
    assert.deepEqual((await lineOf(first.panel, 'waiting')), { state: 'waiting', position: 1, lowSeconds: null, highSeconds: null, method: 'nobody_there', longer: null, opensAt: null });
    await lineOf(second.panel, 'waiting', ({ position }) => position === 2);
    await first.visitor.send('Hello?');
    assert.equal((await agent.client.wall.get()).queues[0]?.waiting, 2, 'who writes again waits once');
    first.panel.say({ type: 'leave' });
    await lineOf(first.panel, 'left');
    const back = await openPanel(house.url, site, first.visitor.key);
    panels.push(back);
    await lineOf(back, 'left');
    await lineOf(second.panel, 'waiting', ({ position }) => position === 1);
    await be('available');
    const offer = await offerOf();
    assert.equal(offer.item.about?.customerName, 'I am second');
    await agent.client.offers.accept({ params: { offerId: offer.id } });
    assert.equal((await lineOf(second.panel, 'taken')).name, agent.name);
    const again = await openPanel(house.url, site, second.visitor.key);
    panels.push(again);
    assert.equal((await lineOf(again, 'taken')).name, agent.name, 'also after a reload');
  });

  it('a line that is closed or full is said so, and what was written is a case all the same', async () => {
    await agent.client.queues.setOpen({ params: { queueId }, body: { isOpen: false } });
    const early = await arrive('Before you open');
    await lineOf(early.panel, 'closed');
    await agent.client.queues.setOpen({ params: { queueId }, body: { isOpen: true } });
    for (const text of ['One', 'Two', 'Three']) await arrive(text);
    const late = await arrive('Four');
    await lineOf(late.panel, 'full');
    assert.deepEqual(new Set((await agent.client.cases.list({ query: { inbox: inboxId } })).items.map((row) => row.preview)).has('Four'), true);
  });

  it('who has gone without a way to be reached leaves the line after a while, and who gave an address keeps their place', async () => {
    await setUp((await agent.client.inboxes.create({ body: { channel: 'email', name: 'Shop by mail', settings: { address: 'shop@company.test' } } })).id);
    const [nameless, reachable, there] = [await arrive('No address'), await arrive('With an address'), await arrive('Still here')];
    await reachable.visitor.send('Please answer me by mail', undefined, [], 'ines@elsewhere.test');
    const late = { ...house.platform, clock: { now: () => new Date(Date.now() + 6 * 60_000) } };
    await house.platform.database.pool.query(`update chat_visitor set here_at = now() + interval '5 minutes' where id = $1`, [there.visitor.id]);
    await clearLine.run(late as never, {} as never);
    const { rows } = await house.platform.database.pool.query<{ state: string; name: string }>(`select w.state, v.name from work_item w join chat_visitor v on w.key = 'visitor:' || v.id where v.id = any($1) order by v.name`, [[nameless, reachable, there].map(({ visitor }) => visitor.id)]);
    assert.deepEqual(rows.map(({ name, state }) => `${name}: ${state}`), ['No address: left', 'Still here: waiting', 'With an address: waiting']);
    await setUp();
  });
});
