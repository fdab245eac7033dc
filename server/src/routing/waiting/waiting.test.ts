import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { builtInRoles } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { linesOf, type TestLines } from '../../../testing/lines.ts';
import { getCase, mergeCustomers, receive, undoCustomerMerge, updateCase } from '../../cases/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { endWork, enqueue, enqueueCase, findStanding, getStanding, leaveLine } from './enqueue.ts';
import { longerThanUsual, reportEstimates } from './estimate.ts';
import { followCases, followCustomers } from './follow-case.ts';
import { acceptOffer, declineOffer, finishWork, listOwnWork, pullNext, pullWork, reassignWork } from './in-hand.ts';
import { removeQueue, restoreQueue, setQueueOpen, updateQueue } from './queues.ts';
import { getWall, listLine } from './wall.ts';

let desk: TestDesk;
let lines: TestLines;
let anna: TestAgent;
let ben: TestAgent;
let carla: TestAgent;
before(async () => {
  desk = await openTestDesk();
  lines = linesOf(desk);
  anna = await desk.agent({ name: 'Anna' });
  ben = await desk.agent({ name: 'Ben' });
  carla = await desk.agent({ name: 'Carla' });
});
after(() => desk.close());
beforeEach(() => lines.clear());

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const seconds = (count: number) => desk.clock.forward({ seconds: count });
const accept = async (agent: TestAgent) => {
  const offer = await lines.offerOf(agent);
  return agent.does((ctx) => acceptOffer(ctx, offer?.id ?? assert.fail('nothing is offered')));
};
const decline = async (agent: TestAgent) => {
  const offer = await lines.offerOf(agent);
  return agent.does((ctx) => declineOffer(ctx, offer?.id ?? assert.fail('nothing is offered')));
};
const hasCode = async (work: Promise<unknown>, code: string) => assert.rejects(work, refused(code));

test('who waits is offered to whoever has been idle for longest, taken, and finished', async () => {
  const queue = await lines.queue();
  await lines.be(ben, 'available');
  seconds(30);
  await lines.be(anna, 'available');
  const { item, estimate } = await lines.join(queue);
  assert.deepEqual([item.state, estimate?.position], ['waiting', 1]);
  assert.deepEqual([await lines.settle(), await lines.settle()], [1, 0]);
  const { offers } = await ben.does((ctx) => listOwnWork(ctx));
  assert.deepEqual(offers.map((offer) => [offer.item.id, Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt)]), [[item.id, 20_000]]);
  seconds(5);
  assert.deepEqual([(await accept(ben)).state, (await ben.does((ctx) => listOwnWork(ctx))).items.length], ['taken', 1]);
  seconds(60);
  const done = await ben.does((ctx) => finishWork(ctx, item.id));
  assert.deepEqual([done.state, done.agentId, Date.parse(done.endedAt ?? '') - Date.parse(done.takenAt ?? '')], ['done', ben.id, 60_000]);
  await hasCode(ben.does((ctx) => finishWork(ctx, item.id)), 'work_over');
  const second = await lines.join(queue);
  await lines.settle();
  assert.deepEqual(await lines.states(second), ['offered Anna'], 'it is her turn now');
});

test('a case that is taken is its agent’s from then on, in the team of the queue', async () => {
  const teamId = await desk.team();
  const eva = await desk.agent({ name: 'Eva', scope: 'team', teamIds: [teamId] });
  const queue = await lines.queue({ teamId });
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  await lines.be(eva, 'available');
  await lines.join(queue, { channel: 'email', caseId });
  await lines.settle();
  await accept(eva);
  const { assignee, team } = await desk.asSystem((ctx) => getCase(ctx, caseId));
  assert.deepEqual([assignee?.id, team?.id], [eva.id, teamId]);
});

test('nobody is asked for a case of a team they do not see, and everybody who sees all is', async () => {
  const queue = await lines.queue();
  const outside = await desk.agent({ name: 'Otto', scope: 'team', teamIds: [await desk.team()] });
  const reader = await desk.agent({ name: 'Rita', permissions: ['case.read'] });
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  for (const agent of [outside, reader]) await lines.be(agent, 'available');
  const waiting = await lines.join(queue, { caseId });
  await lines.settle();
  assert.deepEqual(await lines.states(waiting), ['waiting']);
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(waiting), ['offered Anna']);
});

