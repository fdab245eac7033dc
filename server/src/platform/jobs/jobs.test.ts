import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestPlatform, type TestPlatform } from '../../../testing/platform.ts';
import { defineJob, type Job } from './index.ts';

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('jobs', { timeout: 120_000 }, () => {
  let ground: TestPlatform;
  let accountId: string;
  const ran: { job: string; data: unknown; at: number }[] = [];
  const noting = (name: string, more: Partial<Job<{ n: number }>> = {}) =>
    defineJob<{ n: number }>({
      name, retryDelaySeconds: 1, ...more,
      run: async (platform, data) => {
        ran.push({ job: name, data, at: Date.now() });
        await more.run?.(platform, data);
      },
    });
  const of = (name: string) => ran.filter(({ job }) => job === name);

  const plain = noting('test.plain');
  let failures = 2;
  const flaky = noting('test.flaky', {
    run: async () => {
      if (failures-- > 0) throw new Error('not yet');
    },
  });
  const hopeless = noting('test.hopeless', { retryLimit: 1, run: () => Promise.reject(new Error('never')) });
  let release = () => {};
  const blocked = new Promise<void>((resolve) => (release = resolve));
  const slow = noting('test.slow', { concurrency: 2, run: (_platform, { n }) => (n === 0 ? blocked : Promise.resolve()) });

  before(async () => {
    ground = await openTestPlatform();
    accountId = await ground.account();
    await ground.platform.jobs.start(ground.platform, [plain, flaky, hopeless, slow] as never, { work: true });
  });
  after(async () => {
    release();
    await ground.platform.jobs.stop(1_000);
    await ground.close();
  });
  const enqueue = (job: Job<{ n: number }>, n: number, options = {}) => ground.platform.database.inAccount(accountId, (tx) => ground.platform.jobs.enqueue(tx, job, { n }, options));

  it('a job runs once its transaction has committed, with its data', async () => {
    await enqueue(plain, 1);
    await until(() => of('test.plain').length > 0);
    assert.deepEqual(of('test.plain').map(({ data }) => data), [{ n: 1 }]);
  });

  it('a job of a transaction that rolled back never runs', async () => {
    const { database, jobs } = ground.platform;
    await assert.rejects(
      database.inAccount(accountId, async (tx) => {
        await jobs.enqueue(tx, plain, { n: 2 });
        await jobs.enqueueMany(tx, plain, [{ n: 3 }, { n: 4 }]);
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    await enqueue(plain, 5);
    await until(() => of('test.plain').some(({ data }) => (data as { n: number }).n === 5));
    assert.deepEqual(of('test.plain').map(({ data }) => (data as { n: number }).n), [1, 5]);
  });

  it('many jobs at once all run, each once', async () => {
    const before = of('test.plain').length;
    await ground.platform.database.inAccount(accountId, (tx) => ground.platform.jobs.enqueueMany(tx, plain, Array.from({ length: 400 }, (_, n) => ({ n: 1_000 + n }))));
    await until(() => of('test.plain').length >= before + 400);
    assert.equal(new Set(of('test.plain').slice(before).map(({ data }) => (data as { n: number }).n)).size, 400);
  });

  it('a job that fails is tried again', async () => {
    await enqueue(flaky, 1);
    await until(() => of('test.flaky').length === 3);
    await until(async () => (await ground.platform.jobs.counts()).find(({ queue }) => queue === 'test.flaky')?.active === 0);
  });

  it('a job that never succeeds ends in the dead letters, with its data', async () => {
    await enqueue(hopeless, 7);
    const dead = async () => (await ground.platform.jobs.counts()).find(({ queue }) => queue === 'dead-letter')?.waiting ?? 0;
    await until(async () => (await dead()) === 1);
    assert.equal(of('test.hopeless').length, 2);
    const [letter] = await ground.platform.database.asSystem((tx) => tx.run<{ data: unknown }>(`select data from pgboss.job where name = 'dead-letter'`));
    assert.deepEqual(letter?.data, { n: 7 });
  });

  it('a slow job does not hold up the ones behind it', async () => {
    await enqueue(slow, 0);
    await until(() => of('test.slow').length === 1);
    for (let n = 1; n <= 5; n += 1) await enqueue(slow, n);
    await until(() => of('test.slow').length === 6);
    release();
  });

  it('of several with one key that wait, one runs, with the latest data', async () => {
    const startAfter = new Date(Date.now() + 1_500);
    const before = of('test.plain').length;
    for (const n of [71, 72, 73]) await enqueue(plain, n, { singletonKey: 'the-one', startAfter });
    await enqueue(plain, 74, { singletonKey: 'another', startAfter });
    await until(() => of('test.plain').length >= before + 2);
    assert.deepEqual(of('test.plain').slice(before).map(({ data }) => (data as { n: number }).n).sort(), [73, 74]);
    await until(async () => (await ground.platform.jobs.counts()).find(({ queue }) => queue === 'test.plain')?.waiting === 0);
    await enqueue(plain, 75, { singletonKey: 'the-one' });
    await until(() => of('test.plain').length >= before + 3);
  });

  it('a job for later does not run before its time', async () => {
    const startAfter = new Date(Date.now() + 1_000);
    await enqueue(plain, 88, { startAfter });
    const isIt = ({ data }: { data: unknown }) => (data as { n: number }).n === 88;
    await until(() => of('test.plain').some(isIt));
    assert.ok((of('test.plain').find(isIt)?.at ?? 0) >= startAfter.getTime() - 50);
  });

  it('stopping waits for the jobs that run and starts no new ones', async () => {
    const other = await ground.another();
    let finish = () => {};
    const log: string[] = [];
    const patient = defineJob<object>({
      name: 'test.patient', concurrency: 1,
      run: async () => {
        log.push('began');
        await new Promise<void>((resolve) => (finish = resolve));
        log.push('ended');
      },
    });
    await other.jobs.start(other, [patient] as never, { work: true });
    await other.database.inAccount(accountId, (tx) => other.jobs.enqueueMany(tx, patient, [{}, {}]));
    await until(() => log.length === 1);
    const stopped = other.jobs.stop(20_000).then(() => log.push('stopped'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    finish();
    await stopped;
    assert.deepEqual(log, ['began', 'ended', 'stopped']);
  });
});
