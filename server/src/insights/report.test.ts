import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { breakdowns, type CaseKind, type MetricId, type Report } from '@rapport/contract';
import fc from 'fast-check';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { receive, removeCase, restoreCase, mergeCases, undoMove, reply, splitCase, updateCase } from '../cases/index.ts';
import { deliverOnce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { countCasesAnew, countChangedCases } from './count-cases.ts';
import { cell } from '../platform/csv.ts';
import { csvOf, exportReport } from './report-csv.ts';
import { rebuildInsights } from './rebuild.ts';
import { reportRows } from './report-rows.ts';
import { makeReport } from './report.ts';
import type { ReportAsked } from './report-source.ts';
import { rollUp } from './roll-up.ts';
import type { NumberQuery, RowOrder } from './row-store.ts';

let desk: TestDesk;
let anna: TestAgent;
let other: string;
before(async () => {
  desk = await openTestDesk();
  other = await desk.team('Billing');
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId, other] });
});
after(() => desk.close());

const YEAR: ReportAsked = { from: '2026-01-01', to: '2026-12-31', timeZone: 'Europe/Berlin' };
const arrive = async (caseId: string | null = null) => {
  const got = await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: `c${Math.random()}@example.com`, caseId })));
  return got.caseId as string;
};
/** Hands all events that wait to the listener, some of them twice and in a wrong order. */
async function hear(): Promise<void> {
  const events = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; topic: string; payload: object; created_at: Date }>('select id, topic, payload, created_at from event where account_id = $1 and not exists (select from event_handled h where h.account_id = $1 and h.event_id = event.id) order by md5(id::text)', [desk.accountId]));
  for (const { id, topic, payload } of events) {
    if (!countChangedCases.topics.includes(topic as never)) continue;
    for (let twice = 0; twice < 2; twice += 1) await deliverOnce(desk.platform, countChangedCases, { id, accountId: desk.accountId, topic, payload, at: '' } as never);
  }
}
const facts = () => desk.asSystem((ctx) => ctx.tx.run('select * from insight_fact where account_id = $1 order by case_id, entry_id, measure', [desk.accountId]));
const report = (query: ReportAsked = YEAR, by: (typeof breakdowns)[number] = 'team', agent: TestAgent = anna): Promise<Report> => agent.does((ctx) => makeReport(ctx, { ...query, by }));
const sums = () => desk.asSystem((ctx) => ctx.tx.run('select dimension, day::text, key, measure, count, amount, hours, hour_counts from insight_day where account_id = $1 order by 1, 2, 3, 4', [desk.accountId]));
const setZone = (zone: string) => desk.asSystem((ctx) => ctx.tx.run(`update account set settings = settings || jsonb_build_object('timeZone', $2::text) where id = $1`, [desk.accountId, zone]));
const rowsOf = async (query: ReportAsked & Omit<NumberQuery, 'metric'> & { order?: RowOrder }, metric: MetricId, agent: TestAgent = anna) => {
  const rows = [];
  for (let cursor: string | undefined, first = true; first || cursor; first = false) {
    const page = await agent.does((ctx) => reportRows(ctx, { ...query, metric, limit: 7, cursor }));
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  }
  return rows;
};

test('a time zone that only browsers know is refused with the way out', async () => {
  for (const timeZone of ['SystemV/PST8PDT', 'JST']) await assert.rejects(report({ ...YEAR, timeZone }), (error: Refusal) => error.code === 'invalid_request' && /Choose another/.test(error.message));
});

test('a case that is answered after two hours and solved a day later says so', async () => {
  const start = await report();
  desk.clock.moveTo(new Date('2026-03-02T09:00:00Z'));
  const caseId = await arrive();
  desk.clock.forward({ hours: 2 });
  const seen = await anna.does((ctx) => ctx.tx.run<{ id: string }>('select last_incoming_id as id from cases where id = $1', [caseId]));
  await anna.does((ctx) => reply(ctx, { caseId, text: 'It is on its way.', to: ['c@example.com'], seenEntryId: seen[0]?.id as string }));
  desk.clock.forward({ days: 1 });
  await anna.does((ctx) => updateCase(ctx, caseId, { status: 'resolved' }));
  await hear();
  const { created, received, sent, resolved, backlog, firstResponse, resolution, replies, reopenedShare } = await report();
  assert.deepEqual([start.created.value, created.value, received.value, sent.value, resolved.value, backlog.value], [0, 1, 1, 1, 1, 0]);
  assert.deepEqual([firstResponse.median.value, firstResponse.p90.value, resolution.median.value, replies.value, reopenedShare.value], [7200, 7200, 93_600, 1, 0]);
});

