import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { builtInRoles, macroContent, ruleContent, type AnnouncedEvent, type RuleContent } from '@rapport/contract';
import fc from 'fast-check';
import type { z } from 'zod';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { addNote, getCase, listEntries, receive, reply, updateCase } from '../../cases/index.ts';
import { announce, deliverOnce, type Listener } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { writeCursor } from '../../platform/cursor.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listFollowers } from '../../cases/follow.ts';
import { createFolder } from '../macros/folders.ts';
import { createMacro, listMacroVersions, removeMacro } from '../macros/macros.ts';
import { MOST_AN_HOUR } from './fire.ts';
import { listCaseRuns, listRuns } from './list-runs.ts';
import { ruleListener } from './on-event.ts';
import { fillTimers, runDueRules, tidyRules } from './on-time.ts';
import { createRule, getRule, listRemovedRules, listRules, listRuleVersions, orderRules, removeRule, updateRule } from './rules.ts';
import { tryOutRule } from './try-out.ts';

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
let desk: TestDesk;
let chief: TestAgent;
before(async () => {
  desk = await openTestDesk();
  chief = await desk.agent({ name: 'Carla Chief', scope: 'all', permissions: builtInRoles.supervisor.permissions });
});
after(() => desk.close());
afterEach(async () => {
  await hear();
  for (const rule of (await chief.does(listRules)).items) await chief.does((ctx) => removeRule(ctx, rule.id));
  await hear();
});

let count = 0;
type Draft = z.input<typeof ruleContent>;
const write = (content: Draft, name = `Rule ${(count += 1)}`) => chief.does((ctx) => createRule(ctx, { name, isOn: true, content: ruleContent.parse(content) }));
const arrival = { on: 'event', event: 'message.received' } as const;
const arrive = async (parts: Parameters<TestDesk['mail']>[0] = {}) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(parts)))).caseId;
const see = (caseId: string) => chief.does((ctx) => getCase(ctx, caseId));
const runsOf = async (ruleId: string) => (await chief.does((ctx) => listRuns(ctx, { ruleId, limit: 100 }))).items;
const entriesOf = async (caseId: string) => (await chief.does((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;

const overdue = (caseId: string) => desk.asSystem((ctx) => announce(ctx, 'sla.breached', { caseId, version: 1, scope: { teamIds: [null], assigneeIds: [null] }, clock: 'first_response', policyId: caseId, dueAt: desk.clock.now().toISOString(), assigneeId: null }));

async function unheard(): Promise<AnnouncedEvent[]> {
  const rows = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; topic: string; payload: never; created_at: Date }>(
    'select e.id, e.topic, e.payload, e.created_at from event e where e.topic = any($1) and not exists (select 1 from event_handled h where h.account_id = e.account_id and h.event_id = e.id and h.listener = $2) order by e.xid, e.id', [ruleListener.topics, ruleListener.name],
  ));
  return rows.map((row) => ({ id: row.id, accountId: desk.accountId, topic: row.topic, payload: row.payload, at: row.created_at.toISOString() }) as AnnouncedEvent);
}
/** Lets the rules hear everything there is to hear, what they cause included; answers in how many rounds it came to rest. */
async function hear(): Promise<number> {
  for (let round = 0; ; round += 1) {
    const events = await unheard();
    if (events.length === 0) return round;
    assert.ok(round < 20, 'rules come to rest');
    for (const event of events) await deliverOnce(desk.platform, ruleListener, event);
  }
}

test('a mail from an important company goes to its team at once, and the timeline says which rule did it', async () => {
  const vip = await desk.team('VIP');
  const rule = await write({ trigger: arrival, groups: [{ match: 'any', conditions: [{ fact: 'fromDomain', test: 'is', values: ['big.example'] }, { fact: 'words', test: 'contains', values: ['Great Contract'] }] }], actions: { teamId: vip, priority: 'high', addTags: ['vip'] } }, 'Important people');
  const [yes, no] = [await arrive({ from: 'boss@BIG.example' }), await arrive({ from: 'small@shop.example' })];
  await hear();
  const detail = await see(yes);
  assert.deepEqual([detail.team?.name, detail.priority, detail.tags], ['VIP', 'high', ['vip']]);
  assert.deepEqual([(await see(no)).priority, (await see(no)).tags], ['normal', []]);
  assert.equal((await entriesOf(yes)).at(-1)?.author.name, 'Rapport · Important people');
  const [run] = await runsOf(rule.id);
  assert.deepEqual([run?.case.id, run?.outcome, run?.cause, run?.groups[0]?.conditions.map((one) => one.held)], [yes, 'fired', 'message.received', [true, false]]);
  assert.deepEqual((await chief.does((ctx) => listCaseRuns(ctx, { caseId: yes, limit: 10 }))).items.map((one) => one.ruleName), ['Important people']);
  assert.deepEqual([(await chief.does((ctx) => getRule(ctx, rule.id))).fired, (await chief.does((ctx) => listCaseRuns(ctx, { caseId: no, limit: 10 }))).items], [1, []]);
});

test('a case whose service level was not kept can be moved by a rule', async () => {
  await write({ trigger: { on: 'event', event: 'sla.breached' }, actions: { priority: 'urgent' } });
  const caseId = await arrive();
  await overdue(caseId);
  await hear();
  assert.equal((await see(caseId)).priority, 'urgent');
});

test('all, any and none groups must hold together', async () => {
  await write({ trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'subject', test: 'contains', values: ['refund'] }, { fact: 'isAutomatic', test: 'is', values: ['no'] }] }, { match: 'none', conditions: [{ fact: 'fromDomain', test: 'is', values: ['friends.example'] }] }], actions: { addTags: ['money'] } });
  const cases = [await arrive({ subject: 'A REFUND please' }), await arrive({ subject: 'refund', from: 'x@friends.example' }), await arrive({ subject: 'refund', automatic: 'auto_reply' }), await arrive({ subject: 'hello' })];
  await hear();
  assert.deepEqual(await Promise.all(cases.map(async (id) => (await see(id)).tags.length)), [1, 0, 0, 0]);
});

