import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { AnnouncedEvent, NotificationChoices, Permission } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { openPushService, type PushService } from '../../testing/push-service.ts';
import { startSession } from '../accounts/index.ts';
import { addNote, makePromise, markRead, planMessage, receive, releaseDue, updateCase, wakeDueCases, type PlanMessage, type UpdateCase } from '../cases/index.ts';
import { readConfig } from '../platform/config.ts';
import { announce, deliverOnce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { defaultChoices } from './defaults.ts';
import { mailDigests } from './digest.ts';
import { acknowledge, escalateDue, setTeamEscalation } from './escalate.ts';
import { listNotifications, readNotifications } from './list.ts';
import { followReading, tellAgents } from './listen.ts';
import { tellPromisesDue } from './promise-due.ts';
import { listSubscriptions, pushKeyFor, subscribe } from './push.ts';
import { sendPush, type PushOrder } from './send-push.ts';
import { getSettings, pause, saveSettings } from './settings.ts';
import { stopMail } from './stop-mail.ts';
import { tidyNotifications } from './tidy-up.ts';

describe('notifications', { timeout: 120_000 }, () => {
  let desk: TestDesk;
  let anna: TestAgent;
  let bela: TestAgent;
  let cora: TestAgent;
  let billing: string;
  let push: PushService;
  const orders: PushOrder[] = [];

  before(async () => {
    desk = await openTestDesk();
    push = await openPushService();
    const config = readConfig({ RAPPORT_URL: 'https://desk.example.com', RAPPORT_INTERNAL_HOSTS: '127.0.0.1', RAPPORT_DATA: '/nowhere', RAPPORT_LOG: 'silent' });
    Object.assign(desk.platform, { config, jobs: { enqueue: async () => {}, enqueueMany: async (_tx: unknown, _job: unknown, list: PushOrder[]) => void orders.push(...list) } });
    billing = await desk.team('Billing');
  });
  after(async () => {
    await push.close();
    await desk.close();
  });
  beforeEach(async () => {
    orders.length = 0;
    push.taken.length = 0;
    await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id <> $2`, [desk.accountId, desk.adminId]));
    await desk.asSystem((ctx) => ctx.tx.run('delete from event where account_id = $1', [desk.accountId]));
    anna = await desk.agent({ name: 'Anna Agent', scope: 'team', teamIds: [desk.teamId] });
    bela = await desk.agent({ name: 'Bela', scope: 'team', teamIds: [desk.teamId] });
    cora = await desk.agent({ name: 'Cora', scope: 'team', teamIds: [billing] });
  });

  /** Hands every event that was announced to the listeners, `times` times, as a relay would. */
  async function hear(times = 1): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      const events = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; topic: string; payload: never; created_at: Date }>('select id, topic, payload, created_at from event where account_id = $1 order by id', [desk.accountId]));
      for (const row of events) {
        const event = { id: row.id, accountId: desk.accountId, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() } as AnnouncedEvent;
        for (const target of [tellAgents, followReading]) if (target.topics.includes(event.topic)) await deliverOnce(desk.platform, target, event);
      }
    }
  }
  const arrive = async (parts: Parameters<TestDesk['mail']>[0] = {}) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(parts)))).caseId;
  const listOf = (agent: TestAgent) => agent.does((ctx) => listNotifications(ctx, { limit: 25 }));
  const kindsOf = async (agent: TestAgent) => (await listOf(agent)).items.map((item) => [item.kind, item.count, item.isUnread]);
  const choose = (agent: TestAgent, change: (choices: NotificationChoices) => void) => agent.does(async (ctx) => {
    const choices = structuredClone(defaultChoices);
    change(choices);
    return saveSettings(ctx, { choices, timeZone: 'Europe/Berlin' });
  });
  const assign = (by: TestAgent, caseId: string, to: TestAgent) => by.does((ctx) => updateCase(ctx, caseId, { assigneeId: to.id }));
  const mails = () => desk.asSystem((ctx) => ctx.tx.run<{ id: string; recipient: string; subject: string; sealed_text: Buffer }>(`select id, recipient, subject, sealed_text from system_mail where account_id = $1 and kind = 'notice' order by id`, [desk.accountId]));

  test('a new case is told to its team, and to nobody who may not see it', async () => {
    await arrive();
    await hear();
    assert.deepEqual(await kindsOf(anna), [['new_case', 1, true]]);
    assert.deepEqual(await kindsOf(bela), [['new_case', 1, true]]);
    assert.deepEqual(await kindsOf(cora), []);
    assert.equal((await listOf(anna)).unread, 1);
  });

  test('nobody is told twice, however often an event is heard of', async () => {
    const caseId = await arrive();
    await assign(bela, caseId, anna);
    await hear(3);
    await desk.asSystem((ctx) => ctx.tx.run('delete from event_handled where account_id = $1', [desk.accountId]));
    await Promise.all([hear(), hear()]);
    assert.deepEqual(await kindsOf(anna), [['assigned', 1, true], ['new_case', 1, true]]);
    assert.equal((await listOf(anna)).unread, 2);
  });

  test('a planned answer that is held back is told to whoever wrote it, and to the team when they are gone', async () => {
    for (const isGone of [false, true]) {
      const caseId = await arrive();
      await anna.does((ctx) => planMessage(ctx, { caseId, sendAt: new Date(desk.clock.now().getTime() + 3_600_000).toISOString(), message: { kind: 'reply', text: 'On Monday.', to: ['anna@example.com'] } as PlanMessage['message'] }));
      if (isGone) await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [desk.accountId, anna.id]));
      await bela.does((ctx) => updateCase(ctx, caseId, { status: 'closed' }));
      desk.clock.forward({ hours: 2 });
      await releaseDue(desk.platform);
      await hear();
      const told = async (agent: TestAgent) => (await listOf(agent)).items.some((item) => item.caseId === caseId && item.kind === 'plan_held');
      assert.deepEqual([await told(anna), await told(bela), await told(cora)], [!isGone, isGone, false]);
    }
    // The tests of mails count every mail there is.
    await desk.asSystem((ctx) => ctx.tx.run('update notification set mail_at = null where account_id = $1', [desk.accountId]));
  });

  test('a case whose snooze is over is told to whose it is; one of nobody to whoever put it off, or to the team when they are gone', async () => {
    const told = async (agent: TestAgent, caseId: string) => (await listOf(agent)).items.some((item) => item.caseId === caseId && item.kind === 'snooze_over');
    const wakes = async (change: Pick<UpdateCase, 'assigneeId'>, isGone = false) => {
      const caseId = await arrive();
      await anna.does((ctx) => updateCase(ctx, caseId, { ...change, snoozedUntil: new Date(desk.clock.now().getTime() + 3_600_000).toISOString() }));
      if (isGone) await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [desk.accountId, anna.id]));
      desk.clock.forward({ hours: 2 });
      await wakeDueCases(desk.platform);
      await hear(2);
      return [await told(anna, caseId), await told(bela, caseId), await told(cora, caseId)];
    };
    assert.deepEqual(await wakes({ assigneeId: bela.id }), [false, true, false]);
    assert.deepEqual(await wakes({}), [true, false, false]);
    assert.deepEqual(await wakes({}, true), [false, true, false]);
    const woken = await arrive();
    await anna.does((ctx) => updateCase(ctx, woken, { assigneeId: bela.id, snoozedUntil: new Date(desk.clock.now().getTime() + 3_600_000).toISOString() }));
    await anna.does((ctx) => updateCase(ctx, woken, { snoozedUntil: null }));
    await hear();
    assert.equal(await told(bela, woken), false);
  });

  test('what is due soon, and what is overdue, is told to whose it is; of a case of nobody its team is told', async () => {
    const told = async (agent: TestAgent, caseId: string) => (await listOf(agent)).items.filter((item) => item.caseId === caseId && item.kind.startsWith('sla_')).map(({ kind }) => kind);
    for (const isOwned of [true, false]) {
      const caseId = await arrive();
      if (isOwned) await assign(bela, caseId, anna);
      for (const topic of ['sla.warned', 'sla.breached'] as const) await desk.asSystem((ctx) => announce(ctx, topic, { caseId, version: 1, scope: { teamIds: [desk.teamId], assigneeIds: [null] }, clock: 'first_response', policyId: caseId, dueAt: desk.clock.now().toISOString(), assigneeId: null }));
      await hear(2);
      assert.deepEqual([await told(anna, caseId), await told(bela, caseId), await told(cora, caseId)], [['sla_breached', 'sla_warned'], isOwned ? [] : ['sla_breached', 'sla_warned'], []]);
    }
    // The tests of mails count every mail there is.
    await desk.asSystem((ctx) => ctx.tx.run('update notification set mail_at = null where account_id = $1', [desk.accountId]));
  });

  test('nobody is told of what they did themselves', async () => {
    const caseId = await arrive();
    await hear();
    await assign(anna, caseId, anna);
    await hear();
    assert.deepEqual(await kindsOf(anna), [['new_case', 1, true]]);
  });

  test('five messages on a case are one line that says five, until it is read', async () => {
    const caseId = await arrive();
    await assign(bela, caseId, anna);
    await hear();
    await anna.does((ctx) => readNotifications(ctx, {}));
    for (let i = 0; i < 5; i += 1) await arrive({ caseId });
    await hear();
    const { items: [line], unread } = await listOf(anna);
    assert.deepEqual([line?.kind, line?.count, line?.isUnread, unread], ['message_own', 5, true, 1]);
    assert.deepEqual(await kindsOf(bela), [['new_case', 1, true]], 'messages on cases of others are told only to whom wants them');
  });

  test('what is read in one browser is read in all: opening a case is enough', async () => {
    const caseId = await arrive();
    await hear();
    const entryId = (await anna.does((ctx) => addNote(ctx, { caseId, text: 'Looking.' }))).id;
    await anna.does((ctx) => markRead(ctx, { caseId, entryId }));
    await hear();
    assert.deepEqual([await kindsOf(anna), (await listOf(anna)).unread], [[['new_case', 1, false]], 0]);
    const [told] = await desk.asSystem((ctx) => ctx.tx.run(`select 1 from event where topic = 'notification.changed' and payload ->> 'agentId' = $1`, [anna.id]));
    assert.ok(told, 'the other browsers hear of it');
  });

  test('whoever is mentioned is told by whom', async () => {
    const caseId = await arrive();
    await bela.does((ctx) => addNote(ctx, { caseId, text: 'Please look, @Anna', mentionIds: [anna.id] }));
    await hear();
    const [line] = (await listOf(anna)).items;
    assert.deepEqual([line?.kind, line?.byName], ['mentioned', 'Bela']);
  });

  test('a customer who replies while the case is snoozed is told of as that', async () => {
    const caseId = await arrive();
    await assign(bela, caseId, anna);
    await anna.does((ctx) => updateCase(ctx, caseId, { snoozedUntil: '2027-01-01T00:00:00.000Z' }));
    await arrive({ caseId });
    await hear();
    assert.deepEqual((await kindsOf(anna)).map(([kind]) => kind), ['snoozed_reply', 'assigned', 'new_case']);
  });

  test('a case that goes to another team takes its notifications along', async () => {
    const caseId = await arrive();
    await hear();
    await desk.asSystem((ctx) => updateCase(ctx, caseId, { teamId: billing, brief: { asked: 'a', tried: 'b', next: 'c', promised: null } as never }));
    await hear();
    assert.deepEqual([await kindsOf(anna), (await listOf(anna)).unread], [[], 0]);
  });

  test('erasing a case takes what hangs on it, and the counter stays true', async () => {
    const caseId = await arrive();
    await hear();
    await desk.asSystem((ctx) => ctx.tx.run('delete from cases where account_id = $1 and id = $2', [desk.accountId, caseId]));
    assert.deepEqual([await kindsOf(anna), (await listOf(anna)).unread], [[], 0]);
  });

  test('at quiet hours and in a pause the list is kept, and nothing rings', async () => {
    const caseId = await arrive();
    await assign(bela, caseId, anna);
    await assign(anna, caseId, bela);
    await anna.does((ctx) => pause(ctx, new Date(desk.clock.now().getTime() + 3_600_000).toISOString()));
    await choose(bela, (choices) => (choices.quiet = { isOn: true, from: '00:00', until: '23:59', days: [] }));
    await hear();
    const [hers] = (await listOf(anna)).items;
    const [his] = (await listOf(bela)).items;
    assert.deepEqual([hers?.isShown, hers?.isSounded, his?.isShown, his?.isSounded, orders.length], [false, false, false, false, 0]);
    assert.notEqual((await anna.does((ctx) => getSettings(ctx))).pausedUntil, null);
    assert.equal((await anna.does((ctx) => pause(ctx, null))).pausedUntil, null);
    await assert.rejects(anna.does((ctx) => pause(ctx, '2020-01-01T00:00:00.000Z')), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
  });

  test('a time zone that does not exist is refused', async () => {
    await assert.rejects(anna.does((ctx) => saveSettings(ctx, { choices: defaultChoices, timeZone: 'Middle/Earth' })), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
  });

  test('a promise is told of a quarter of an hour before it falls due, once', async () => {
    const caseId = await arrive();
    await anna.does((ctx) => makePromise(ctx, { caseId, text: 'Call back', dueAt: new Date(desk.clock.now().getTime() + 30 * 60_000).toISOString() }));
    await tellPromisesDue(desk.platform);
    assert.deepEqual(await kindsOf(anna), []);
    desk.clock.forward({ minutes: 20 });
    await Promise.all([tellPromisesDue(desk.platform), tellPromisesDue(desk.platform)]);
    assert.deepEqual(await kindsOf(anna), [['promise_due', 1, true]]);
  });

  describe('by push', () => {
    const sitDown = async (agent: TestAgent) => {
      const { sessionId } = await desk.asSystem(async (ctx) => {
        await startSession(ctx, agent.id, { client: 'Firefox on Linux', address: '127.0.0.1' });
        const [row] = await ctx.tx.run<{ id: string }>('select id from session where account_id = $1 and agent_id = $2 order by created_at desc, id desc limit 1', [desk.accountId, agent.id]);
        return { sessionId: row?.id as string };
      });
      await agent.does(pushKeyFor);
      await agent.does((ctx) => subscribe({ ...ctx, actor: { ...ctx.actor, sessionId } }, push.subscription));
      return sessionId;
    };

    test('the browser opens it with its own keys, once, and finds no word of a customer in it', async () => {
      await sitDown(anna);
      const caseId = await arrive({ subject: 'My secret order', fromName: 'Kim Kay' });
      await assign(bela, caseId, anna);
      await hear();
      const [order] = orders;
      assert.ok(order);
      await sendPush(desk.platform, order);
      await sendPush(desk.platform, order);
      assert.equal(push.taken.length, 1);
      const payload = JSON.parse(push.taken[0]?.text ?? '') as { title: string; number: number };
      assert.match(payload.title, /^#\d+ was assigned to you$/);
      assert.doesNotMatch(push.taken[0]?.text ?? '', /secret|Kim/);
    });

    test('whoever is given many cases at once is called once, and finds each of them in the list', async () => {
      await sitDown(anna);
      const caseIds = [await arrive(), await arrive(), await arrive()];
      await hear();
      orders.length = 0;
      for (const caseId of caseIds) await assign(bela, caseId, anna);
      await hear(2);
      const given = (await listOf(anna)).items.filter(({ kind }) => kind === 'assigned');
      assert.deepEqual([new Set(given.map(({ caseId }) => caseId)).size, given.filter(({ isShown }) => isShown).length, orders.filter(({ kind }) => kind === 'assigned').length], [3, 1, 1]);
      desk.clock.forward({ minutes: 2 });
      const later = await arrive();
      await assign(bela, later, anna);
      await hear();
      assert.equal((await listOf(anna)).items.find(({ kind, caseId }) => kind === 'assigned' && caseId === later)?.isShown, true);
    });

    test('what was read meanwhile is not pushed', async () => {
      await sitDown(anna);
      const caseId = await arrive();
      await assign(bela, caseId, anna);
      await hear();
      await anna.does((ctx) => readNotifications(ctx, {}));
      for (const order of orders) await sendPush(desk.platform, order);
      assert.equal(push.taken.length, 0);
    });

    test('a push service that is busy is asked again, and one that knows the browser no more ends the subscription', async () => {
      await sitDown(anna);
      const caseId = await arrive();
      await assign(bela, caseId, anna);
      await hear();
      const order = orders[0] as PushOrder;
      push.answerWith(503);
      await assert.rejects(sendPush(desk.platform, order), /later/);
      push.answerWith(410);
      await sendPush(desk.platform, order);
      push.answerWith(201);
      assert.deepEqual((await anna.does((ctx) => listSubscriptions(ctx))).items, []);
    });

    test('pushes end with the session, and never go to addresses inside the network', async () => {
      const sessionId = await sitDown(anna);
      await desk.asSystem((ctx) => ctx.tx.run('delete from session where account_id = $1 and id = $2', [desk.accountId, sessionId]));
      assert.deepEqual((await anna.does((ctx) => listSubscriptions(ctx))).items, []);
      await assert.rejects(anna.does((ctx) => subscribe(ctx, { ...push.subscription, endpoint: 'http://10.0.0.1/x' })), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
      const again = await sitDown(anna);
      await anna.does((ctx) => subscribe({ ...ctx, actor: { ...ctx.actor, sessionId: again } }, { ...push.subscription, endpoint: 'https://169.254.169.254/latest' }));
      const caseId = await arrive();
      await assign(bela, caseId, anna);
      await hear();
      await sendPush(desk.platform, orders[0] as PushOrder);
      assert.equal(push.taken.length, 1, 'only the real service was spoken to');
    });
  });

  describe('by mail', () => {
    const hourly = (choices: NotificationChoices) => void (choices.events.assigned.mail = 'hourly');

    test('what was not read within the hour comes as one mail, with a link that ends them', async () => {
      await choose(anna, hourly);
      for (let i = 0; i < 2; i += 1) await assign(bela, await arrive({ subject: `Order ${i}` }), anna);
      await hear();
      const before = (await mails()).length;
      await mailDigests(desk.platform);
      assert.equal((await mails()).length, before, 'not yet');
      desk.clock.forward({ minutes: 61 });
      await Promise.all([mailDigests(desk.platform), mailDigests(desk.platform)]);
      const sent = (await mails()).slice(before);
      assert.deepEqual(sent.map((mail) => mail.subject), ['2 things to look at in Rapport']);
      const text = desk.platform.secrets.open(sent[0]?.sealed_text as Buffer, `system-mail:${sent[0]?.id}`);
      assert.match(text, /was assigned to you\n {2}Order 1\n {2}https:\/\/desk\.example\.com\/cases\/open\/\d+/);
      const token = /stop-mail\/(\S+)/.exec(text)?.[1] ?? '';
      await assert.rejects(stopMail(desk.platform, `B${token.slice(1)}`), (error: unknown) => error instanceof Refusal && error.code === 'link_expired');
      await stopMail(desk.platform, token);
      assert.equal((await anna.does((ctx) => getSettings(ctx))).choices.isMailed, false);
    });

    test('there is no mail when all has been read', async () => {
      await choose(anna, hourly);
      await assign(bela, await arrive(), anna);
      await hear();
      await anna.does((ctx) => readNotifications(ctx, {}));
      const before = (await mails()).length;
      desk.clock.forward({ minutes: 61 });
      await mailDigests(desk.platform);
      assert.equal((await mails()).length, before);
    });
  });

  describe('when nobody looks', () => {
    const lead = async (role: string, teamIds: string[]) => {
      const agent = await desk.agent({ name: role, scope: 'all', teamIds });
      await desk.asSystem((ctx) => ctx.tx.run('update agent set role_id = (select id from role where account_id = $1 and key = $3) where account_id = $1 and id = $2', [desk.accountId, agent.id, role]));
      await desk.asSystem((ctx) => ctx.tx.run('insert into team_member (account_id, team_id, agent_id) select $1, unnest($3::uuid[]), $2 on conflict do nothing', [desk.accountId, agent.id, teamIds]));
      return agent;
    };
    const urgent = async () => {
      const caseId = await arrive();
      await desk.asSystem((ctx) => updateCase(ctx, caseId, { priority: 'urgent' }));
      await hear();
      return caseId;
    };
    const escalations = async (agent: TestAgent) => (await kindsOf(agent)).filter(([kind]) => kind === 'escalated');
    const pass = async (minutes: number) => {
      desk.clock.forward({ minutes });
      await Promise.all([escalateDue(desk.platform), escalateDue(desk.platform)]);
      await hear(2);
    };

    test('an urgent case goes to the team’s lead, then to the supervisors, once each', async () => {
      const [leader, supervisor] = [await lead('lead', [desk.teamId]), await lead('supervisor', [])];
      await desk.asSystem((ctx) => setTeamEscalation(ctx, desk.teamId, { afterMinutes: 10, thenMinutes: 20 }));
      await urgent();
      await pass(5);
      assert.deepEqual([await escalations(leader), await escalations(supervisor)], [[], []]);
      await pass(6);
      assert.deepEqual([await escalations(leader), await escalations(supervisor)], [[['escalated', 1, true]], []]);
      await pass(21);
      await pass(60);
      assert.deepEqual([await escalations(leader), await escalations(supervisor)], [[['escalated', 1, true]], [['escalated', 1, true]]]);
    });

    test('whoever opens the case or says that they look after it ends it', async () => {
      const leader = await lead('lead', [desk.teamId]);
      await desk.asSystem((ctx) => setTeamEscalation(ctx, desk.teamId, { afterMinutes: 10, thenMinutes: null }));
      const opened = await urgent();
      const said = await urgent();
      const entryId = (await anna.does((ctx) => addNote(ctx, { caseId: opened, text: 'Looking.' }))).id;
      await anna.does((ctx) => markRead(ctx, { caseId: opened, entryId }));
      await hear();
      assert.deepEqual(await anna.does((ctx) => acknowledge(ctx, said)), { acknowledged: 1 });
      await assert.rejects(cora.does((ctx) => acknowledge(ctx, said)), (error: unknown) => error instanceof Refusal && error.code === 'not_found');
      await pass(11);
      assert.deepEqual(await escalations(leader), []);
    });

    test('a role of one’s own that takes escalations is told like a lead; one without is not', async () => {
      const taking = async (permissions: Permission[]) => desk.agent({ name: 'Shift', scope: 'team', teamIds: [desk.teamId], permissions });
      const [told, untold] = [await taking(['case.read', 'escalation.take']), await taking(['case.read'])];
      await desk.asSystem((ctx) => setTeamEscalation(ctx, desk.teamId, { afterMinutes: 10, thenMinutes: null }));
      await urgent();
      await pass(11);
      assert.deepEqual([await escalations(told), await escalations(untold)], [[['escalated', 1, true]], []]);
    });

    test('a case that comes to a team when it is urgent already is waited for there, though the last team had looked', async () => {
      const there = await desk.agent({ name: 'Lead of billing', scope: 'team', teamIds: [billing], permissions: ['case.read', 'escalation.take'] });
      await desk.asSystem((ctx) => setTeamEscalation(ctx, billing, { afterMinutes: 10, thenMinutes: null }));
      const caseId = await urgent();
      await anna.does((ctx) => acknowledge(ctx, caseId));
      await desk.asSystem((ctx) => updateCase(ctx, caseId, { teamId: billing }));
      await hear();
      await pass(11);
      assert.deepEqual(await escalations(there), [['escalated', 1, true]]);
    });

    test('nothing is escalated where the team has not said so', async () => {
      const leader = await lead('lead', [desk.teamId]);
      await desk.asSystem((ctx) => setTeamEscalation(ctx, desk.teamId, { afterMinutes: null, thenMinutes: null }));
      await urgent();
      await pass(600);
      assert.deepEqual(await escalations(leader), []);
    });
  });

  test('after ninety days it is forgotten', async () => {
    await arrive();
    await hear();
    assert.equal((await listOf(anna)).items.length, 1);
    desk.clock.forward({ days: 91 });
    await tidyNotifications(desk.platform);
    assert.deepEqual([(await listOf(anna)).items.length, (await listOf(anna)).unread], [0, 0]);
  });
});