type Step = { do: 'mail' | 'more' | 'reply' | 'resolve' | 'open' | 'team' | 'kind' | 'tag' | 'priority' | 'take' | 'purge' | 'sum' | 'delete' | 'restore' | 'merge' | 'split' | 'undo' | 'hear' | 'wait'; at: number };
const step: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('mail', 'mail', 'more', 'reply', 'resolve', 'resolve', 'open', 'team', 'kind', 'tag', 'priority', 'take', 'purge', 'sum', 'sum', 'delete', 'restore', 'merge', 'split', 'undo', 'hear', 'wait'), at: fc.nat(9) });
const KINDS: CaseKind[] = ['question', 'complaint', 'problem'];
const cases: string[] = [];
const moves: string[] = [];

async function take({ do: what, at }: Step): Promise<void> {
  const caseId = cases[at % Math.max(1, cases.length)];
  if (what === 'wait') return desk.clock.forward({ hours: 5 + at * 7 });
  if (what === 'hear') return hear();
  if (what === 'sum') return void (await rollUp(desk.platform, desk.accountId));
  if (what === 'mail' || caseId === undefined) return void cases.push(await arrive());
  const second = cases[(at + 1) % cases.length] as string;
  const work = async () => {
    const entries = await desk.asSystem((ctx) => ctx.tx.run<{ id: string; direction: string }>(`select id, direction from entry where case_id = $1 and kind = 'message' order by id`, [caseId]));
    switch (what) {
      case 'more': return arrive(caseId);
      case 'reply': return anna.does((ctx) => reply(ctx, { caseId, text: 'An answer.', to: ['c@example.com'], seenEntryId: entries.at(-1)?.id as string }));
      case 'resolve': return anna.does((ctx) => updateCase(ctx, caseId, { status: 'resolved' }));
      case 'open': return anna.does((ctx) => updateCase(ctx, caseId, { status: 'open' }));
      case 'team': return anna.does((ctx) => updateCase(ctx, caseId, { teamId: at % 3 === 0 ? null : at % 3 === 1 ? other : desk.teamId, brief: { asked: 'a', tried: 'b', promised: null, next: 'c' } }));
      case 'kind': return anna.does((ctx) => updateCase(ctx, caseId, { kind: KINDS[at % 3] as CaseKind }));
      case 'tag': return anna.does((ctx) => updateCase(ctx, caseId, { addTags: [`t${at % 2}`] }));
      case 'priority': return anna.does((ctx) => updateCase(ctx, caseId, { priority: at % 2 === 0 ? 'high' : 'normal' }));
      case 'take': return anna.does((ctx) => updateCase(ctx, caseId, { assigneeId: at % 3 === 0 ? null : anna.id }));
      // As an erasure takes a case away, whatever is counted of it at that moment.
      case 'purge': return void (at === 0 && await desk.asSystem((ctx) => ctx.tx.run('delete from insight_fact where account_id = $1 and case_id = $2', [desk.accountId, caseId])), await desk.asSystem((ctx) => countCasesAnew(ctx, [caseId])));
      case 'delete': return anna.does((ctx) => removeCase(ctx, { caseId, reason: 'test' }));
      case 'restore': return anna.does((ctx) => restoreCase(ctx, caseId));
      case 'merge': return anna.does(async (ctx) => moves.push((await mergeCases(ctx, { caseId, intoCaseId: second, isSameMatter: true })).moveId));
      case 'split': return anna.does(async (ctx) => cases.push((await splitCase(ctx, { caseId, entryIds: [entries.at(-1)?.id as string], subject: 'Split off' })).case.id));
      default: return anna.does(async (ctx) => {
        const [move] = await ctx.tx.run<{ id: string }>('select id from case_move where account_id = $1 and undone_at is null and (from_case_id = $2 or into_case_id = $2) order by id desc limit 1', [desk.accountId, caseId]);
        if (move) await undoMove(ctx, { caseId, moveId: move.id });
      });
    }
  };
  try {
    await work();
  } catch (error) {
    // What the desk refuses has not happened.
    if (!(error instanceof Refusal)) throw error;
  }
}