test('rules act in their order, each sees what the one before did, and one that says stop ends it', async () => {
  const first = await write({ trigger: arrival, actions: { priority: 'urgent' } });
  const second = await write({ trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'priority', test: 'is', values: ['urgent'] }] }], actions: { addTags: ['seen'], stop: true } });
  const third = await write({ trigger: arrival, actions: { addTags: ['never'] } });
  const one = await arrive();
  await hear();
  assert.deepEqual((await see(one)).tags, ['seen']);
  await chief.does((ctx) => orderRules(ctx, [third.id, second.id, first.id]));
  const other = await arrive();
  await hear();
  assert.deepEqual([(await see(other)).tags, (await see(other)).priority], [['never'], 'urgent'], 'not urgent yet when the second looked');
  await assert.rejects(chief.does((ctx) => orderRules(ctx, [third.id])), refused('changed_meanwhile'));
});

test('an event that is delivered again moves nothing a second time, also when the program died in between', async () => {
  const rule = await write({ trigger: arrival, actions: { note: 'Look here' } });
  const caseId = await arrive();
  const events = await unheard();
  const dying: Listener = { ...ruleListener, handle: async (ctx, event) => { await ruleListener.handle(ctx, event); throw new Error('killed'); } };
  for (const event of events) await assert.rejects(deliverOnce(desk.platform, dying, event), /killed/);
  assert.equal((await entriesOf(caseId)).filter((entry) => entry.kind === 'note').length, 0, 'half of it is nothing of it');
  await Promise.all([...events, ...events, ...events].map((event) => deliverOnce(desk.platform, ruleListener, event)));
  await hear();
  assert.deepEqual([(await entriesOf(caseId)).filter((entry) => entry.kind === 'note').length, (await runsOf(rule.id)).length], [1, 1]);
});

test('a rule that is refused undoes its own part, says why, and does not hold up the others', async () => {
  const stranger = await desk.agent({ scope: 'own', permissions: builtInRoles.agent.permissions });
  const bad = await write({ trigger: arrival, actions: { note: 'Never seen', assign: stranger.id, teamId: await desk.team() } });
  const good = await write({ trigger: arrival, actions: { addTags: ['good'] } });
  const caseId = await arrive();
  await hear();
  assert.deepEqual([(await see(caseId)).tags, (await entriesOf(caseId)).filter((entry) => entry.kind === 'note').length], [['good'], 0]);
  const [run] = await runsOf(bad.id);
  assert.equal(run?.outcome, 'failed');
  assert.match(run?.reason ?? '', /^not_a_member: /);
  assert.deepEqual([(await chief.does((ctx) => getRule(ctx, bad.id))).failed, (await runsOf(good.id)).length], [1, 1]);
});

test('two rules that undo each other come to rest, and one of them is switched off with the other named', async () => {
  const there = await write({ trigger: { on: 'event', event: 'case.changed', fields: ['priority'] }, groups: [{ match: 'all', conditions: [{ fact: 'priority', test: 'is', values: ['high'] }] }], actions: { priority: 'low' } }, 'Down');
  const back = await write({ trigger: { on: 'event', event: 'case.changed', fields: ['priority'] }, groups: [{ match: 'all', conditions: [{ fact: 'priority', test: 'is', values: ['low'] }] }], actions: { priority: 'high' } }, 'Up');
  const caseId = await arrive();
  await chief.does((ctx) => updateCase(ctx, caseId, { priority: 'high' }));
  await hear();
  const [down, up] = [await chief.does((ctx) => getRule(ctx, there.id)), await chief.does((ctx) => getRule(ctx, back.id))];
  const [off, on] = down.isOn ? [up, down] : [down, up];
  assert.deepEqual([off.isOn, off.offBecause, on.isOn, on.offBecause], [false, on.name, true, null]);
  assert.deepEqual((await chief.does((ctx) => listRuleVersions(ctx, { ruleId: off.id, limit: 5 }))).items.map((one) => [one.version, one.isOn, one.changedBy]), [[2, false, 'Rapport'], [1, true, 'Carla Chief']]);
  assert.equal((await runsOf(off.id))[0]?.reason, 'circle');
  assert.deepEqual((await desk.asSystem((ctx) => ctx.tx.run<{ action: string; target: string }>(`select action, target from audit_record where account_id = $1 and action like 'rule.%' and target = any('{Up,Down}') order by id`, [ctx.accountId]))).map((one) => [one.action, one.target]), [['rule.created', 'Down'], ['rule.created', 'Up'], ['rule.switched_off', off.name]]);
});

