import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openTestPlatform, type TestPlatform } from '../../../testing/platform.ts';
import { defineJob } from './index.ts';

let ground: TestPlatform;
before(async () => {
  ground = await openTestPlatform();
});
after(() => ground.close());

it('a job on a timetable runs once for each time, however many processes there are', { timeout: 150_000 }, async () => {
  const ran: string[] = [];
  const processes = [ground.platform, await ground.another(), await ground.another()];
  for (const [i, platform] of processes.entries()) {
    const job = defineJob<object>({ name: 'test.every-minute', schedule: '* * * * *', run: async () => void ran.push(`${i} ${new Date().toISOString().slice(0, 16)}`) });
    await platform.jobs.start(platform, [job] as never, { work: true });
  }
  while (ran.length === 0) await sleep(100);
  // Time for the others to do the same, if they would.
  await sleep(6_000);
  assert.equal(ran.length, new Set(ran.map((each) => each.slice(2))).size);
  await Promise.all(processes.map((platform) => platform.jobs.stop(1_000)));
});

it('a job that lost its timetable is not run on time any more', async () => {
  const job = (schedule: string | undefined) => defineJob<object>({ name: 'test.changing', schedule, run: async () => {} });
  const cron = async () => (await ground.platform.database.pool.query(`select cron from pgboss.schedule where name = 'test.changing'`)).rows[0]?.cron;
  for (const schedule of ['5 4 * * *', '6 4 * * *', undefined]) {
    const platform = await ground.another();
    await platform.jobs.start(platform, [job(schedule)] as never, { work: false });
    assert.equal(await cron(), schedule);
    await platform.jobs.stop(0);
  }
});