const filter = fc.record({
  team: fc.constantFrom(undefined, undefined, 'none', 'first', 'other'), kind: fc.constantFrom(undefined, undefined, ...KINDS), tag: fc.constantFrom(undefined, undefined, 't0', 't1', 'none'), agent: fc.constantFrom(undefined, undefined, 'none', 'anna'), priority: fc.constantFrom(undefined, undefined, 'high' as const),
  from: fc.nat(40), length: fc.nat(60), zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'), isSummed: fc.boolean(),
});
const nth = <T>(list: readonly T[], share: number) => list[Math.max(0, Math.ceil(list.length * share) - 1)];

test('whatever happens on cases: counted and summed as it happens or anew is the same, numbers are the count of their rows, and sums match', { timeout: 400_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), filter, async (steps, chosen) => {
      await setZone(chosen.zone);
      for (const one of steps) await take(one);
      await hear();
      if (chosen.isSummed) await rollUp(desk.platform, desk.accountId);
      const day = (n: number) => new Date(Date.UTC(2026, 2, 1 + n)).toISOString().slice(0, 10);
      const team = chosen.team === 'first' ? desk.teamId : chosen.team === 'other' ? other : chosen.team;
      const query: ReportAsked = { from: day(chosen.from), to: day(chosen.from + chosen.length), team, kind: chosen.kind, priority: chosen.priority, agent: chosen.agent === 'anna' ? anna.id : chosen.agent, ...(chosen.tag === 'none' ? { untagged: 'true' as const } : { tag: chosen.tag }) };
      const made = await report(query);
      const groups = new Map<string, Report['groups']>();
      for (const by of breakdowns) groups.set(by, (await report(query, by)).groups);

      // What the sums say is what they say made anew, and what the facts say without them.
      const incremental = await facts();
      await rollUp(desk.platform, desk.accountId);
      const summed = await sums();
      await rebuildInsights(desk.platform, desk.accountId);
      assert.deepEqual(incremental, await facts());
      assert.deepEqual(summed, await sums());
      assert.deepEqual({ ...(await report(query)), isComplete: made.isComplete }, made);
      await desk.asSystem((ctx) => ctx.tx.run('delete from insight_roll where account_id = $1', [desk.accountId]));
      assert.deepEqual({ ...(await report(query)), isComplete: made.isComplete }, made);
      for (const by of breakdowns) assert.deepEqual((await report(query, by)).groups, groups.get(by), by);

      for (const metric of ['created', 'received', 'sent', 'resolved', 'reopened', 'backlog'] as const) {
        const rows = await rowsOf(query, metric);
        assert.equal(rows.length, made[metric].value, metric);
        assert.ok(rows.every((row, i) => i === 0 || row.at <= (rows[i - 1]?.at ?? '')), 'newest first');
      }
      assert.equal((await rowsOf(query, 'reopened_share')).length, made.reopened.value);
      for (const [metric, span] of [['first_response', made.firstResponse], ['full_response', made.fullResponse], ['resolution', made.resolution]] as const) {
        const rows = await rowsOf({ ...query, order: 'least' }, metric);
        assert.deepEqual([span.median.value, span.p90.value], [nth(rows, 0.5)?.amount ?? null, nth(rows, 0.9)?.amount ?? null], metric);
        assert.deepEqual((await rowsOf({ ...query, order: 'most' }, metric)).map((row) => row.amount), rows.map((row) => row.amount).toReversed());
        assert.equal((await rowsOf(query, metric)).length, rows.length);
      }
      const replies = (await rowsOf(query, 'replies')).map((row) => row.amount ?? 0);
      assert.equal(made.replies.value, replies.length === 0 ? null : replies.reduce((sum, each) => sum + each, 0) / replies.length);
      for (const [age, { count }] of made.ages.entries()) assert.equal((await rowsOf({ ...query, age }, 'backlog')).length, count, `age ${age}`);
      for (const { weekday, hour, count } of made.hours.slice(0, 3)) assert.equal((await rowsOf({ ...query, weekday, hour }, 'received')).length, count);

      const open = await rowsOf({ ...query, to: day(10_000), from: day(9_900) }, 'backlog');
      const unfinished = await desk.asSystem((ctx) => ctx.tx.run(
        `select id from cases c where account_id = $1 and merged_into_id is null and removed_as is null and status not in ('resolved', 'closed') and ($2::text is null or kind = $2) and ($3::text is null or $3 = any(tags)) and ($4::text is null or coalesce(team_id::text, 'none') = $4)
           and ($5::text is null or coalesce(assignee_id::text, 'none') = $5) and ($6::text is null or priority = $6) and ($7::text is null or tags = '{}')`,
        [desk.accountId, query.kind ?? null, query.tag ?? null, team ?? null, query.agent ?? null, query.priority ?? null, query.untagged ?? null],
      ));
      assert.equal(open.length, unfinished.length, 'the backlog is what the desk shows');
      // What people did is another thing than what is on their desks.
      if (query.agent === undefined) assert.equal(made.backlog.value, (made.backlog.before ?? 0) + (made.created.value ?? 0) - (made.resolved.value ?? 0) + (made.reopened.value ?? 0));
      assert.equal((await rowsOf({ ...query, from: made.beforeFrom, to: made.beforeTo }, 'backlog')).length, made.backlog.before);
      assert.equal((await rowsOf({ ...query, from: made.beforeFrom, to: made.beforeTo }, 'received')).length, made.received.before);
      assert.equal(made.days.at(-1)?.backlog, made.backlog.value);
      assert.equal(made.ages.reduce((sum, age) => sum + age.count, 0), made.backlog.value);
      assert.equal(made.hours.reduce((sum, hour) => sum + hour.count, 0), made.received.value);
      for (const key of ['created', 'received', 'sent', 'resolved', 'reopened'] as const) {
        for (const by of breakdowns) if (by !== 'tag') assert.equal(groups.get(by)?.reduce((sum, group) => sum + group[key], 0), made[key].value, `${by} ${key}`);
        assert.equal(made.days.reduce((sum, each) => sum + each[key], 0), made[key].value, `days ${key}`);
      }
      if (team === undefined) for (const group of made.groups) {
        assert.equal((await rowsOf({ ...query, team: group.key ?? 'none' }, 'created')).length, group.created);
        assert.equal(group.resolutionMedian, nth(await rowsOf({ ...query, team: group.key ?? 'none', order: 'least' }, 'resolution'), 0.5)?.amount ?? null);
      }
      if (chosen.tag === undefined) for (const group of groups.get('tag') ?? []) assert.equal((await rowsOf({ ...query, ...(group.key === null ? { untagged: 'true' as const } : { tag: group.key }) }, 'received')).length, group.received);
    }),
    { numRuns: 12 },
  );
  assert.ok(moves.length > 0);
});