test('a rule is not moved by what it did itself, and by others only three deep', async () => {
  const echo = await write({ trigger: { on: 'event', event: 'note.added' }, actions: { note: 'Echo' } });
  const caseId = await arrive();
  await chief.does((ctx) => addNote(ctx, { caseId, text: 'Hello' }));
  await hear();
  assert.equal((await runsOf(echo.id)).length, 1);
  await chief.does((ctx) => removeRule(ctx, echo.id));
  for (let step = 0; step < 5; step += 1) await write({ trigger: { on: 'event', event: 'case.changed', fields: ['tags'] }, groups: [{ match: 'all', conditions: [{ fact: 'tag', test: 'is', values: [`step${step}`] }] }, { match: 'none', conditions: [{ fact: 'tag', test: 'is', values: [`step${step + 1}`] }] }], actions: { addTags: [`step${step + 1}`] } });
  // Backwards, so that each moves only with what the one before caused.
  await chief.does(async (ctx) => orderRules(ctx, (await listRules(ctx)).items.map((rule) => rule.id).toReversed()));
  await chief.does((ctx) => updateCase(ctx, caseId, { addTags: ['step0'] }));
  await hear();
  assert.deepEqual((await see(caseId)).tags, ['step0', 'step1', 'step2', 'step3']);
});

test('on one case a rule acts only so often within an hour', async () => {
  const rule = await write({ trigger: { on: 'event', event: 'note.added' }, actions: { note: 'Again' } });
  const caseId = await arrive();
  for (let n = 0; n < MOST_AN_HOUR + 2; n += 1) await chief.does((ctx) => addNote(ctx, { caseId, text: `Note ${n}` }));
  await hear();
  const outcomes = (await runsOf(rule.id)).map((run) => run.reason ?? run.outcome);
  assert.deepEqual([outcomes.filter((one) => one === 'fired').length, outcomes.filter((one) => one === 'too_often').length], [MOST_AN_HOUR, 2]);
  desk.clock.forward({ hours: 2 });
  await chief.does((ctx) => addNote(ctx, { caseId, text: 'Later' }));
  await hear();
  assert.equal((await runsOf(rule.id))[0]?.outcome, 'fired');
});

test('a rule that only keeps others from acting does so as often as it is asked, and its deeds are not counted short by it', async () => {
  const rule = await write({ trigger: { on: 'event', event: 'note.added' }, actions: { addTags: ['kept'], stop: true } });
  const behind = await write({ trigger: { on: 'event', event: 'note.added' }, actions: { addTags: ['never'] } });
  const caseId = await arrive();
  for (let n = 0; n < MOST_AN_HOUR + 3; n += 1) await chief.does((ctx) => addNote(ctx, { caseId, text: `Note ${n}` }));
  await hear();
  assert.deepEqual((await runsOf(rule.id)).map((run) => run.outcome).toReversed(), ['fired', ...Array<string>(MOST_AN_HOUR + 2).fill('stopped')]);
  await chief.does((ctx) => updateCase(ctx, caseId, { removeTags: ['kept'] }));
  await chief.does((ctx) => addNote(ctx, { caseId, text: 'Once more' }));
  await hear();
  assert.equal((await runsOf(rule.id))[0]?.outcome, 'fired', 'what there is to do is done');
  assert.deepEqual((await see(caseId)).tags, ['kept']);
  for (const one of [rule, behind]) await chief.does((ctx) => removeRule(ctx, one.id));
});

async function savedReply(text: string): Promise<string> {
  const folder = await chief.does((ctx) => createFolder(ctx, { name: `Folder ${(count += 1)}`, audience: 'everyone' }));
  return (await chief.does((ctx) => createMacro(ctx, { name: 'Reply', folderId: folder.id, content: macroContent.parse({ texts: [{ text }] }) }))).id;
}
const sent = async (caseId: string) => (await entriesOf(caseId)).filter((entry) => entry.kind === 'message' && entry.direction === 'out');