test('priority counts as minutes of waiting, over all queues, so whoever waits long enough comes first', async () => {
  const [plain, urgent] = [await lines.queue(), await lines.queue({ priority: 5 })];
  const old = await lines.join(plain);
  seconds(240);
  const important = await lines.join(plain, { priority: 3 });
  const inUrgent = await lines.join(urgent);
  seconds(120);
  const later = await lines.join(urgent, { priority: 2 });
  const order: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    await lines.be(anna, 'available');
    await lines.settle();
    order.push((await accept(anna)).id);
    await anna.does((ctx) => finishWork(ctx, order[i] ?? ''));
  }
  // As if they had come at 0:00, 1:00, −1:00 and −1:00 of the first.
  assert.deepEqual(order, [inUrgent, later, old, important].map(({ item }) => item.id));
});

test('a change of the queue’s priority holds for who is in line already', async () => {
  const [first, second] = [await lines.queue(), await lines.queue()];
  await lines.join(first);
  seconds(30);
  const late = await lines.join(second);
  await desk.asSystem((ctx) => updateQueue(ctx, { ...second, queueId: second.id, priority: 1 }));
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(late), ['offered Anna']);
});

test('an expert is waited for, then whoever comes close, then anybody', async () => {
  const skillId = await lines.newSkill();
  await lines.skill(ben, skillId, 2);
  await lines.skill(carla, skillId, 4);
  const queue = await lines.queue({ skills: [{ skillId, level: 4, steps: [{ afterSeconds: 60, level: 2 }, { afterSeconds: 120, level: 0 }] }] });
  for (const agent of [anna, ben]) await lines.be(agent, 'available');
  const [one, two, three] = [await lines.join(queue), await lines.join(queue), await lines.join(queue)];
  await lines.settle();
  assert.deepEqual(await lines.states(one, two), ['waiting', 'waiting']);
  await lines.be(carla, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(one, two), ['offered Carla', 'waiting']);
  seconds(60);
  await lines.be(carla, 'offline');
  await lines.settle();
  assert.deepEqual(await lines.states(one, two), ['offered Ben', 'waiting'], 'it went back to the front, and Ben will do by now');
  seconds(60);
  await lines.be(ben, 'offline');
  await lines.settle();
  assert.deepEqual(await lines.states(one, two, three), ['offered Anna', 'waiting', 'waiting']);
});

test('behind many whom nobody fits, those are found who have waited for a step longer, who ask for less, and who know somebody', async () => {
  const skillId = await lines.newSkill();
  const queue = await lines.queue({ skills: [{ skillId, level: 3, steps: [{ afterSeconds: 100, level: 0 }] }], preferredSeconds: 0, acceptSeconds: 0 });
  const plain = await lines.queue({ acceptSeconds: 0 });
  await lines.capacity(anna, 3, 0);
  // As old as the youngest would be with ten minutes of priority, but not as urgent: they stand behind and have waited longer.
  const patient = await lines.join(queue);
  seconds(99);
  for (let i = 0; i < 130; i += 1) await lines.join(queue, { priority: 10 });
  const known = await lines.join(queue, { preferredAgentId: anna.id });
  const easy = await lines.join(plain);
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(known, easy, patient), ['taken Anna', 'taken Anna', 'waiting']);
  seconds(1);
  await lines.settle();
  assert.deepEqual(await lines.states(patient), ['taken Anna']);
});

test('a skill that was removed is asked of nobody', async () => {
  const skillId = await lines.newSkill();
  const queue = await lines.queue({ skills: [{ skillId, level: 3 }] });
  const waiting = await lines.join(queue);
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(waiting), ['waiting']);
  await desk.asSystem((ctx) => ctx.tx.run('delete from skill where account_id = $1', [ctx.accountId]));
  await lines.settle();
  assert.deepEqual(await lines.states(waiting), ['offered Anna']);
});

test('who knows the customer is waited for a while, and only while they are there', async () => {
  const queue = await lines.queue({ preferredSeconds: 60 });
  await lines.be(anna, 'available');
  await lines.be(ben, 'wrap_up');
  const [forBen, forCarla] = [await lines.join(queue, { preferredAgentId: ben.id }), await lines.join(queue, { preferredAgentId: carla.id })];
  await lines.settle();
  assert.deepEqual(await lines.states(forBen, forCarla), ['waiting', 'offered Anna']);
  await accept(anna);
  seconds(59);
  await lines.settle();
  assert.deepEqual(await lines.states(forBen), ['waiting']);
  seconds(1);
  await lines.settle();
  assert.deepEqual(await lines.states(forBen), ['offered Anna']);
});