test('whoever sees only their own cases is told only of those, in numbers and rows', async () => {
  const caseId = await arrive();
  const ben = await desk.agent({ name: 'Ben', scope: 'own', teamIds: [desk.teamId] });
  const none = await report(YEAR, 'team', ben);
  await anna.does((ctx) => updateCase(ctx, caseId, { assigneeId: ben.id }));
  await hear();
  const mine = await report(YEAR, 'agent', ben);
  assert.deepEqual([none.created.value, mine.created.value, mine.groups.map((group) => group.name)], [0, 1, ['Ben']]);
  assert.deepEqual((await rowsOf(YEAR, 'created', ben)).map((row) => row.caseId), [caseId]);
  const team = await desk.agent({ scope: 'team', teamIds: [other] });
  assert.equal((await rowsOf({ ...YEAR, team: desk.teamId }, 'created', team)).length, 0);
});

test('who may not see reports sees none, and a period must be one', async () => {
  const carl = await desk.agent({ permissions: ['case.read'] });
  const dora = await desk.agent({ permissions: ['case.read', 'report.read'] });
  const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
  await assert.rejects(report(YEAR, 'team', carl), refused('not_allowed'));
  await assert.rejects(rowsOf(YEAR, 'created', carl), refused('not_allowed'));
  await report(YEAR, 'team', dora);
  await assert.rejects(report(YEAR, 'agent', dora), refused('not_allowed'));
  await assert.rejects(report({ ...YEAR, agent: anna.id }, 'team', dora), refused('not_allowed'));
  await assert.rejects(rowsOf({ ...YEAR, agent: anna.id }, 'created', dora), refused('not_allowed'));
  await report({ ...YEAR, agent: dora.id }, 'team', dora);
  await report({ ...YEAR, agent: 'none' }, 'team', dora);
  await assert.rejects(report({ ...YEAR, to: '2025-12-31' }), refused('invalid_request'));
  await assert.rejects(report({ ...YEAR, from: '2001-01-01' }), refused('invalid_request'));
});

