import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Platform } from '../../platform/context.ts';
import { permissionNames, type BodyOf, type views } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { createField, removeField, updateField } from '../define-fields.ts';
import { getBulk } from '../bulk/list-bulk.ts';
import { goOn } from '../bulk/run-bulk.ts';
import { startBulk } from '../bulk/start-bulk.ts';
import { receive } from '../receive.ts';
import { updateCase } from '../update-case.ts';
import { countViewCases } from './count-views.ts';
import { listWithFields } from './list-with-fields.ts';
import { createView, getView, listCasesOfView, listViews, orderViews, removeView, restoreView, updateView } from './views.ts';

let desk: TestDesk;
let lead: TestAgent;
let anna: TestAgent;
let stranger: TestAgent;
let other: string;
const without = permissionNames.filter((name) => name !== 'view.share');
before(async () => {
  desk = await openTestDesk();
  // Runs are gone on with by hand here.
  Object.assign(desk.platform, { jobs: { enqueue: async () => undefined } satisfies Pick<Platform['jobs'], 'enqueue'> });
  other = await desk.team('Billing');
  lead = await desk.agent({ name: 'Lena Lead', teamIds: [desk.teamId] });
  anna = await desk.agent({ name: 'Anna Agent', scope: 'team', teamIds: [desk.teamId], permissions: without });
  stranger = await desk.agent({ name: 'Sam Stranger', scope: 'team', teamIds: [other], permissions: without });
});
after(() => desk.close());

type Written = BodyOf<(typeof views)['create']>;
const content: Written['content'] = { filter: { kinds: ['complaint'] }, sort: 'newest', layout: 'list', columns: ['number'] };
const made = (agent: TestAgent, input: Partial<Written> = {}) => agent.does((ctx) => createView(ctx, { name: 'Complaints', icon: '🔥', colour: 'clay', audience: 'personal', teamId: null, content, ...input }));
const remove = (agent: TestAgent, viewId: string) => agent.does((ctx) => removeView(ctx, viewId));
const namesOf = async (agent: TestAgent) => (await agent.does((ctx) => listViews(ctx))).items.map(({ name }) => name);
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const audit = async () => (await desk.asSystem((ctx) => ctx.tx.run<{ action: string; target: string }>(`select action, target from audit_record where account_id = $1 and action like 'view.%' order by id`, [ctx.accountId]))).map(({ action, target }) => `${action} ${target}`);
const arrive = async (complaint: boolean, teamId = desk.teamId) => {
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { teamId, ...(complaint ? { kind: 'complaint' as const } : {}) }));
  return caseId;
};

test('a view of one’s own is seen by nobody else, not even by its address', async () => {
  const view = await made(anna, { name: 'Mine' });
  assert.deepEqual([view.icon, view.canEdit, view.content.filter], ['🔥', true, { kinds: ['complaint'] }]);
  assert.deepEqual(await namesOf(lead), []);
  for (const look of [() => lead.does((ctx) => getView(ctx, view.id)), () => lead.does((ctx) => listCasesOfView(ctx, { viewId: view.id, limit: 5 })), () => remove(lead, view.id)]) await assert.rejects(look, refused('not_found'));
  assert.deepEqual(await audit(), [], 'and nobody is told of it');
  await remove(anna, view.id);
});

test('sharing needs the right to share, and for a team one must be in it', async () => {
  await assert.rejects(made(anna, { audience: 'everyone' }), refused('not_allowed'));
  await assert.rejects(made(anna, { audience: 'team', teamId: desk.teamId }), refused('not_allowed'));
  await assert.rejects(made(lead, { audience: 'team', teamId: other }), refused('not_allowed'));
  await assert.rejects(made(lead, { audience: 'team' }), refused('invalid_request'));
  await assert.rejects(made(lead, { audience: 'everyone', teamId: desk.teamId }), refused('invalid_request'));
  const own = await made(anna, { name: 'First mine' });
  await assert.rejects(anna.does((ctx) => updateView(ctx, own.id, { ...own, teamId: null, audience: 'everyone' })), refused('not_allowed'));
  await remove(anna, own.id);
});