test('a saved reply goes to the customer as an automatic message, never to a program, and not with gaps', async () => {
  const rule = await write({ trigger: arrival, actions: { replyWith: await savedReply('Dear {{customer.firstName}}, we look into #{{case.number}}.') } });
  const person = await arrive({ from: 'ida@example.com', fromName: 'Ida Berg' });
  const program = await arrive({ from: 'robot@example.com', fromName: 'Ro Bot', automatic: 'auto_reply' });
  const nameless = await arrive({ from: 'xyz@example.com', fromName: null });
  await hear();
  const [message] = await sent(person);
  assert.ok(message?.kind === 'message' && message.automatic === 'auto_reply' && message.to[0]?.address === 'ida@example.com');
  assert.match(message.text, /^Dear Ida, we look into #\d+\.$/);
  assert.deepEqual([(await sent(program)).length, (await sent(nameless)).length], [0, 0]);
  const reasons = new Map((await runsOf(rule.id)).map((run) => [run.case.id, run.reason]));
  assert.equal(reasons.get(program), 'automatic_mail');
  assert.match(reasons.get(nameless) ?? '', /customer\.firstName/);
});

test('a program that pretends to be a person is not answered for ever', async () => {
  await write({ trigger: arrival, actions: { replyWith: await savedReply('Thank you') } });
  const cases: string[] = [];
  for (let n = 0; n < 6; n += 1) cases.push(await arrive({ from: 'machine@loop.example', subject: `Matter ${n}` }));
  await hear();
  assert.equal((await Promise.all(cases.map(sent))).flat().length, 3);
});

test('answers that were never sent leave room for the one a person waits for', async () => {
  await write({ trigger: arrival, actions: { replyWith: await savedReply('Thank you') } });
  for (let n = 0; n < 4; n += 1) await arrive({ from: 'away@person.example', subject: `Out of office ${n}`, automatic: 'auto_reply' });
  await hear();
  const asked = await arrive({ from: 'away@person.example', subject: 'I am back' });
  await hear();
  assert.equal((await sent(asked)).length, 1);
});

test('work is given in turn, or to whoever has least, and only while nobody has it', async () => {
  const teamId = await desk.team();
  const [a, b] = [await desk.agent({ scope: 'team', teamIds: [teamId] }), await desk.agent({ scope: 'team', teamIds: [teamId] })];
  const rule = await write({ trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'subject', test: 'is', values: ['turn'] }] }], actions: { teamId, assign: 'round_robin' } });
  const cases = [await arrive({ subject: 'turn' }), await arrive({ subject: 'turn' }), await arrive({ subject: 'turn' })];
  await hear();
  const owners = await Promise.all(cases.map(async (id) => (await see(id)).assignee?.id));
  assert.deepEqual([owners[0] === owners[2], new Set(owners)], [true, new Set([a.id, b.id])]);
  await chief.does((ctx) => updateRule(ctx, { ruleId: rule.id, version: 1, name: rule.name, isOn: true, content: { ...rule.content, actions: { teamId, assign: 'least_open' } } }));
  const next = await arrive({ subject: 'turn' });
  await hear();
  assert.equal((await see(next)).assignee?.id, owners[1], 'one case against two');
});

test('a pending case the customer does not answer is closed after some days, counted from what a person wrote', async () => {
  const rule = await write({ trigger: { on: 'time', since: 'customer_silent', hours: 72 }, actions: { status: 'resolved', addTags: ['silent'] } });
  const [silent, lively] = [await arrive(), await arrive()];
  for (const caseId of [silent, lively]) await chief.does((ctx) => reply(ctx, { caseId, text: 'Which one?', to: ['anna@example.com'] }));
  await hear();
  desk.clock.forward({ hours: 71 });
  await runDueRules(desk.platform);
  assert.equal((await see(silent)).status, 'pending');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId: lively })));
  desk.clock.forward({ hours: 2 });
  assert.equal(await runDueRules(desk.platform) > 0, true);
  assert.deepEqual([(await see(silent)).status, (await see(silent)).tags, (await see(lively)).status], ['resolved', ['silent'], 'open'], 'the answer counts although its event was not heard yet');
  await hear();
  await runDueRules(desk.platform);
  assert.equal((await runsOf(rule.id)).length, 1);
});

test('a rule on time finds the cases there were before it, acts once for each waiting, and looks again when the case changes', async () => {
  const old = await arrive();
  const ofOld = async () => (await runsOf(rule.id)).filter((run) => run.case.id === old);
  desk.clock.forward({ hours: 5 });
  const rule = await write({ trigger: { on: 'time', since: 'waiting', hours: 4 }, groups: [{ match: 'all', conditions: [{ fact: 'priority', test: 'is', values: ['urgent'] }] }], actions: { note: 'Waits too long' } });
  await fillTimers(desk.platform);
  await runDueRules(desk.platform);
  assert.equal((await ofOld()).length, 0);
  await chief.does((ctx) => updateCase(ctx, old, { priority: 'urgent' }));
  await hear();
  for (let n = 0; n < 3; n += 1) await runDueRules(desk.platform);
  assert.deepEqual((await ofOld()).map((run) => [run.case.id, run.cause]), [[old, 'time.waiting']]);
  await chief.does((ctx) => addNote(ctx, { caseId: old, text: 'On it' }));
  await hear();
  await runDueRules(desk.platform);
  assert.equal((await ofOld()).length, 1, 'the same waiting is told once');
});

test('a rule that breaks on a case holds up no other rule', async () => {
  const broken = await write({ trigger: { on: 'time', since: 'waiting', hours: 1 }, actions: { addTags: ['never'] } });
  const good = await write({ trigger: { on: 'time', since: 'waiting', hours: 2 }, actions: { addTags: ['late'] } });
  const caseId = await arrive();
  await hear();
  await desk.asSystem((ctx) => ctx.tx.run(`update rule set content = content || '{"groups": null}' where account_id = $1 and id = $2`, [ctx.accountId, broken.id]));
  desk.clock.forward({ hours: 3 });
  await runDueRules(desk.platform);
  assert.deepEqual([(await see(caseId)).tags, (await runsOf(good.id)).filter((run) => run.case.id === caseId).length], [['late'], 1]);
  const dueIn = () => desk.asSystem(async (ctx) => Math.round(((await ctx.tx.run<{ due_at: Date }>('select due_at from rule_timer where account_id = $1 and rule_id = $2 and case_id = $3', [ctx.accountId, broken.id, caseId]))[0]?.due_at.getTime() ?? 0) - desk.clock.now().getTime()));
  assert.equal(await dueIn(), 600_000, 'it is tried again in ten minutes');
});

