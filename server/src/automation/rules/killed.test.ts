import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtInRoles, macroContent, ruleContent, type RuleContent } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { receive } from '../../cases/index.ts';
import { createFolder } from '../macros/folders.ts';
import { createMacro } from '../macros/macros.ts';
import { ruleListener } from './on-event.ts';
import { createRule, getRule } from './rules.ts';

const CASES = 60;
let desk: TestDesk;
let chief: TestAgent;
let dataDir: string;
before(async () => {
  desk = await openTestDesk();
  desk.clock.moveTo(new Date());
  chief = await desk.agent({ name: 'Carla Chief', permissions: builtInRoles.supervisor.permissions });
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-rules-'));
});
after(async () => {
  await desk.close();
  await rm(dataDir, { recursive: true, force: true });
});

const count = async (sql: string) => (await desk.asSystem((ctx) => ctx.tx.run<{ n: number }>(sql)))[0]?.n ?? 0;
/** Events rules wait for that no rule has looked at to the end, and cases whose time has come. */
const left = async () =>
  (await count(`select count(*)::int as n from event e where e.topic = any('{${ruleListener.topics.join(',')}}') and not exists (select 1 from event_handled h where h.account_id = e.account_id and h.event_id = e.id and h.listener = '${ruleListener.name}')`))
  + (await count(`select count(*)::int as n from rule_timer where state = 'waiting' and due_at <= now()`)) + (await count('select count(*)::int as n from rule where is_filling'));
const done = () => count(`select count(*)::int as n from rule_run where outcome = 'fired'`);

test('whenever the process is killed, what a rule does is neither lost nor done twice', { timeout: 240_000 }, async () => {
  const write = (name: string, content: Parameters<typeof ruleContent.parse>[0]) => chief.does((ctx) => createRule(ctx, { name, isOn: true, content: ruleContent.parse(content) as RuleContent }));
  const folder = await chief.does((ctx) => createFolder(ctx, { name: 'All', audience: 'everyone' }));
  const saved = await chief.does((ctx) => createMacro(ctx, { name: 'Reply', folderId: folder.id, content: macroContent.parse({ texts: [{ text: 'We look into #{{case.number}}.' }] }) }));
  const rules = [
    await write('Mark', { trigger: { on: 'event', event: 'message.received' }, actions: { addTags: ['marked'], note: 'Marked once' } }),
    await write('Answer', { trigger: { on: 'event', event: 'message.received' }, actions: { replyWith: saved.id } }),
    await write('After the mark', { trigger: { on: 'event', event: 'case.changed', fields: ['tags'] }, actions: { priority: 'high' } }),
    await write('Waits', { trigger: { on: 'time', since: 'waiting', hours: 1 }, actions: { note: 'Waited once' } }),
  ];
  // They came two hours ago, so that time moves them as well.
  desk.clock.forward({ hours: -2 });
  for (let n = 0; n < CASES; n += 1) await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: `c${n}@example.com`, subject: `Matter ${n}`, occurredAt: desk.clock.now() })));
  desk.clock.forward({ hours: 2 });
  const jobs = desk.superuserPool();
  let kills = 0;
  const url = desk.databaseUrl;
  for (let round = 0; round < 60 && (await left()) > 0; round += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/rules-process.ts'), url, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    // It is let go further each time, so that the test ends however slow the machine is.
    const enough = (await done()) + 15;
    while (child.exitCode === null && (await done()) < enough && (await left()) > 0) await sleep(5);
    // And a little, so that it is not always between two rules that it dies.
    await sleep((round * 7) % 23);
    child.kill('SIGKILL');
    kills += 1;
    await ended;
    // Jobs a dead process held are free after some minutes; here at once.
    await jobs.query(`update pgboss.job set state = 'retry', start_after = now() where state = 'active'`);
  }
  assert.equal(await left(), 0);
  assert.ok(kills > 2, 'it was killed on the way');
  const perCase = (what: string) => desk.asSystem((ctx) => ctx.tx.run<{ n: number; cases: number }>(`select n::int, count(*)::int as cases from (select c.id, (select count(*) from entry e where e.account_id = c.account_id and e.case_id = c.id and ${what}) as n from cases c) x group by n`));
  for (const what of [`e.kind = 'note' and e.body = 'Marked once'`, `e.kind = 'note' and e.body = 'Waited once'`, `e.kind = 'message' and e.direction = 'out'`, `e.kind = 'change' and e.detail->'changes' @> '[{"field":"priority"}]'`]) {
    assert.deepEqual(await perCase(what), [{ n: 1, cases: CASES }], what);
  }
  // The log, the counts and what waits to be sent say the same.
  for (const rule of rules) assert.deepEqual([(await chief.does((ctx) => getRule(ctx, rule.id))).fired, await count(`select count(distinct case_id)::int as n from rule_run where rule_id = '${rule.id}' and outcome = 'fired'`)], [CASES, CASES], rule.name);
  assert.equal(await count(`select count(*)::int as n from event where topic = 'message.queued'`), CASES);
});