test('an automatic mail and a deleted case count for nothing', async () => {
  const before_ = await report();
  const caseId = await arrive();
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId, automatic: 'auto_reply' })));
  await hear();
  assert.equal((await report()).received.value, (before_.received.value ?? 0) + 1);
  await anna.does((ctx) => removeCase(ctx, { caseId, reason: 'test' }));
  await hear();
  assert.deepEqual((await report()).created, before_.created);
  await desk.asSystem((ctx) => countCasesAnew(ctx, [caseId, caseId]));
  assert.deepEqual((await report()).created, before_.created);
});

test('the table for spreadsheets says the same, runs no formula, and is written into the audit log', async () => {
  await anna.does((ctx) => updateCase(ctx, cases[0] ?? '', { addTags: ['=1+1'] })).catch(() => undefined);
  assert.equal(cell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
  for (const start of ['+', '-', '@', '\t=', ' =', '＝']) assert.match(cell(`${start}1`), /^"?'/);
  assert.equal(cell(-3), '-3');
  const made = await report();
  const [head, total] = csvOf(made).slice(1).split('\r\n').map((line) => line.split(','));
  assert.equal(total?.[head?.indexOf('created') ?? -1], String(made.created.value));
  await anna.does((ctx) => exportReport(ctx, { ...YEAR, by: 'team' }));
  assert.equal((await desk.asSystem((ctx) => ctx.tx.run(`select 1 from audit_record where action = 'report.exported'`))).length, 1);
});

test('each message of a customer waits for the next answer of a person, not only the first', async () => {
  desk.clock.moveTo(new Date('2027-04-05T09:00:00Z'));
  const april: ReportAsked = { from: '2027-04-01', to: '2027-04-30', timeZone: 'Europe/Berlin' };
  const caseId = await arrive();
  const answer = async () => {
    const [seen] = await desk.asSystem((ctx) => ctx.tx.run<{ id: string }>(`select id from entry where case_id = $1 and kind = 'message' order by id desc limit 1`, [caseId]));
    await anna.does((ctx) => reply(ctx, { caseId, text: 'An answer.', to: ['c@example.com'], seenEntryId: seen?.id as string }));
  };
  desk.clock.forward({ hours: 1 });
  await answer();
  // Answered by nobody yet, then twice at once: a second answer is nobody's wait.
  desk.clock.forward({ hours: 1 });
  await arrive(caseId);
  desk.clock.forward({ hours: 2 });
  await arrive(caseId);
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId, automatic: 'auto_reply' })));
  await hear();
  assert.deepEqual((await rowsOf(april, 'full_response')).map((row) => row.amount), [3_600]);
  desk.clock.forward({ hours: 3 });
  await answer();
  await answer();
  await hear();
  assert.deepEqual((await rowsOf({ ...april, order: 'least' }, 'full_response')).map((row) => row.amount), [3_600, 10_800, 18_000]);
  const { fullResponse, firstResponse } = await report(april);
  assert.deepEqual([fullResponse.median.value, fullResponse.p90.value, firstResponse.median.value], [10_800, 18_000, 3_600]);
  assert.deepEqual((await report(april, 'agent')).groups.map((group) => [group.name, group.fullResponseMedian]).filter(([, median]) => median !== null), [['Anna Agent', 10_800]]);
});