test('one call or visit fills an agent, chats and mails have places of their own', async () => {
  const queue = await lines.queue({ acceptSeconds: 0 });
  await lines.capacity(anna, 2, 1);
  const joined = async (channel: 'chat' | 'email', load?: string) => {
    const standing = await lines.join(queue, { channel });
    if (load) await desk.asSystem((ctx) => ctx.tx.run('update work_item set load = $3 where account_id = $1 and id = $2', [ctx.accountId, standing.item.id, load]));
    return standing;
  };
  const [mail, chat, second, third, otherMail] = [await joined('email'), await joined('chat'), await joined('chat'), await joined('chat'), await joined('email')];
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(mail, chat, second, third, otherMail), ['taken Anna', 'taken Anna', 'taken Anna', 'waiting', 'waiting']);
  const call = await joined('chat', 'whole');
  await lines.settle();
  assert.deepEqual(await lines.states(call), ['waiting'], 'nobody is called while they chat');
  for (const { item } of [chat, second]) await anna.does((ctx) => finishWork(ctx, item.id));
  await anna.does((ctx) => pullWork(ctx, queue.id)).then(({ id }) => anna.does((ctx) => finishWork(ctx, id)));
  await lines.settle();
  assert.deepEqual(await lines.states(call, mail), ['taken Anna', 'taken Anna'], 'a mail that lies open hinders no call');
  await anna.does((ctx) => finishWork(ctx, mail.item.id));
  await lines.settle();
  assert.deepEqual(await lines.states(otherMail), ['waiting'], 'and during the call nothing comes');
  await hasCode(anna.does((ctx) => pullWork(ctx, queue.id)), 'hands_full');
});

test('what is not answered goes back to its place with its age, and who did not answer is away', async () => {
  const queue = await lines.queue({ acceptSeconds: 20 });
  await lines.be(anna, 'available');
  const waiting = await lines.join(queue);
  await lines.settle();
  const offer = await lines.offerOf(anna);
  seconds(5);
  const later = await lines.join(queue);
  seconds(15);
  await hasCode(anna.does((ctx) => acceptOffer(ctx, offer?.id ?? '')), 'offer_over');
  await lines.be(ben, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(waiting, later), ['offered Ben', 'waiting']);
  const { item } = await desk.asSystem((ctx) => getStanding(ctx, waiting.item.id));
  assert.equal(item.since, waiting.item.since);
  const [presence] = await desk.asSystem((ctx) => ctx.tx.run<{ state: string }>('select state from presence where account_id = $1 and agent_id = $2', [ctx.accountId, anna.id]));
  assert.equal(presence?.state, 'away');
  const [change] = await desk.asSystem((ctx) => ctx.tx.run<{ cause: string }>('select cause from presence_change where account_id = $1 and agent_id = $2 order by id desc limit 1', [ctx.accountId, anna.id]));
  assert.equal(change?.cause, 'no_answer');
});

test('who declines is not asked for the same for a minute, and is for what comes next', async () => {
  const queue = await lines.queue();
  await lines.be(anna, 'available');
  const [one, two] = [await lines.join(queue), await lines.join(queue)];
  await lines.settle();
  await decline(anna);
  await lines.settle();
  assert.deepEqual(await lines.states(one, two), ['waiting', 'offered Anna']);
  await decline(anna);
  seconds(60);
  await lines.settle();
  assert.deepEqual(await lines.states(one, two), ['offered Anna', 'waiting']);
  await hasCode(ben.does(async (ctx) => declineOffer(ctx, (await lines.offerOf(anna))?.id ?? '')), 'not_found');
});

