import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { findAgentAccess } from '../../accounts/index.ts';
import { inAccount, type AgentActor, type Platform } from '../../platform/context.ts';
import { startBulk } from './start-bulk.ts';

let house: TestHouse;
let admin: SignedIn;
let dataDir: string;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
  dataDir = await mkdtemp(join(tmpdir(), 'rapport-bulk-'));
});
after(async () => {
  await house.close();
  await rm(dataDir, { recursive: true, force: true });
});

const CASES = 150;

/** Begins a run that no worker of this process hears of. */
async function startUnheard(caseIds: string[]): Promise<string> {
  const access = await house.asSystem((ctx) => findAgentAccess(ctx, admin.agentId));
  assert.ok(access);
  const actor: AgentActor = { kind: 'agent', agentId: admin.agentId, name: access.name, permissions: access.permissions, caseScope: access.caseScope, teamIds: access.teamIds, address: '' };
  const deaf = { ...house.platform, jobs: { ...house.platform.jobs, enqueue: async () => undefined } } as Platform;
  const run = await inAccount(deaf, house.accountId, actor, (ctx) => startBulk(ctx as typeof ctx & { actor: AgentActor }, { selection: { by: 'cases', caseIds }, action: { priority: 'high', addTags: ['outage'] } }));
  return run.id;
}

test('whenever its process is killed, a run goes on where it was and does nothing twice', { timeout: 180_000 }, async () => {
  const inbox = await admin.client.inboxes.create({ body: { channel: 'email', name: 'Desk', settings: { address: 'desk@company.test' } } });
  const caseIds: string[] = [];
  for (let i = 0; i < CASES; i += 1) caseIds.push((await admin.client.cases.create({ body: { inboxId: inbox.id, customer: { email: `c${i}@example.com` }, subject: `Case ${i}`, note: 'x' } })).id);
  const runId = await startUnheard(caseIds);
  const look = () => admin.client.bulk.get({ params: { runId } });
  let kills = 0;
  let seen = 0;
  for (let round = 0; round < 40 && (await look()).state !== 'done'; round += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/bulk-process.ts'), house.databaseUrl, dataDir, house.accountId, runId], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    // It is let go a little further each time, so that the test ends however slow the machine is.
    while (child.exitCode === null && (await look()).done < seen + 20) await sleep(5);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      kills += 1;
    }
    await ended;
    const now = await look();
    assert.ok(now.done >= seen);
    seen = now.done;
  }
  const done = await look();
  assert.deepEqual([done.state, done.total, done.done, done.changed, done.refused], ['done', CASES, CASES, CASES, 0]);
  assert.ok(kills > 0, 'it was killed on the way');
  const rows = await house.asSystem((ctx) => ctx.tx.run<{ case_id: string; lines: number }>(`select case_id, count(*)::int as lines from entry where kind = 'change' and detail -> 'changes' @> '[{"field":"priority"}]' group by case_id`));
  assert.deepEqual([rows.length, rows.every((row) => row.lines === 1)], [CASES, true]);
});