test('nobody learns of cases through rules who may not read them', async () => {
  const blind = await desk.agent({ permissions: ['rule.manage', 'case.edit'] });
  const content = ruleContent.parse({ trigger: arrival, actions: { priority: 'low' } });
  const rule = await write({ trigger: arrival, actions: { addTags: ['x'] } });
  await assert.rejects(blind.does((ctx) => tryOutRule(ctx, { content, since: '2020-01-01T00:00:00.000Z' })), refused('not_allowed'));
  await assert.rejects(blind.does((ctx) => listRuns(ctx, { ruleId: rule.id, limit: 10 })), refused('not_allowed'));
  await assert.rejects(blind.does((ctx) => createRule(ctx, { name: 'Blind', isOn: true, content })), refused('not_allowed'));
});

test('whoever may write rules stops one at once, also when they could not have written it', async () => {
  const macroId = await savedReply('Thank you');
  const rule = await write({ trigger: arrival, actions: { replyWith: macroId } });
  await chief.does((ctx) => removeMacro(ctx, macroId));
  const other = await desk.agent({ permissions: ['case.read', 'rule.manage'] });
  const as = (who: TestAgent, version: number, isOn: boolean, content = rule.content) => who.does((ctx) => updateRule(ctx, { ruleId: rule.id, version, name: rule.name, isOn, content }));
  assert.equal((await as(other, 1, false)).isOn, false);
  await assert.rejects(as(other, 2, true), refused('not_allowed'));
  await assert.rejects(as(other, 2, false, ruleContent.parse({ trigger: arrival, actions: { note: 'Mine now' } })), refused('not_allowed'));
  await assert.rejects(as(chief, 2, true), refused('not_found'));
});

test('a cursor somebody made up is refused, not a failure', async () => {
  const macroId = await savedReply('Thank you');
  const rule = await write({ trigger: arrival, actions: { addTags: ['x'] } });
  const since = '2020-01-01T00:00:00.000Z';
  await assert.rejects(chief.does((ctx) => listRuns(ctx, { ruleId: rule.id, limit: 10, cursor: writeCursor(['nonsense'], rule.id) })), refused('invalid_request'));
  await assert.rejects(chief.does((ctx) => tryOutRule(ctx, { content: rule.content, since, cursor: writeCursor(['nonsense'], since) })), refused('invalid_request'));
  for (const wrong of ['nonsense', 1e12, -1]) {
    await assert.rejects(chief.does((ctx) => listRuleVersions(ctx, { ruleId: rule.id, limit: 10, cursor: writeCursor([wrong], rule.id) })), refused('invalid_request'));
    await assert.rejects(chief.does((ctx) => listMacroVersions(ctx, { macroId, limit: 10, cursor: writeCursor([wrong], macroId) })), refused('invalid_request'));
  }
});

test('only who may write rules and sees every case does so, and nobody writes what they could not do by hand', async () => {
  const content = ruleContent.parse({ trigger: arrival, actions: { assign: null } });
  const make = (who: TestAgent, wanted: RuleContent = content) => who.does((ctx) => createRule(ctx, { name: `Rule ${(count += 1)}`, isOn: true, content: wanted }));
  await assert.rejects(make(await desk.agent({ permissions: builtInRoles.lead.permissions })), refused('not_allowed'));
  await assert.rejects(make(await desk.agent({ scope: 'team' })), refused('not_allowed'));
  const limited = await desk.agent({ permissions: ['case.read', 'rule.manage', 'case.edit'] });
  await assert.rejects(make(limited), refused('not_allowed'));
  await assert.rejects(make(limited, ruleContent.parse({ trigger: arrival, actions: { note: 'x' } })), refused('not_allowed'));
  const made = await make(limited, ruleContent.parse({ trigger: arrival, actions: { priority: 'low' } }));
  await assert.rejects(limited.does((ctx) => updateRule(ctx, { ruleId: made.id, version: 1, name: 'x', isOn: true, content })), refused('not_allowed'));
  await assert.rejects(make(chief, ruleContent.parse({ trigger: arrival, actions: {} })), refused('rule_empty'));
  const own = await chief.does((ctx) => createFolder(ctx, { name: 'Mine', audience: 'personal' }));
  const mine = await chief.does((ctx) => createMacro(ctx, { name: 'Mine', folderId: own.id, content: macroContent.parse({ texts: [{ text: 'x' }] }) }));
  await assert.rejects(make(chief, ruleContent.parse({ trigger: arrival, actions: { replyWith: mine.id } })), refused('not_allowed'));
});