test('what an agent had who is gone goes back with its age, at once or when their queue says so', async () => {
  const [chats, letters] = [await lines.queue({ acceptSeconds: 0 }), await lines.queue({ acceptSeconds: 0, offlineSeconds: 3600 })];
  await lines.be(anna, 'available');
  const [chat, mail] = [await lines.join(chats), await lines.join(letters, { channel: 'email' })];
  await lines.settle();
  assert.deepEqual(await lines.states(chat, mail), ['taken Anna', 'taken Anna']);
  seconds(300);
  const newer = await lines.join(chats);
  await lines.be(anna, 'offline');
  await lines.settle();
  assert.deepEqual(await lines.states(chat, mail), ['waiting', 'taken Anna']);
  assert.equal((await desk.asSystem((ctx) => getStanding(ctx, chat.item.id))).estimate?.position, 1);
  assert.equal((await desk.asSystem((ctx) => getStanding(ctx, newer.item.id))).estimate?.position, 2);
  seconds(3600);
  await lines.settle();
  assert.deepEqual(await lines.states(mail), ['waiting']);
});

test('what a disabled agent had goes back at once', async () => {
  const dora = await desk.agent({ name: 'Dora' });
  const queue = await lines.queue({ acceptSeconds: 0, offlineSeconds: 3600 });
  await lines.be(dora, 'available');
  const mail = await lines.join(queue, { channel: 'email' });
  await lines.settle();
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, dora.id]));
  await lines.settle();
  assert.deepEqual(await lines.states(mail), ['waiting']);
});

test('a closed or full queue takes nobody new, or hands on to the next, and serves who is in line', async () => {
  const spare = await lines.queue({ name: 'Spare' });
  const queue = await lines.queue({ maxLength: 1, overflowQueueId: spare.id });
  const [first, second] = [await lines.join(queue), await lines.join(queue)];
  assert.deepEqual([first.item.queueId, second.item.queueId], [queue.id, spare.id]);
  await desk.asSystem((ctx) => setQueueOpen(ctx, queue.id, false));
  assert.equal((await lines.join(queue)).item.queueId, spare.id);
  await desk.asSystem((ctx) => setQueueOpen(ctx, spare.id, false));
  await hasCode(lines.join(queue), 'queue_closed');
  await lines.be(anna, 'available');
  await lines.settle();
  assert.deepEqual(await lines.states(first), ['offered Anna']);
  const lonely = await lines.queue({ maxLength: 1 });
  await lines.join(lonely);
  await hasCode(lines.join(lonely), 'queue_full');
});

test('by its calendar a queue is closed, and says when it opens', async () => {
  const calendarId = await desk.asSystem(async (ctx) => {
    const id = crypto.randomUUID();
    const closed: unknown[] = [];
    await ctx.tx.run('insert into calendar (account_id, id, name, hours, version, updated_at) values ($1, $2, $3, $4, 1, now())', [
      ctx.accountId, id, id, JSON.stringify({ timeZone: 'UTC', week: [closed, [{ from: '08:00', until: '18:00' }], closed, closed, closed, closed, closed], specialDays: [], lastDay: null }),
    ]);
    return id;
  });
  const queue = await lines.queue({ calendarId });
  desk.clock.moveTo(new Date('2026-03-09T12:00:00Z'));
  await assert.rejects(lines.join(queue), (error) => error instanceof Refusal && error.extra?.['opensAt'] === '2026-03-10T08:00:00.000Z');
  desk.clock.moveTo(new Date('2026-03-10T17:59:59Z'));
  const waiting = await lines.join(queue);
  seconds(10);
  assert.deepEqual((await desk.asSystem((ctx) => getStanding(ctx, waiting.item.id))).estimate, { position: 1, lowSeconds: null, highSeconds: null, basis: { method: 'closed', handledSeconds: null, samples: 0, serving: 0 }, longer: null, opensAt: '2026-03-17T08:00:00.000Z' });
});

test('who has waited too long moves on once, as old as they are, or their channel is told', async () => {
  const second = await lines.queue({ priority: 1 });
  const [first, alone] = [await lines.queue({ overflowSeconds: 60, overflowQueueId: second.id }), await lines.queue({ overflowSeconds: 60 })];
  const [moved, told] = [await lines.join(first, { priority: 2 }), await lines.join(alone)];
  seconds(59);
  await lines.settle();
  assert.equal((await desk.asSystem((ctx) => getStanding(ctx, moved.item.id))).item.queueId, first.id);
  seconds(1);
  await lines.settle();
  await lines.settle();
  const { item } = await desk.asSystem((ctx) => getStanding(ctx, moved.item.id));
  assert.deepEqual([item.queueId, item.since], [second.id, moved.item.since]);
  const heard = await desk.asSystem((ctx) => ctx.tx.run<{ item: string }>(`select payload->>'itemId' as item from event where topic = 'work.overdue'`));
  assert.deepEqual(heard.map((each) => each.item), [told.item.id]);
});

