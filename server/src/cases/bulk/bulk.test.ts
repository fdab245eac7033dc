import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BulkAction, BulkRun, BulkSelection } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import type { Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listFollowers } from '../follow.ts';
import { getCase } from '../get-case.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { updateCase } from '../update-case.ts';
import { getBulk, listBulk, listBulkItems, undoBulk } from './list-bulk.ts';
import { goOn } from './run-bulk.ts';
import { startBulk } from './start-bulk.ts';

let desk: TestDesk;
let anna: TestAgent;
let billing: string;
before(async () => {
  desk = await openTestDesk();
  // Runs are gone on with by hand here.
  Object.assign(desk.platform, { jobs: { enqueue: async () => undefined } satisfies Pick<Platform['jobs'], 'enqueue'> });
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
  billing = await desk.team('Billing');
});
after(() => desk.close());

const brief = { asked: 'a', tried: 'b', promised: null, next: 'c' };
const arrive = async (inboxId?: string) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(inboxId === undefined ? {} : { inboxId })))).caseId;
const several = async (count: number) => Promise.all(Array.from({ length: count }, () => arrive()));
const see = (caseId: string) => desk.asSystem((ctx) => getCase(ctx, caseId));
const start = (selection: BulkSelection, action: BulkAction, agent = anna) => agent.does((ctx) => startBulk(ctx, { selection, action }));
const finish = async (run: BulkRun, agent = anna) => {
  assert.equal(await goOn(desk.platform, { accountId: desk.accountId, runId: run.id }), true);
  return agent.does((ctx) => getBulk(ctx, run.id));
};
const run = async (caseIds: string[], action: BulkAction, agent = anna) => finish(await start({ by: 'cases', caseIds }, action, agent), agent);
const undo = async (done: BulkRun, agent = anna) => finish(await agent.does((ctx) => undoBulk(ctx, done.id)), agent);
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const summary = ({ state, total, done, changed, same, refused: no, restored, kept }: BulkRun) => ({ state, total, done, changed, same, refused: no, restored, kept });

test('everything is done to every case, and every case tells of it', async () => {
  const ids = await several(3);
  const until = new Date(desk.clock.now().getTime() + 3_600_000).toISOString();
  const done = await run(ids, { priority: 'high', kind: 'problem', addTags: ['outage'], assigneeId: anna.id, teamId: billing, brief, snoozedUntil: until, follow: true });
  assert.deepEqual(summary(done), { state: 'done', total: 3, done: 3, changed: 3, same: 0, refused: 0, restored: 0, kept: 0 });
  for (const id of ids) {
    const row = await see(id);
    assert.deepEqual([row.priority, row.kind, row.tags, row.assignee?.id, row.team?.id, row.snoozedUntil, row.brief?.asked], ['high', 'problem', ['outage'], anna.id, billing, until, 'a']);
    assert.equal((await anna.does((ctx) => listFollowers(ctx, id))).isFollowing, true);
  }
  const again = await run(ids, { priority: 'high' });
  assert.deepEqual([again.changed, again.same, again.undoUntil], [0, 3, null]);
});

test('what is refused for one case is reported and holds up no other', async () => {
  const [open, closed] = await several(2) as [string, string];
  await desk.asSystem((ctx) => updateCase(ctx, closed, { status: 'closed' }));
  const done = await run([closed, open], { priority: 'low' });
  assert.deepEqual([done.changed, done.refused], [1, 1]);
  const { items } = await anna.does((ctx) => listBulkItems(ctx, { runId: done.id, state: 'refused', limit: 25 }));
  assert.deepEqual(items.map((item) => [item.caseId, item.code, item.number !== null]), [[closed, 'case_closed', true]]);
  assert.ok((items[0]?.detail ?? '').length > 0);
});

test('a case out of the agent’s sight is refused like one that is not there, and nothing is told of it', async () => {
  const narrow = await desk.agent({ scope: 'team', teamIds: [billing] });
  const ids = await several(2);
  const done = await run(ids, { priority: 'urgent' }, narrow);
  assert.equal(done.refused, 2);
  const { items } = await narrow.does((ctx) => listBulkItems(ctx, { runId: done.id, limit: 25 }));
  assert.deepEqual(items.map((item) => [item.code, item.number, item.subject]), [['not_found', null, null], ['not_found', null, null]]);
  assert.equal((await see(ids[0] as string)).priority, 'normal');
  await assert.rejects(anna.does((ctx) => getBulk(ctx, done.id)), refused('not_found'), 'and nobody else sees the run');
});