test('what somebody wrote and solved stays theirs when the case goes to somebody else, and what lies on a desk goes with it', async () => {
  const [writer, heir] = [await desk.agent({ name: 'Wanda', teamIds: [desk.teamId] }), await desk.agent({ name: 'Hera', teamIds: [desk.teamId] })];
  desk.clock.moveTo(new Date('2027-05-03T09:00:00Z'));
  const year: ReportAsked = { from: '2027-05-01', to: '2027-05-31', timeZone: 'Europe/Berlin' };
  const caseId = await arrive();
  const lastSeen = async () => (await desk.asSystem((ctx) => ctx.tx.run<{ id: string }>(`select id from entry where case_id = $1 and kind = 'message' order by id desc limit 1`, [caseId])))[0]?.id as string;
  await writer.does((ctx) => updateCase(ctx, caseId, { assigneeId: writer.id }));
  desk.clock.forward({ hours: 1 });
  for (const text of ['One.', 'Two.']) await writer.does(async (ctx) => reply(ctx, { caseId, text, to: ['c@example.com'], seenEntryId: await lastSeen() }));
  await writer.does((ctx) => updateCase(ctx, caseId, { status: 'resolved' }));
  await heir.does((ctx) => updateCase(ctx, caseId, { assigneeId: heir.id }));
  await hear();
  const lines = async () => (await report(year, 'agent')).groups.filter((group) => ['Wanda', 'Hera'].includes(group.name ?? '')).map((group) => [group.name, group.created, group.received, group.sent, group.resolved, group.firstResponseMedian, group.resolutionMedian]);
  assert.deepEqual(await lines(), [['Hera', 1, 1, 0, 0, null, null], ['Wanda', 0, 0, 2, 1, 3600, 3600]]);
  await rollUp(desk.platform, desk.accountId);
  assert.deepEqual(await lines(), [['Hera', 1, 1, 0, 0, null, null], ['Wanda', 0, 0, 2, 1, 3600, 3600]]);
  assert.deepEqual((await rowsOf({ ...year, agent: writer.id }, 'sent')).map((row) => row.caseId), [caseId, caseId]);
  assert.deepEqual((await report({ ...year, agent: writer.id })).replies.value, 2);

  // The customer writes again: nobody reopened it, and it lies on the desk of whoever has it.
  desk.clock.forward({ hours: 1 });
  await arrive(caseId);
  await hear();
  const [of, ofNobody] = [await report({ ...year, agent: heir.id }), await report({ ...year, agent: 'none' })];
  assert.deepEqual([of.reopened.value, of.backlog.value, of.days.at(-1)?.backlog, ofNobody.reopened.value, (await report({ ...year, agent: writer.id })).backlog.value], [0, 1, 1, 1, 0]);
  assert.deepEqual((await rowsOf({ ...year, agent: heir.id }, 'backlog')).map((row) => row.caseId), [caseId]);
});

test('a case that has gone to another team shows its old team no word any more, also before it is counted there', async () => {
  const lead = await desk.agent({ name: 'Lea', scope: 'team', teamIds: [desk.teamId] });
  desk.clock.moveTo(new Date('2027-06-03T09:00:00Z'));
  const june: ReportAsked = { from: '2027-06-01', to: '2027-06-30', timeZone: 'Europe/Berlin' };
  const caseId = await arrive();
  await hear();
  assert.equal((await rowsOf(june, 'created', lead)).length, 1);
  await anna.does((ctx) => updateCase(ctx, caseId, { teamId: other, subject: 'Now secret', brief: { asked: 'a', tried: 'b', promised: 'c', next: 'd' } }));
  assert.deepEqual(await rowsOf(june, 'created', lead), []);
});
