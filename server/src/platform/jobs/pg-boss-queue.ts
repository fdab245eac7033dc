import { PgBoss } from 'pg-boss';
import type { Platform } from '../context.ts';
import type { Database, Tx } from '../database/index.ts';
import type { Bus } from '../bus/index.ts';
import type { ConnectionOptions } from '../database/connection.ts';
import type { Log } from '../log.ts';
import type { Job, JobQueue } from './index.ts';

const DEAD = 'dead-letter';
const WAKE = 'jobs';
// Workers are woken by a hint after each commit; this is only how long a lost hint can cost.
const POLL_SECONDS = 2;

// Lets the queue write in the caller's transaction.
const inside = (tx: Tx) => ({ executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.run(text, values ?? []) }) });

/**
 * The job queue on pg-boss, in the schema `pgboss` of the same database, so that a job and the change that asks for it commit together.
 * A job in flight when its process dies is tried again after its heartbeat is missed (10 to 20 seconds).
 */
export function createJobQueue(connection: ConnectionOptions, database: Database, bus: Bus, log: Log): JobQueue {
  const boss = new PgBoss({
    ...(connection.databaseUrl ? { connectionString: connection.databaseUrl } : connection.embedded),
    schema: 'pgboss', max: 3, application_name: `${connection.applicationName}-jobs`, registerInstance: false, monitorIntervalSeconds: 30, superviseIntervalSeconds: 10,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => log.error({ err: error }, 'job queue error'));
  const workers = new Map<string, string[]>();
  let unsubscribe = () => {};
  const wake = (queue: string) => {
    for (const worker of workers.get(queue) ?? []) boss.notifyWorker(worker);
  };
  const hint = (tx: Tx, queue: string) => tx.afterCommit(() => bus.publish(WAKE, queue));

  async function work(platform: Platform, job: Job): Promise<void> {
    const options = { batchSize: Math.max(2, job.concurrency), burstWhenBatchFull: true, pollingIntervalSeconds: POLL_SECONDS, perJobResults: true as const };
    const worker = await boss.work<unknown, unknown, typeof options>(job.name, options, (batch) =>
      Promise.all(
        batch.map(async ({ id, data }) => {
          try {
            await job.run(platform, data);
            return { id, status: 'completed' as const };
          } catch (error) {
            log.warn({ err: error, job: job.name, jobId: id }, 'job failed');
            return { id, status: 'failed' as const, output: { message: (error as Error).message } };
          }
        }),
      ),
    );
    workers.set(job.name, [worker]);
  }

  return {
    async enqueue(tx, job, data, options = {}) {
      await boss.send(job.name, data as object, { db: inside(tx), ...(options.startAfter ? { startAfter: options.startAfter } : {}), ...(options.singletonKey ? { singletonKey: options.singletonKey } : {}) });
      if (!options.startAfter) hint(tx, job.name);
    },
    async enqueueMany(tx, job, list) {
      if (list.length === 0) return;
      await boss.insert(job.name, list.map((data) => ({ data: data as object })), { db: inside(tx) });
      hint(tx, job.name);
    },
    async start(platform, jobs, { work: shouldWork }) {
      await boss.start();
      await database.asSystem((tx) => tx.run('grant usage on schema pgboss to rapport_app; grant select, insert on all tables in schema pgboss to rapport_app'));
      await boss.createQueue(DEAD, { retentionSeconds: 30 * 86_400 });
      for (const job of jobs) {
        const settings = { retryLimit: job.retryLimit, retryDelay: job.retryDelaySeconds, retryBackoff: true, expireInSeconds: job.expireSeconds, deleteAfterSeconds: 3_600 };
        await boss.createQueue(job.name, { ...settings, retryDelayMax: 3_600, heartbeatSeconds: 10, deadLetter: DEAD });
        await boss.updateQueue(job.name, settings);
        if (job.schedule) await boss.schedule(job.name, job.schedule, {});
      }
      if (!shouldWork) return;
      for (const job of jobs) await work(platform, job as unknown as Job);
      unsubscribe = bus.subscribe(WAKE, (queue) => wake(String(queue)));
    },
    async stop(graceMs) {
      unsubscribe();
      await boss.stop({ graceful: graceMs > 0, timeout: Math.max(1_000, graceMs) });
    },
    async counts() {
      const queues = await boss.getQueues();
      return queues.map((queue) => ({ queue: queue.name, waiting: queue.queuedCount, active: queue.activeCount, failed: queue.failedCount }));
    },
  };
}