test('the same waits once, and who goes is not offered any more', async () => {
  const queue = await lines.queue();
  const one = await lines.join(queue, { key: 'conversation 1' });
  assert.equal((await lines.join(queue, { key: 'conversation 1' })).item.id, one.item.id);
  await lines.be(anna, 'available');
  await lines.settle();
  await desk.asSystem((ctx) => endWork(ctx, 'conversation 1'));
  assert.deepEqual([await lines.states(one), await lines.offerOf(anna), await desk.asSystem((ctx) => findStanding(ctx, 'conversation 1'))], [['left'], undefined, undefined]);
  const again = await lines.join(queue, { key: 'conversation 1' });
  assert.notEqual(again.item.id, one.item.id);
  await desk.asSystem((ctx) => leaveLine(ctx, again.item.id));
  await hasCode(desk.asSystem((ctx) => leaveLine(ctx, again.item.id)), 'work_over');
});

test('an agent takes the next by themselves, also when they are away, and nothing that is kept for somebody else', async () => {
  const queue = await lines.queue({ preferredSeconds: 60 });
  await lines.be(ben, 'wrap_up');
  await lines.join(queue, { preferredAgentId: ben.id });
  await hasCode(anna.does((ctx) => pullWork(ctx, queue.id)), 'nothing_waits');
  await lines.be(anna, 'away');
  const open = await lines.join(queue);
  assert.equal((await anna.does((ctx) => pullWork(ctx, queue.id))).id, open.item.id);
});

test('work goes to a colleague or into another line with its age, and to nobody whose hands are full', async () => {
  const [queue, other] = [await lines.queue({ acceptSeconds: 0 }), await lines.queue()];
  const mails = await lines.queue({ channels: ['email'] });
  await lines.be(anna, 'available');
  const chat = await lines.join(queue);
  await lines.settle();
  await lines.be(ben, 'away');
  await hasCode(anna.does((ctx) => reassignWork(ctx, chat.item.id, { agentId: carla.id })), 'not_a_member');
  await lines.capacity(ben, 0, 1);
  await hasCode(anna.does((ctx) => reassignWork(ctx, chat.item.id, { agentId: ben.id })), 'hands_full');
  await lines.capacity(ben, 1, 1);
  assert.equal((await anna.does((ctx) => reassignWork(ctx, chat.item.id, { agentId: ben.id }))).agentId, ben.id);
  await hasCode(ben.does((ctx) => reassignWork(ctx, chat.item.id, { queueId: mails.id })), 'invalid_request');
  seconds(100);
  const back = await ben.does((ctx) => reassignWork(ctx, chat.item.id, { queueId: other.id }));
  assert.deepEqual([back.state, back.queueId, back.since, back.agentId], ['waiting', other.id, chat.item.since, null]);
  const plain = await desk.agent({ name: 'Paul', permissions: ['case.read', 'case.reply', 'case.assign'] });
  await hasCode(plain.does((ctx) => reassignWork(ctx, chat.item.id, { agentId: ben.id })), 'not_found');
});

test('work ends with its case, and a letter also when the customer is to write next', async () => {
  const queue = await lines.queue({ acceptSeconds: 0 });
  await lines.be(anna, 'available');
  const caseOf = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
  const [first, second, third] = [await caseOf(), await caseOf(), await caseOf()];
  const [mail, chat, waiting] = [await lines.join(queue, { channel: 'email', caseId: first }), await lines.join(queue, { caseId: second }), await lines.join(await lines.queue({ teamId: await desk.team() }), { caseId: third })];
  await lines.settle();
  for (const caseId of [first, second]) await desk.asSystem((ctx) => updateCase(ctx, caseId, { status: 'pending' }));
  await desk.asSystem((ctx) => updateCase(ctx, third, { status: 'resolved' }));
  const hear = (caseId: string) => desk.asSystem((ctx) => followCases.handle(ctx, { topic: 'case.changed', payload: { caseId } } as never));
  for (const caseId of [first, second, third]) await hear(caseId);
  assert.deepEqual((await lines.states(mail, chat, waiting)).map((each) => each.split(' ')[0]), ['done', 'taken', 'left']);
  await desk.asSystem((ctx) => updateCase(ctx, second, { status: 'resolved' }));
  await hear(second);
  assert.deepEqual(await lines.states(chat), ['done Anna']);
});