test('every version is kept, an old one does not overwrite a newer, and a rule that is off does nothing', async () => {
  const rule = await write({ trigger: arrival, actions: { addTags: ['x'] } });
  const change = (version: number, isOn: boolean) => chief.does((ctx) => updateRule(ctx, { ruleId: rule.id, version, name: rule.name, isOn, content: rule.content }));
  assert.equal((await change(1, false)).version, 2);
  await assert.rejects(change(1, true), refused('changed_meanwhile'));
  await assert.rejects(write({ trigger: arrival, actions: { addTags: ['x'] } }, rule.name.toUpperCase()), refused('name_taken'));
  const caseId = await arrive();
  await hear();
  assert.deepEqual((await see(caseId)).tags, []);
  assert.deepEqual((await chief.does((ctx) => listRuleVersions(ctx, { ruleId: rule.id, limit: 1 }))).items.map((one) => one.isOn), [false]);
});

test('a dry run says which cases would be moved and how, and moves none', async () => {
  desk.clock.forward({ days: 40 });
  const since = desk.clock.now().toISOString();
  const [yes, no] = [await arrive({ subject: 'Broken lamp' }), await arrive({ subject: 'Thanks' })];
  const content = ruleContent.parse({ trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'subject', test: 'contains', values: ['broken'] }] }], actions: { kind: 'problem', addTags: ['broken'] } });
  const found = await chief.does((ctx) => tryOutRule(ctx, { content, since }));
  assert.deepEqual(found.items.map((one) => [one.case.id, one.changes]), [[yes, [{ what: 'kind', to: 'problem' }, { what: 'addTags', to: 'broken' }]]]);
  assert.deepEqual([found.looked, found.nextCursor, (await see(yes)).tags, (await see(no)).tags], [2, null, [], []]);
});

test('what rules did is kept for thirty days', async () => {
  const rule = await write({ trigger: arrival, actions: { addTags: ['kept'] } });
  await arrive();
  await hear();
  desk.clock.forward({ days: 29 });
  await tidyRules.run(desk.platform, {});
  assert.equal((await runsOf(rule.id)).length, 1);
  desk.clock.forward({ days: 2 });
  await tidyRules.run(desk.platform, {});
  assert.deepEqual([(await runsOf(rule.id)).length, (await chief.does((ctx) => getRule(ctx, rule.id))).fired], [0, 1], 'the count stays');
});

test('whatever rules there are, they come to rest, in order, each once for an event', async () => {
  const priority = fc.constantFrom('low', 'normal', 'high', 'urgent');
  const tag = fc.constantFrom('a', 'b', 'c');
  const trigger = fc.oneof(fc.constant(arrival), fc.constant({ on: 'event', event: 'note.added' } as const), fc.constantFrom('priority', 'tags', 'status').map((field) => ({ on: 'event', event: 'case.changed', fields: [field] }) as Draft['trigger']));
  const condition = fc.oneof(priority.map((value) => ({ fact: 'priority' as const, test: 'is' as const, values: [value] })), fc.record({ fact: fc.constant('tag' as const), test: fc.constantFrom('is' as const, 'is_not' as const), values: tag.map((one) => [one]) }));
  const actions = fc.record({ priority, addTags: tag.map((one) => [one]), removeTags: tag.map((one) => [one]), note: fc.constant('n'), stop: fc.boolean() }, { requiredKeys: [] }).filter((one) => Object.keys(one).length > 0 && !(Object.keys(one).length === 1 && one.stop === false));
  const set = fc.array(fc.record({ trigger, groups: fc.array(fc.record({ match: fc.constantFrom('all' as const, 'any' as const, 'none' as const), conditions: fc.array(condition, { maxLength: 2 }) }), { maxLength: 2 }), actions }), { minLength: 1, maxLength: 6 });
  await fc.assert(fc.asyncProperty(set, async (drafts) => {
    const made = [];
    for (const draft of drafts) made.push(await write(draft as Draft));
    const caseId = await arrive();
    await chief.does((ctx) => updateCase(ctx, caseId, { priority: 'high', addTags: ['a'] }));
    await hear();
    const order = new Map(made.map((rule, index) => [rule.id, index]));
    const runs = (await desk.asSystem((ctx) => ctx.tx.run<{ rule_id: string; event_id: string; outcome: string }>('select rule_id, event_id, outcome from rule_run where case_id = $1 order by id', [caseId])));
    const byEvent = Map.groupBy(runs, (run) => run.event_id);
    for (const list of byEvent.values()) {
      const places = list.map((run) => order.get(run.rule_id) ?? -1);
      assert.deepEqual(places, [...new Set(places)].toSorted((a, b) => a - b), 'in order, and each once');
      const stop = list.findIndex((run) => (run.outcome === 'fired' || run.outcome === 'stopped') && drafts[order.get(run.rule_id) ?? -1]?.actions.stop === true);
      assert.ok(stop === -1 || stop === list.length - 1, 'nothing behind a stop');
    }
    for (const rule of made) assert.ok(runs.filter((run) => run.rule_id === rule.id && run.outcome === 'fired').length <= MOST_AN_HOUR);
    for (const rule of made) await chief.does((ctx) => removeRule(ctx, rule.id));
  }), { numRuns: 25 });
});