test('a team’s view is there for the team, everybody’s for everybody, and only whoever may share changes them', async () => {
  const team = await made(lead, { name: 'For the team', audience: 'team', teamId: desk.teamId });
  const all = await made(lead, { name: 'For all', audience: 'everyone' });
  assert.deepEqual([await namesOf(anna), await namesOf(stranger)], [['For the team', 'For all'], ['For all']]);
  const seen = await anna.does((ctx) => getView(ctx, all.id));
  assert.equal(seen.canEdit, false);
  await assert.rejects(anna.does((ctx) => updateView(ctx, all.id, { ...all, name: 'Ours now' })), refused('not_allowed'));
  await assert.rejects(remove(anna, all.id), refused('not_allowed'));
  await assert.rejects(stranger.does((ctx) => getView(ctx, team.id)), refused('not_found'));
  const changed = await lead.does((ctx) => updateView(ctx, all.id, { ...all, name: 'For all of us' }));
  assert.deepEqual([changed.name, changed.version, changed.updatedBy], ['For all of us', 2, 'Lena Lead']);
  await assert.rejects(lead.does((ctx) => updateView(ctx, all.id, { ...all })), refused('changed_meanwhile'));
  await remove(lead, team.id);
  await remove(lead, all.id);
  assert.deepEqual(await audit(), ['view.shared For the team', 'view.shared For all', 'view.changed For all of us', 'view.removed For the team', 'view.removed For all of us']);
});

test('nobody takes a shared view away from the others by making it their own', async () => {
  const colleague = await desk.agent({ name: 'Lou Lead', teamIds: [desk.teamId] });
  const view = await made(lead, { name: 'Everybody’s', audience: 'everyone' });
  for (const agent of [colleague, lead]) await assert.rejects(agent.does((ctx) => updateView(ctx, view.id, { ...view, audience: 'personal' })), refused('not_allowed'));
  assert.deepEqual(await namesOf(stranger), ['Everybody’s']);
  const edited = await colleague.does((ctx) => updateView(ctx, view.id, { ...view, audience: 'team', teamId: desk.teamId }));
  assert.equal(edited.updatedBy, 'Lou Lead', 'but changing with whom it is shared is a change like any other');
  await assert.rejects(colleague.does((ctx) => updateView(ctx, view.id, { ...edited, audience: 'personal', teamId: null })), refused('not_allowed'), 'nor a team’s');
  await remove(colleague, view.id);
});

test('a view that cannot be read says so, shows no cases, and does not take the others with it', async () => {
  const [bad, good] = [await made(anna, { name: 'From elsewhere' }), await made(anna, { name: 'Readable' })];
  const write = (content: object) => desk.superuserPool().query('update case_view set content = $2 where id = $1', [bad.id, content]);
  for (const content of [{ filter: { kinds: ['riddle'] } }, { filter: 7, sort: 'sideways' }, {}]) {
    await write(content);
    assert.deepEqual((await anna.does(listViews)).items.map(({ name, missing }) => [name, missing]).sort(), [['From elsewhere', ['content']], ['Readable', []]]);
    assert.deepEqual((await anna.does((ctx) => countViewCases(ctx))).map(({ viewId }) => viewId), [good.id]);
    await assert.rejects(anna.does((ctx) => listCasesOfView(ctx, { viewId: bad.id, limit: 5 })), refused('not_found'));
    await anna.does((ctx) => orderViews(ctx, [good.id]));
  }
  assert.equal((await anna.does((ctx) => updateView(ctx, bad.id, { ...bad, name: 'Written anew' }))).name, 'Written anew');
  await write({});
  await remove(anna, bad.id);
  await remove(anna, good.id);
});

test('whatever else a view names and is gone is said, and what is left of it is offered', async () => {
  const filter = {
    teams: ['mine', newId(), desk.teamId] as never, inboxes: [newId()], assignees: ['none', newId()] as never, followers: [newId(), anna.id], not: { teams: [newId()], kinds: ['complaint' as const], customers: [newId()], fields: [{ fieldId: newId(), value: 'x' }] }, organizationId: newId(), customerFields: [{ fieldId: newId(), value: 'x' }], fieldRanges: [{ fieldId: newId(), from: 1 }],
  };
  const view = await made(anna, { content: { ...content, filter, sort: `field:${newId()}:asc` } });
  const found = (await anna.does(listViews)).items.find(({ id }) => id === view.id);
  assert.deepEqual(found?.missing.toSorted(), ['agent', 'customer', 'field', 'inbox', 'organization', 'team']);
  assert.deepEqual([found.content.filter, found.content.sort], [{ teams: ['mine', desk.teamId], assignees: ['none'], followers: [anna.id], not: { kinds: ['complaint'] } }, 'newest']);
  await remove(anna, view.id);
});