test('the told wait comes from how long matters took, and is compared with what came true', async () => {
  const queue = await lines.queue({ acceptSeconds: 0 });
  const start = desk.clock.now();
  await lines.capacity(anna, 1, 1);
  await lines.be(anna, 'available');
  const first = await lines.join(queue);
  assert.deepEqual(first.estimate, { position: 1, lowSeconds: null, highSeconds: null, basis: { method: 'too_few_matters', handledSeconds: null, samples: 0, serving: 1 }, longer: null, opensAt: null });
  for (let i = 0; i < 6; i += 1) {
    await lines.settle();
    seconds(100);
    for (const { id } of (await anna.does((ctx) => listOwnWork(ctx))).items) await anna.does((ctx) => finishWork(ctx, id));
    await lines.join(queue);
  }
  await lines.settle();
  const { estimate } = await lines.join(queue);
  assert.deepEqual(estimate?.basis, { method: 'handling_times', handledSeconds: 100, samples: 6, serving: 1 });
  assert.ok(estimate.position === 1 && (estimate.lowSeconds ?? -1) <= 100 && (estimate.highSeconds ?? 0) >= 100, JSON.stringify(estimate));
  await lines.be(anna, 'away');
  assert.equal((await lines.join(queue)).estimate?.basis.method, 'nobody_there');
  await lines.be(anna, 'available');
  seconds(100);
  for (const { id } of (await anna.does((ctx) => listOwnWork(ctx))).items) await anna.does((ctx) => finishWork(ctx, id));
  await lines.settle();
  const { items } = await desk.asSystem((ctx) => reportEstimates(ctx, { from: start.toISOString(), until: desk.clock.now().toISOString() }));
  const [told] = items;
  assert.ok(told && told.count > 0 && told.inRange === told.count, JSON.stringify(items));
  assert.deepEqual([told.queueId, Math.abs(told.biasSeconds) <= told.errorSeconds], [queue.id, true]);
});

test('the wall shows who waits where and who does what', async () => {
  const queue = await lines.queue({ acceptSeconds: 0 });
  await lines.capacity(anna, 1, 1);
  await lines.be(anna, 'available');
  const [inHand, waiting] = [await lines.join(queue), await lines.join(queue)];
  await lines.settle();
  const wall = await desk.asSystem((ctx) => getWall(ctx));
  assert.deepEqual(wall.queues, [{ queueId: queue.id, name: queue.name, isOpen: true, waiting: 1, offered: 0, taken: 1, longestSince: waiting.item.since, available: 1, counted: 0, inTime: 0, answerWithinSeconds: null }]);
  assert.deepEqual(wall.agents.map(({ name, state, items }) => [name, state, items.map(({ itemId }) => itemId)]), [['Anna', 'available', [inHand.item.id]]]);
  const plain = await desk.agent({ permissions: ['case.read'] });
  await hasCode(plain.does((ctx) => getWall(ctx)), 'not_allowed');
});

test('a queue that something is in is not removed, and one that was comes back', async () => {
  const queue = await lines.queue();
  const { item } = await lines.join(queue);
  await hasCode(desk.asSystem((ctx) => removeQueue(ctx, queue.id)), 'still_in_use');
  await desk.asSystem((ctx) => leaveLine(ctx, item.id));
  const { wayBack } = await desk.asSystem((ctx) => removeQueue(ctx, queue.id));
  await hasCode(lines.join(queue), 'not_found');
  const back = await desk.asSystem((ctx) => restoreQueue(ctx, wayBack ?? ''));
  assert.deepEqual({ ...back, updatedAt: '' }, { ...queue, updatedAt: '' });
  await hasCode(desk.asSystem((ctx) => restoreQueue(ctx, wayBack ?? '')), 'undone_already');
});

