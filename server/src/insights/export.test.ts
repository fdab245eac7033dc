import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { openTestDesk, type AgentCtx, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { receive, updateCase } from '../cases/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { countCasesAnew } from './count-cases.ts';
import { deleteExports } from './export-store.ts';
import { exportFile, getExport } from './get-export.ts';
import { makeReport } from './report.ts';
import { startExport } from './start-export.ts';
import { writeExport } from './write-export.ts';

let desk: TestDesk;
let anna: TestAgent;
const queued: { exportId: string }[] = [];
const period = { from: '2026-01-01', to: '2026-12-31', timeZone: 'UTC' };
before(async () => {
  desk = await openTestDesk();
  Object.assign(desk.platform, { jobs: { enqueue: async (_tx: unknown, _job: unknown, data: { exportId: string }) => void queued.push(data) } });
  anna = await desk.agent({ name: 'Anna', teamIds: [desk.teamId] });
  for (const subject of ['=HYPERLINK("http://x")', 'Lantern, broken', 'Kerze']) {
    const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ subject })));
    await anna.does((ctx) => updateCase(ctx, caseId as string, { assigneeId: anna.id, status: 'resolved' }));
    await desk.asSystem((ctx) => countCasesAnew(ctx, [caseId as string]));
  }
});
after(() => desk.close());

const fileOf = async (agent: TestAgent, exportId: string) => {
  const actor = await agent.does(async ({ actor: who }: AgentCtx) => who);
  const { content } = await exportFile(desk.platform, { ...actor, accountId: desk.accountId }, exportId);
  const whole = await text(content as Readable);
  assert.ok(whole.startsWith('\uFEFF'));
  const [head = [], ...lines] = whole.slice(1).trimEnd().split('\r\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? ''));
  return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i] ?? ''])));
};
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('a small table is ready at once, has a line for each row of the number, and runs no formula', async () => {
  const report = await anna.does((ctx) => makeReport(ctx, { ...period, by: 'team' }));
  const made = await anna.does((ctx) => startExport(ctx, { ...period, metric: 'resolution', order: 'most' }));
  const lines = await fileOf(anna, made.id);
  assert.deepEqual([made.state, made.done, made.total, lines.length], ['ready', report.resolved.value, report.resolved.value, report.resolved.value]);
  assert.deepEqual(Object.keys(lines[0] ?? {}), ['case', 'subject', 'at', 'seconds', 'inbox', 'team', 'agent', 'kind', 'priority', 'channel', 'tags']);
  assert.ok(lines.some((line) => line['subject'] === `'=HYPERLINK("http://x")` && line['agent'] === 'Anna'));
  assert.equal((await desk.asSystem((ctx) => ctx.tx.run(`select 1 from audit_record where action = 'report.rows_exported'`))).length, 1);
});

test('a large table is written by a job, says how far it is, and has every row once', async () => {
  await desk.asSystem((ctx) => ctx.tx.run(
    `insert into insight_fact (account_id, case_id, entry_id, measure, at, amount, delta, inbox_id, channel, kind, priority, team_id, agent_id, tags)
     select account_id, id, gen_random_uuid(), 'received', '2026-05-01'::timestamptz + (n % 700) * interval '1 minute', 1, 0, inbox_id, channel, kind, priority, team_id, assignee_id, tags from (select * from cases where account_id = $1 limit 1) c cross join generate_series(1, 2600) n`,
    [desk.accountId],
  ));
  const made = await anna.does((ctx) => startExport(ctx, { ...period, metric: 'received' }));
  assert.deepEqual([made.state, made.total, queued.at(-1)?.exportId], ['running', 2603, made.id]);
  await assert.rejects(fileOf(anna, made.id), refused('not_found'));
  await writeExport(desk.platform, desk.accountId, made.id);
  assert.deepEqual(await anna.does((ctx) => getExport(ctx, made.id)), { id: made.id, state: 'ready', done: 2603, total: 2603 });
  // A job that comes twice changes nothing.
  await writeExport(desk.platform, desk.accountId, made.id);
  const lines = await fileOf(anna, made.id);
  assert.equal(lines.length, 2603);
  assert.deepEqual(lines.map((line) => line['at']), lines.map((line) => line['at']).toSorted().toReversed());
});

test('a table belongs to whoever asked, with their rights and scope of then and now', async () => {
  const made = await anna.does((ctx) => startExport(ctx, { ...period, metric: 'created' }));
  const ben = await desk.agent({ name: 'Ben' });
  await assert.rejects(ben.does((ctx) => getExport(ctx, made.id)), refused('not_found'));
  const own = await desk.agent({ scope: 'own' });
  assert.equal((await own.does((ctx) => startExport(ctx, { ...period, metric: 'created' }))).total, 0);
  await assert.rejects((await desk.agent({ permissions: ['case.read'] })).does((ctx) => startExport(ctx, { ...period, metric: 'created' })), refused('not_allowed'));
  const narrowed = await anna.does(async (ctx) => ({ ...ctx.actor, caseScope: 'team' as const, accountId: desk.accountId }));
  await assert.rejects(exportFile(desk.platform, narrowed, made.id), refused('not_found'));
  const plain = await desk.agent({ permissions: ['case.read', 'report.read'] });
  const theirs = await plain.does((ctx) => startExport(ctx, { ...period, metric: 'created' }));
  assert.ok((await fileOf(plain, theirs.id)).every((line) => line['agent'] === ''));
});

test('who has left gets no table any more, and tables go after a day', async () => {
  const carl = await desk.agent({ name: 'Carl' });
  const made = await carl.does((ctx) => startExport(ctx, { ...period, metric: 'received' }));
  await desk.asSystem((ctx) => ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [desk.accountId, carl.id]));
  await assert.rejects(writeExport(desk.platform, desk.accountId, made.id));
  assert.equal((await desk.asSystem((ctx) => ctx.tx.run<{ state: string }>('select state from insight_export where id = $1', [made.id])))[0]?.state, 'failed');
  while ((await desk.database.asSystem((tx) => deleteExports(tx, new Date('2030-01-01')))) > 0);
  assert.equal((await desk.asSystem((ctx) => ctx.tx.run('select 1 from insight_export_part'))).length, 0);
});