test('a view whose field, option or customer is gone says which, and works again with what is left of it', async () => {
  const red = newId();
  const define = (name: string, parts: object = {}) => lead.does((ctx) => createField(ctx, { name, type: 'text', options: [], currency: null, kinds: [], isRequired: false, ...parts } as never));
  const [order, colour] = [await define('Order'), await define('Colour', { type: 'choice', options: [{ id: red, label: 'Red' }, { id: newId(), label: 'Blue' }] })];
  const kept = { kinds: ['complaint' as const] };
  const view = await made(anna, { content: { ...content, filter: { ...kept, fields: [{ fieldId: order.id, value: '17' }, { fieldId: colour.id, value: red }], customerId: newId() } } });
  const look = async () => (await anna.does(listViews)).items.find(({ id }) => id === view.id);
  assert.deepEqual((await look())?.missing, ['customer']);
  await lead.does((ctx) => updateField(ctx, colour.id, { version: 1, options: colour.options.slice(1) }));
  await lead.does((ctx) => removeField(ctx, order.id));
  const broken = await look();
  assert.deepEqual([broken?.missing, broken?.content.filter], [['field', 'value', 'customer'], kept]);
  await assert.rejects(anna.does((ctx) => listCasesOfView(ctx, { viewId: view.id, limit: 5 })), refused('not_found'));
  assert.ok(broken);
  await anna.does((ctx) => updateView(ctx, view.id, broken));
  assert.deepEqual([(await look())?.missing, (await anna.does((ctx) => listCasesOfView(ctx, { viewId: view.id, limit: 5 }))).items], [[], []]);
  await remove(anna, view.id);
});

test('a shared view shows everybody only what lies in their own scope', async () => {
  const view = await made(lead, { audience: 'everyone' });
  const [ours, theirs] = [await arrive(true), await arrive(true, other)];
  await arrive(false);
  const ids = async (agent: TestAgent) => (await agent.does((ctx) => listCasesOfView(ctx, { viewId: view.id, limit: 50 }))).items.map(({ id }) => id);
  assert.deepEqual([await ids(lead), await ids(anna), await ids(stranger)], [[theirs, ours], [ours], [theirs]]);
  const counted = async (agent: TestAgent) => (await agent.does((ctx) => countViewCases(ctx)));
  assert.deepEqual([await counted(lead), await counted(anna)], [[{ viewId: view.id, count: 2, isMore: false }], [{ viewId: view.id, count: 1, isMore: false }]]);
  await remove(lead, view.id);
});

test('a table shows fields of the company’s own, of those cases that one may see', async () => {
  const field = await desk.asSystem((ctx) => createField(ctx, { name: 'Machine', type: 'text', options: [], currency: null, kinds: [], isRequired: false }));
  const view = await made(lead, { name: 'Machines', audience: 'everyone', content: { ...content, layout: 'table', columns: ['number', `field:${field.id}`] } });
  assert.deepEqual(view.content.columns, ['number', `field:${field.id}`]);
  const [ours, theirs] = [await arrive(true), await arrive(true, other)];
  for (const caseId of [ours, theirs]) await desk.asSystem((ctx) => updateCase(ctx, caseId, { fields: { [field.id]: 'Ember Duo' } }));
  const page = (fields: string[]) => anna.does((ctx) => listWithFields(ctx, { filter: { fields: [{ fieldId: field.id, value: 'Ember Duo' }] }, sort: 'newest', limit: 50, fields }));
  assert.deepEqual((await page([field.id])).fieldValues, { [ours]: { [field.id]: 'Ember Duo' } });
  assert.deepEqual((await page([])).fieldValues, {}, 'only what is asked for');
  await remove(lead, view.id);
});

test('counting stops, and says so', async () => {
  const view = await made(anna, { name: 'All', content: { ...content, filter: {} } });
  for (let i = 0; i < 6; i += 1) await arrive(false);
  const count = (helpings: number[]) => anna.does((ctx) => countViewCases(ctx, { small: 0, helpings, sorted: 0 })).then((items) => items[0]);
  assert.deepEqual(await count([2, 3]), { viewId: view.id, count: 5, isMore: true });
  assert.equal((await count([500]))?.isMore, false);
  await remove(anna, view.id);
});

test('names are taken among the views of the same people only', async () => {
  const mine = await made(anna);
  await assert.rejects(made(anna, { name: 'COMPLAINTS' }), refused('name_taken'));
  const leads = await made(lead);
  const all = await made(lead, { audience: 'everyone' });
  assert.deepEqual((await anna.does((ctx) => listViews(ctx))).items.map(({ audience }) => audience), ['personal', 'everyone']);
  for (const [agent, view] of [[anna, mine], [lead, leads], [lead, all]] as const) await remove(agent, view.id);
});