test('the wall says of how many within the last hour the promise of their queue was kept; who left before it was due says nothing', async () => {
  const queue = await lines.queue({ answerWithinSeconds: 60, acceptSeconds: 0 });
  const long = await lines.join(queue);
  seconds(3_700);
  await desk.asSystem((ctx) => leaveLine(ctx, long.item.id));
  const [prompt, late, gone, gaveUp] = [await lines.join(queue), await lines.join(queue), await lines.join(queue), await lines.join(queue)];
  seconds(30);
  await desk.asSystem((ctx) => leaveLine(ctx, gone.item.id));
  await lines.be(anna, 'away');
  await desk.asSystem((ctx) => reassignWork(ctx, prompt.item.id, { agentId: anna.id }));
  seconds(60);
  await desk.asSystem((ctx) => leaveLine(ctx, gaveUp.item.id));
  await lines.join(queue);
  const [now] = (await desk.asSystem((ctx) => getWall(ctx))).queues;
  assert.deepEqual([now?.counted, now?.inTime, now?.answerWithinSeconds], [3, 1, 60], 'the prompt one, the one that still waits, and who gave up after a minute');
  await desk.asSystem((ctx) => reassignWork(ctx, late.item.id, { agentId: anna.id }));
  const [later] = (await desk.asSystem((ctx) => getWall(ctx))).queues;
  assert.deepEqual([later?.counted, later?.inTime], [3, 1], 'being taken too late changes nothing');
});

test('whoever looks after some teams sees their lines and people, and of a common line what is theirs to see', async () => {
  const [mine, other] = [await desk.team(), await desk.team()];
  const lead = await desk.agent({ name: 'Lea', scope: 'team', teamIds: [mine], permissions: ['case.read', 'wall.read'] });
  const [tom, uwe] = [await desk.agent({ name: 'Tom', scope: 'team', teamIds: [mine] }), await desk.agent({ name: 'Uwe', scope: 'team', teamIds: [other] })];
  const [hers, theirs, common] = [await lines.queue({ teamId: mine }), await lines.queue({ teamId: other }), await lines.queue()];
  for (const agent of [tom, uwe]) await lines.be(agent, 'away');
  const [here, there] = [await desk.asSystem((ctx) => receive(ctx, desk.mail())), await desk.asSystem((ctx) => receive(ctx, desk.mail()))];
  await desk.asSystem((ctx) => updateCase(ctx, here.caseId, { teamId: mine }));
  await desk.asSystem((ctx) => updateCase(ctx, there.caseId, { teamId: other }));
  await lines.join(theirs);
  const [a, b] = [await lines.join(common, { caseId: here.caseId }), await lines.join(common, { caseId: there.caseId })];
  const wall = await lead.does((ctx) => getWall(ctx));
  assert.deepEqual(Object.fromEntries(wall.queues.map(({ queueId, waiting }) => [queueId, waiting])), { [hers.id]: 0, [common.id]: 1 });
  assert.deepEqual(wall.agents.map(({ name }) => name), ['Tom']);
  assert.deepEqual((await lead.does((ctx) => listLine(ctx, common.id, { limit: 25 }))).items.map(({ id }) => id), [a.item.id]);
  assert.deepEqual((await desk.asSystem((ctx) => listLine(ctx, common.id, { limit: 25 }))).items.map(({ id }) => id), [a.item.id, b.item.id]);
  await hasCode(lead.does((ctx) => listLine(ctx, theirs.id, { limit: 25 })), 'not_found');
});

test('a long line is read page by page in its order, and nobody twice', async () => {
  const queue = await lines.queue();
  const joined: string[] = [];
  for (let i = 0; i < 7; i += 1) {
    joined.push((await lines.join(queue, { key: `page ${i}` })).item.id);
    seconds(1);
  }
  const read: string[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = await desk.asSystem((ctx) => listLine(ctx, queue.id, { limit: 3, ...(cursor ? { cursor } : {}) }));
    read.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  }
  assert.deepEqual(read, joined);
});

test('whoever is done with something of a queue that gives time to finish is in a wrap-up, and asked for nothing until it is over', async () => {
  const queue = await lines.queue({ wrapUpSeconds: 90 });
  await lines.be(anna, 'available');
  await lines.join(queue);
  await lines.settle();
  const { id } = await accept(anna);
  await lines.join(queue);
  await anna.does((ctx) => finishWork(ctx, id));
  assert.deepEqual([await lines.settle(), await lines.offerOf(anna)], [0, undefined]);
  await lines.be(anna, 'available');
  assert.equal(await lines.settle(), 1);
});