test('a rule never does more than its author could today: it is held back when they leave or lose the right, until somebody else answers for it', async () => {
  const author = await desk.agent({ name: 'Otto Once', permissions: builtInRoles.supervisor.permissions });
  const content = ruleContent.parse({ trigger: arrival, actions: { addTags: ['by-rule'] } });
  const rule = await author.does((ctx) => createRule(ctx, { name: 'Of Otto', isOn: true, content }));
  const setRole = (permissions: readonly string[], scope: string) => desk.asSystem((ctx) => ctx.tx.run('update role set permissions = $2, case_scope = $3 where account_id = $1 and id = (select role_id from agent where account_id = $1 and id = $4)', [ctx.accountId, permissions, scope, author.id]));
  const tell = async () => {
    const caseId = await arrive();
    await hear();
    return [(await see(caseId)).tags, (await runsOf(rule.id))[0]?.reason, (await chief.does((ctx) => getRule(ctx, rule.id))).authorTrouble];
  };
  assert.deepEqual(await tell(), [['by-rule'], null, null]);
  await setRole(builtInRoles.supervisor.permissions.filter((one) => one !== 'case.edit'), 'all');
  assert.deepEqual(await tell(), [[], 'author_may_not', 'author_may_not']);
  await setRole(builtInRoles.supervisor.permissions, 'team');
  assert.deepEqual(await tell(), [[], 'author_may_not', 'author_may_not'], 'rules work on every case');
  await setRole(builtInRoles.supervisor.permissions, 'all');
  assert.deepEqual(await tell(), [['by-rule'], null, null]);
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, author.id]));
  assert.deepEqual(await tell(), [[], 'author_gone', 'author_gone']);
  assert.deepEqual((await chief.does(listRules)).items.map((one) => one.authorTrouble), ['author_gone']);
  await chief.does((ctx) => updateRule(ctx, { ruleId: rule.id, version: 1, name: rule.name, isOn: true, content }));
  assert.deepEqual(await tell(), [['by-rule'], null, null]);
});

test('a removed rule does nothing any more, and how it read and what it did can be read as long as the log is kept', async () => {
  const rule = await write({ trigger: arrival, actions: { addTags: ['first'] } }, 'Passing');
  const caseId = await arrive();
  await hear();
  await chief.does((ctx) => updateRule(ctx, { ruleId: rule.id, version: 1, name: 'Passing', isOn: true, content: ruleContent.parse({ trigger: arrival, actions: { addTags: ['second'] } }) }));
  await chief.does((ctx) => removeRule(ctx, rule.id));
  const quiet = await arrive();
  await hear();
  assert.deepEqual((await see(quiet)).tags, []);
  assert.ok(!(await chief.does(listRules)).items.some((one) => one.id === rule.id));
  assert.deepEqual((await runsOf(rule.id)).map((run) => [run.case.id, run.outcome, run.version]), [[caseId, 'fired', 1]]);
  assert.deepEqual((await chief.does((ctx) => listCaseRuns(ctx, { caseId, limit: 5 }))).items.map((run) => run.ruleName), ['Passing']);
  assert.deepEqual((await chief.does((ctx) => listRuleVersions(ctx, { ruleId: rule.id, limit: 5 }))).items.map((one) => one.content.actions.addTags), [['second'], ['first']]);
  const removed = (await chief.does(listRemovedRules)).items.find((one) => one.id === rule.id);
  assert.deepEqual([removed?.isOn, removed?.removedAt], [false, desk.clock.now().toISOString()]);
  await assert.rejects(chief.does((ctx) => updateRule(ctx, { ruleId: rule.id, version: 2, name: 'Passing', isOn: true, content: rule.content })), refused('not_found'));
  await assert.rejects(chief.does((ctx) => removeRule(ctx, rule.id)), refused('not_found'));
  await write({ trigger: arrival, actions: { addTags: ['third'] } }, 'Passing');
  desk.clock.forward({ days: 31 });
  await tidyRules.run(desk.platform, {} as never);
  assert.ok(!(await chief.does(listRemovedRules)).items.some((one) => one.id === rule.id));
  await assert.rejects(runsOf(rule.id), refused('not_found'));
});

test('a rule written with a key reaches no further than the key, and ends with it', async () => {
  const author = await desk.agent({ name: 'Kim Keys', permissions: builtInRoles.supervisor.permissions });
  const apiKeyId = newId();
  await desk.asSystem((ctx) => ctx.tx.run(`insert into api_key (account_id, id, agent_id, name, prefix, token_hash, created_at) values ($1, $2, $3, 'Script', 'rk', '\\x01', now())`, [ctx.accountId, apiKeyId, author.id]));
  const content = ruleContent.parse({ trigger: arrival, actions: { addTags: ['by-key'] } });
  const rule = await author.does((ctx) => createRule({ ...ctx, actor: { ...ctx.actor, apiKeyId } }, { name: 'Of a key', isOn: true, content }));
  const tell = async () => {
    const caseId = await arrive();
    await hear();
    return [(await see(caseId)).tags, (await runsOf(rule.id))[0]?.reason, (await chief.does(listRules)).items[0]?.authorTrouble];
  };
  assert.deepEqual(await tell(), [['by-key'], null, null]);
  await desk.asSystem((ctx) => ctx.tx.run(`update api_key set ceiling_permissions = '{case.read,rule.manage}', ceiling_scope = 'all' where account_id = $1 and id = $2`, [ctx.accountId, apiKeyId]));
  assert.deepEqual(await tell(), [[], 'author_may_not', 'author_may_not']);
  await desk.asSystem((ctx) => ctx.tx.run('delete from api_key where account_id = $1 and id = $2', [ctx.accountId, apiKeyId]));
  assert.deepEqual(await tell(), [[], 'key_gone', 'key_gone'], 'the key is named, not the person, who is still there');
  await author.does((ctx) => updateRule(ctx, { ruleId: rule.id, version: 1, name: rule.name, isOn: true, content }));
  assert.deepEqual(await tell(), [['by-key'], null, null], 'by hand it acts for them');
});