test('everybody has an order of their own, and what is new comes last', async () => {
  const made4 = [await made(anna, { name: 'A' }), await made(anna, { name: 'B' }), await made(lead, { name: 'C', audience: 'everyone' })];
  const foreign = await made(lead, { name: 'X' });
  await anna.does((ctx) => orderViews(ctx, [made4[2]?.id ?? '', foreign.id, made4[1]?.id ?? '']));
  assert.deepEqual(await namesOf(anna), ['C', 'B', 'A']);
  assert.deepEqual(await namesOf(lead), ['X', 'C'], 'the others keep theirs');
  await made(anna, { name: 'D' });
  assert.deepEqual(await namesOf(anna), ['C', 'B', 'A', 'D']);
  for (const { id, canEdit } of (await anna.does((ctx) => listViews(ctx))).items) if (canEdit) await remove(anna, id);
  for (const { id } of (await lead.does((ctx) => listViews(ctx))).items) await remove(lead, id);
});

test('what an agent shared stays when the agent is gone, a team’s view goes with the team', async () => {
  const leaver = await desk.agent({ name: 'Leo Leaver', teamIds: [desk.teamId] });
  const shared = await made(leaver, { name: 'Stays', audience: 'everyone' });
  await made(leaver, { name: 'Goes' });
  const team = await desk.team('Short-lived');
  const member = await desk.agent({ teamIds: [team] });
  await made(member, { name: 'With the team', audience: 'team', teamId: team });
  await desk.asSystem((ctx) => ctx.tx.run('delete from team_member where account_id = $1 and agent_id = $2', [ctx.accountId, leaver.id]));
  await desk.asSystem((ctx) => ctx.tx.run('delete from agent where account_id = $1 and id = $2', [ctx.accountId, leaver.id]));
  await desk.asSystem((ctx) => ctx.tx.run('delete from team where account_id = $1 and id = $2', [ctx.accountId, team]));
  assert.deepEqual((await desk.asSystem((ctx) => ctx.tx.run<{ name: string }>('select name from case_view where account_id = $1', [ctx.accountId]))).map(({ name }) => name), ['Stays']);
  assert.equal((await lead.does((ctx) => getView(ctx, shared.id))).updatedBy, 'Leo Leaver');
  await remove(lead, shared.id);
});

test('a removed view comes back as it was, for everybody where they had it, within ten minutes', async () => {
  const view = await made(lead, { name: 'Escalations', audience: 'everyone' });
  const first = await made(anna, { name: 'Anna’s' });
  await anna.does((ctx) => orderViews(ctx, [view.id, first.id]));
  const before = await namesOf(anna);
  assert.equal(before[0], 'Escalations');
  const wayBack = (await remove(lead, view.id)).wayBack ?? assert.fail('no way back');
  assert.ok(!(await namesOf(anna)).includes('Escalations'));
  await assert.rejects(anna.does((ctx) => restoreView(ctx, wayBack)), refused('not_allowed'), 'who could not remove it cannot put it back');
  const back = await lead.does((ctx) => restoreView(ctx, wayBack));
  assert.deepEqual([back.id, back.name, back.content, back.audience], [view.id, view.name, view.content, 'everyone']);
  assert.deepEqual(await namesOf(anna), before);
  await assert.rejects(lead.does((ctx) => restoreView(ctx, wayBack)), refused('undone_already'));
  await assert.rejects(lead.does((ctx) => restoreView(ctx, `${wayBack.slice(0, -6)}AAAAAA`)), refused('undo_over'), 'nobody writes one by hand');
  const again = (await remove(lead, view.id)).wayBack ?? assert.fail('no way back');
  desk.clock.forward({ minutes: 11 });
  await assert.rejects(lead.does((ctx) => restoreView(ctx, again)), refused('undo_over'));
  await remove(anna, first.id);
});

test('everything a filter finds is changed at once, within the scope of whoever asks', async () => {
  const [ours, theirs] = [await arrive(true), await arrive(true, other)];
  const run = await anna.does((ctx) => startBulk(ctx, { selection: { by: 'filter', filter: { kinds: ['complaint'] } }, action: { priority: 'urgent' } }));
  assert.equal(await goOn(desk.platform, { accountId: desk.accountId, runId: run.id }), true);
  const done = await anna.does((ctx) => getBulk(ctx, run.id));
  assert.deepEqual([done.state, done.refused], ['done', 0]);
  const urgent = async () => (await desk.asSystem((ctx) => ctx.tx.run<{ id: string }>(`select id from cases where account_id = $1 and priority = 'urgent'`, [ctx.accountId]))).map(({ id }) => id);
  assert.ok((await urgent()).includes(ours));
  assert.ok(!(await urgent()).includes(theirs));
});