test('what waits follows its customer when customers are merged, and parted again', async () => {
  const queue = await lines.queue();
  const [one, two] = [await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: 'one@elsewhere.test' }))), await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: 'two@elsewhere.test' })))];
  const customerOf = async (caseId: string) => (await desk.asSystem((ctx) => getCase(ctx, caseId))).customer.id;
  const [from, into] = [await customerOf(one.caseId), await customerOf(two.caseId)];
  const [onCase, without] = [await lines.join(queue, { caseId: one.caseId, customerId: from }), await lines.join(queue, { customerId: from })];
  const whose = async () => Promise.all([onCase, without].map(async ({ item }) => (await desk.asSystem((ctx) => getStanding(ctx, item.id))).item.customerId));
  const hear = (customerId: string) => desk.asSystem((ctx) => followCustomers.handle(ctx, { topic: 'customer.changed', payload: { customerId, version: 1 } } as never));
  const { mergeId } = await anna.does((ctx) => mergeCustomers(ctx, { customerId: from, intoCustomerId: into }));
  await hear(into);
  await hear(from);
  assert.deepEqual(await whose(), [into, into]);
  await anna.does((ctx) => undoCustomerMerge(ctx, mergeId));
  await hear(from);
  await hear(into);
  assert.equal((await whose())[0], from, 'what hangs on a case goes back with it');
});

test('a wait that is longer than usual says what is most unusual about it', () => {
  const usual = { samples: 50, waitedSeconds: 100, position: 2, serving: 4, handledSeconds: 200 };
  const facts = { ahead: 1, inHand: 4, handledSeconds: 200, samples: 50 };
  const longer = (change: Partial<typeof facts>, serving = 4, low = 400) => longerThanUsual({ low }, { ...facts, ...change }, serving, usual);
  assert.equal(longer({ ahead: 9 }), 'more_waiting');
  assert.equal(longer({}, 1), 'fewer_agents');
  assert.equal(longer({ handledSeconds: 900 }), 'longer_matters');
  assert.equal(longer({ ahead: 9 }, 4, 159), null, 'less than a minute longer is no news');
  assert.equal(longer({ ahead: 9 }, 4, 149), null, 'nor less than half as long again');
  assert.equal(longerThanUsual({ low: 4_000 }, { ...facts, ahead: 99 }, 4, { ...usual, samples: 4 }), null, 'nobody knows what is usual yet');
});

test('the next over all lines is the oldest of any, and what is just being offered before it', async () => {
  const [one, two] = [await lines.queue(), await lines.queue()];
  const first = await lines.join(two);
  seconds(5);
  const second = await lines.join(one);
  await lines.be(anna, 'away');
  await lines.be(ben, 'available');
  assert.equal((await anna.does((ctx) => pullNext(ctx))).id, first.item.id);
  await lines.settle();
  await lines.join(two);
  assert.equal((await ben.does((ctx) => pullNext(ctx))).id, second.item.id);
  assert.equal(await lines.offerOf(ben), undefined);
});

test('a case that an agent put into a line and whose customer writes again waits once, and the channel finds it by its own key', async () => {
  const queue = await lines.queue();
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  const byAgent = await anna.does((ctx) => enqueueCase(ctx, { queueId: queue.id, caseId, priority: 0, skills: [] }));
  const byChannel = await lines.join(queue, { channel: 'email', key: 'conversation 1', caseId });
  assert.equal(byChannel.item.id, byAgent.item.id);
  assert.equal((await desk.asSystem((ctx) => findStanding(ctx, 'conversation 1')))?.item.id, byAgent.item.id);
  const again = await anna.does((ctx) => enqueueCase(ctx, { queueId: queue.id, caseId, priority: 0, skills: [] }));
  assert.equal(again.item.id, byAgent.item.id, 'nor does an agent put it in beside what the channel knows');
});

test('nobody is left behind in a queue that is removed while they come in', async () => {
  const queue = await lines.queue();
  const supervisor = await desk.agent({ name: 'Sue', permissions: builtInRoles.admin.permissions });
  let removing: Promise<unknown> = Promise.resolve();
  await desk.asSystem(async (ctx) => {
    await enqueue(ctx, { queueId: queue.id, channel: 'chat', key: 'just coming' });
    removing = supervisor.does((own) => removeQueue(own, queue.id)).then(() => 'removed', (error: unknown) => (error instanceof Refusal ? error.code : error));
    const isHeldUp = async () => (await desk.platform.database.pool.query(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).rowCount !== 0;
    while (!(await isHeldUp()) && !(await Promise.race([removing.then(() => true), new Promise((resolve) => setTimeout(resolve, 20))])));
  });
  assert.equal(await removing, 'still_in_use');
});