test('a rule has colleagues follow who may see the case, and tells one endpoint, whatever that asks for', async () => {
  const [team, other] = [await desk.team(), await desk.team()];
  const [inside, outside] = [await desk.agent({ scope: 'team', teamIds: [team] }), await desk.agent({ scope: 'team', teamIds: [other] })];
  const admin = await desk.agent({ name: 'Ada Allowed' });
  const endpointId = newId();
  await desk.asSystem((ctx) => ctx.tx.run(`insert into webhook_endpoint (account_id, id, name, url, topics, include_resource, agent_id, secret, created_at) values ($1, $2, 'Shop', 'https://shop.example/hook', '{customer.erased}', false, $3, '\\x00', now())`, [ctx.accountId, endpointId, admin.id]));
  const content = ruleContent.parse({ trigger: arrival, actions: { teamId: team, addFollowers: [inside.id, outside.id], callWebhook: endpointId } });
  await assert.rejects(chief.does((ctx) => createRule(ctx, { name: 'Call', isOn: true, content })), refused('not_allowed'));
  const rule = await admin.does((ctx) => createRule(ctx, { name: 'Call', isOn: true, content }));
  const caseId = await arrive();
  await hear();
  assert.deepEqual((await chief.does((ctx) => listFollowers(ctx, caseId))).items.map((one) => one.id), [inside.id]);
  const events = await desk.asSystem((ctx) => ctx.tx.run<{ payload: Record<string, unknown> }>(`select payload from event where topic = 'rule.called'`));
  assert.deepEqual(events.map(({ payload }) => [payload['caseId'], payload['ruleId'], payload['ruleName'], payload['endpointId'], payload['scope']]), [[caseId, rule.id, 'Call', endpointId, { teamIds: [team], assigneeIds: [null] }]]);
  const { items } = await admin.does((ctx) => tryOutRule(ctx, { content, since: '2020-01-01T00:00:00.000Z' }));
  assert.ok(items.some((one) => one.changes.some((change) => change.what === 'callWebhook' && change.to === endpointId)));
  assert.equal((await runsOf(rule.id))[0]?.outcome, 'fired');
});

test('a rule that names people, teams, inboxes or fields that are not there is refused, as it would never do what it says', async () => {
  const nobody = newId();
  const condition = (fact: 'team' | 'assignee' | 'inbox') => ({ trigger: arrival, groups: [{ match: 'all' as const, conditions: [{ fact, test: 'is' as const, values: [nobody] }] }], actions: { addTags: ['x'] } });
  for (const content of [
    { trigger: arrival, actions: { teamId: nobody } }, { trigger: arrival, actions: { assign: nobody } }, { trigger: arrival, actions: { note: 'Look', notify: [nobody] } }, { trigger: arrival, actions: { addFollowers: [nobody] } },
    { trigger: arrival, actions: { fields: { [nobody]: 'x' } } }, condition('team'), condition('assignee'), condition('inbox'),
    { trigger: arrival, groups: [{ match: 'all' as const, conditions: [{ fact: 'field' as const, fieldId: nobody, test: 'is_set' as const }] }], actions: { addTags: ['x'] } },
  ]) await assert.rejects(write(content as Draft), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request' && error.detail?.includes(nobody) === true, JSON.stringify(content));
});

test('whoever has left is given nothing to do by a new rule, and an old one says that it names them', async () => {
  const leaver = await desk.agent({ name: 'Lou Leaver' });
  const given = [{ assign: leaver.id }, { note: 'Look', notify: [leaver.id] }, { addFollowers: [leaver.id] }].map((actions) => ({ trigger: arrival, actions }) as Draft);
  const kept = await write(given[0] as Draft);
  assert.deepEqual(kept.leavers, []);
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, leaver.id]));
  for (const content of given) await assert.rejects(write(content), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request' && error.detail?.includes(leaver.id) === true);
  assert.deepEqual((await chief.does(listRules)).items.find(({ id }) => id === kept.id)?.leavers, ['Lou Leaver']);
  const asked = { trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'assignee', test: 'is', values: [leaver.id] }] }], actions: { addTags: ['x'] } } as Draft;
  assert.deepEqual((await write(asked)).leavers, [], 'what they once had can still be asked for');
  const stopped = await chief.does((ctx) => updateRule(ctx, { ...kept, ruleId: kept.id, isOn: false }));
  assert.deepEqual([stopped.isOn, stopped.leavers], [false, ['Lou Leaver']], 'and the rule can be stopped as it is');
});