test('rights that are taken away while it runs count from the next case on', async () => {
  const helper = await desk.agent({ name: 'Helper' });
  const ids = await several(3);
  const begun = await start({ by: 'cases', caseIds: ids }, { priority: 'low' }, helper);
  await goOn(desk.platform, { accountId: desk.accountId, runId: begun.id }, 0);
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where id = $1`, [helper.id]));
  const done = await finish(begun, helper);
  assert.ok(done.refused >= 1 && done.changed + done.refused === 3);
});

test('what makes no sense is refused before anything begins', async () => {
  const ids = await several(1);
  await assert.rejects(start({ by: 'cases', caseIds: ids }, { teamId: billing }), refused('brief_needed'));
  await assert.rejects(start({ by: 'cases', caseIds: ids }, { snoozedUntil: '2020-01-01T00:00:00.000Z' }), refused('snooze_in_past'));
  const editor = await desk.agent({ permissions: ['case.read', 'case.edit'] });
  await assert.rejects(start({ by: 'cases', caseIds: ids }, { assigneeId: null }, editor), refused('not_allowed'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(start({ by: 'cases', caseIds: ids }, { priority: 'low' }, reader), refused('not_allowed'));
});

test('all of a view is taken, page after page, in the agent’s scope; what comes later is not', async () => {
  const { id: inboxId } = await desk.inbox();
  const ids = await Promise.all(Array.from({ length: 130 }, () => arrive(inboxId)));
  const begun = await start({ by: 'view', shelf: 'open', inbox: inboxId }, { addTags: ['swept'] });
  assert.equal(begun.state, 'gathering');
  await goOn(desk.platform, { accountId: desk.accountId, runId: begun.id }, 0);
  const late = await arrive(inboxId);
  const done = await finish(begun);
  assert.deepEqual([done.total, done.changed], [130, 130]);
  assert.deepEqual((await see(late)).tags, []);
  assert.deepEqual((await see(ids[0] as string)).tags, ['swept']);
});

test('all that a search finds is taken', async () => {
  const found = await desk.asSystem((ctx) => receive(ctx, desk.mail({ text: 'The quokka is loose' })));
  const done = await finish(await start({ by: 'search', q: 'quokka' }, { kind: 'problem' }));
  assert.equal(done.changed, 1);
  assert.equal((await see(found.caseId)).kind, 'problem');
});

test('undoing puts every case back as it was, also out of the sight it was moved to', async () => {
  const narrow = await desk.agent({ scope: 'team', teamIds: [desk.teamId] });
  const ids = await several(2);
  await desk.asSystem((ctx) => updateCase(ctx, ids[0] as string, { priority: 'urgent', addTags: ['vip', 'old'], kind: 'complaint', assigneeId: narrow.id }));
  const was = await Promise.all(ids.map(see));
  const done = await run(ids, { status: 'resolved', priority: 'low', teamId: billing, brief, addTags: ['new'], removeTags: ['old'], kind: 'feedback', follow: true }, narrow);
  assert.deepEqual([done.changed, done.undoUntil !== null], [2, true]);
  const back = await undo(done, narrow);
  assert.deepEqual(summary(back), { state: 'undone', total: 2, done: 2, changed: 2, same: 0, refused: 0, restored: 2, kept: 0 });
  for (const [i, id] of ids.entries()) {
    const is = await see(id);
    const of = (row: typeof is) => ({ ...row, version: 0, snoozedUntil: row.snoozedUntil, tags: [...row.tags].sort(), messageCount: 0 });
    assert.deepEqual(of(is), of(was[i] as typeof is));
  }
  await assert.rejects(narrow.does((ctx) => undoBulk(ctx, done.id)), refused('undo_over'), 'once');
});

test('undoing leaves alone what somebody changed since, and says so', async () => {
  const [one, two] = await several(2) as [string, string];
  const done = await run([one, two], { priority: 'high', status: 'pending' });
  await desk.asSystem((ctx) => updateCase(ctx, one, { priority: 'urgent' }));
  const back = await undo(done);
  assert.deepEqual([back.restored, back.kept], [1, 1]);
  const [first, second] = [await see(one), await see(two)];
  assert.deepEqual([first.priority, first.status, second.priority, second.status], ['urgent', 'new', 'normal', 'new']);
  const { items } = await anna.does((ctx) => listBulkItems(ctx, { runId: done.id, state: 'kept', limit: 25 }));
  assert.deepEqual(items.map((item) => [item.caseId, item.code]), [[one, 'changed_meanwhile']]);
});

test('a run is undone within ten minutes or not at all, and what was closed stays closed', async () => {
  const done = await run(await several(1), { priority: 'high' });
  desk.clock.forward({ minutes: 10 });
  await assert.rejects(anna.does((ctx) => undoBulk(ctx, done.id)), refused('undo_over'));
  const closed = await run(await several(1), { status: 'closed' });
  assert.equal(closed.undoUntil, null);
});

test('several workers on one run do nothing twice', async () => {
  const ids = await several(12);
  const begun = await start({ by: 'cases', caseIds: [...ids, ...ids] }, { priority: 'high' });
  const job = { accountId: desk.accountId, runId: begun.id };
  await Promise.all([goOn(desk.platform, job), goOn(desk.platform, job), goOn(desk.platform, job)]);
  const done = await finish(begun);
  assert.deepEqual([done.total, done.done, done.changed, done.state], [12, 12, 12, 'done']);
  for (const caseId of ids) assert.equal((await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 50 }))).items.filter((entry) => entry.kind === 'change').length, 1);
});

test('the runs of an agent are listed, newest first, for other windows and after a reload', async () => {
  const done = await run(await several(1), { priority: 'low' });
  const { items } = await anna.does((ctx) => listBulk(ctx, { limit: 1 }));
  assert.equal(items[0]?.id, done.id);
});
