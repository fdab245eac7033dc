import { PgBoss, type Queue } from 'pg-boss';
import type { Bus } from '../bus/index.ts';
import type { Platform } from '../context.ts';
import { withoutCompiling, type ConnectionOptions } from '../database/connection.ts';
import type { Database, Tx } from '../database/index.ts';
import type { Log } from '../log.ts';
import type { Job, JobQueue } from './index.ts';
import { createWorker, type Worker } from './worker.ts';

const DEAD = 'dead-letter';
const WAKE = 'jobs';
// Workers are woken by a hint after each commit. This finds what waited for its time (a retry, a start in the future) and what a lost hint left behind.
const POLL_MS = 2_000;
const TOUCH_MS = 4_000;
// Any constant will do; it must only be the same for every process.
const QUEUES_LOCK = 7_270_013;
/** pg-boss takes no less. A job whose process died is tried again once this has passed without a touch. */
const HEARTBEAT_SECONDS = 10;

// Lets the queue write in the caller's transaction.
const inside = (tx: Tx) => ({ executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.run(text, values ?? []) }) });

const READY = `select name from unnest($1::text[]) as name where exists
  (select from pgboss.job j where j.name = name.name and j.state < 'active' and not j.blocked and j.start_after <= now())`;
const COUNTS = `select q.name, count(*) filter (where j.state < 'active')::int as waiting, count(*) filter (where j.state = 'active')::int as active, count(*) filter (where j.state = 'failed')::int as failed,
    coalesce(extract(epoch from now() - min(j.start_after) filter (where j.state < 'active' and j.start_after <= now())), 0)::float8 as oldest
  from pgboss.queue q left join pgboss.job j on j.name = q.name and j.state in ('created', 'retry', 'active', 'failed') where q.name not like '\\_\\_pgboss%' group by q.name order by q.name`;

function settingsOf(job: Job<never>): Omit<Queue, 'name'> {
  return {
    retryLimit: job.retryLimit, retryDelay: job.retryDelaySeconds, retryBackoff: true, retryDelayMax: 3_600, expireInSeconds: job.expireSeconds, heartbeatSeconds: HEARTBEAT_SECONDS,
    // What is done is of interest to nobody after a while; at hundreds a second it would only make the table large.
    deleteAfterSeconds: 600, deadLetter: DEAD,
  };
}

async function makeQueues(boss: PgBoss, jobs: readonly Job<never>[]): Promise<void> {
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue as unknown as Record<string, unknown>]));
  if (!known.has(DEAD)) await boss.createQueue(DEAD, { retentionSeconds: 30 * 86_400 });
  for (const job of jobs) {
    const settings = settingsOf(job);
    const queue = known.get(job.name);
    if (!queue) await boss.createQueue(job.name, settings);
    else if (Object.entries(settings).some(([key, value]) => queue[key] !== value)) await boss.updateQueue(job.name, settings);
  }
  const schedules = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule.cron]));
  for (const { name, schedule } of jobs) {
    if (schedule && schedules.get(name) !== schedule) await boss.schedule(name, schedule, {});
    if (!schedule && schedules.has(name)) await boss.unschedule(name);
  }
}

/**
 * The job queue on pg-boss, in the schema `pgboss` of the same database, so that a job and the change that asks for it commit together.
 * A job in flight when its process dies is tried again after its heartbeat is missed (10 to 20 seconds).
 */
export function createJobQueue(connection: ConnectionOptions, database: Database, bus: Bus, log: Log): JobQueue {
  let boss: PgBoss | undefined;
  const workers = new Map<string, Worker>();
  const timers: NodeJS.Timeout[] = [];
  let unsubscribe = () => {};

  const opened = () => {
    if (!boss) throw new Error('The job queue has not been started.');
    return boss;
  };
  const hint = (tx: Tx, queue: string) => tx.afterCommit(() => bus.publish(WAKE, queue));
  const quietly = (work: () => Promise<unknown>) => () => void work().catch((error: unknown) => log.warn({ err: error }, 'job queue upkeep failed'));

  async function open(work: boolean): Promise<PgBoss> {
    const fresh = new PgBoss({
      ...(connection.databaseUrl ? { connectionString: connection.databaseUrl } : connection.embedded),
      ...{ onConnect: withoutCompiling },
      schema: 'pgboss', max: work ? 4 : 1, application_name: `${connection.applicationName}-jobs`, registerInstance: false, openTelemetry: { enabled: false },
      // Only processes that work look after the queues: watch heartbeats, keep the timetable, clear away what is done.
      supervise: work, schedule: work, monitorIntervalSeconds: 5, superviseIntervalSeconds: 5, maintenanceIntervalSeconds: 300, monitorVacuum: false,
    });
    fresh.on('error', (error) => log.error({ err: error }, 'job queue error'));
    await fresh.start();
    return fresh;
  }

  async function pollOnce(): Promise<void> {
    const { rows } = await opened().getDb().executeSql(READY, [[...workers.keys()]]);
    for (const { name } of rows as { name: string }[]) workers.get(name)?.wake();
  }

  return {
    async enqueue(tx, job, data, options = {}) {
      const settings = { db: inside(tx), ...(options.startAfter ? { startAfter: options.startAfter } : {}) };
      if (options.singletonKey === undefined) await opened().send(job.name, data as object, settings);
      else await opened().upsert(job.name, data as object, { ...settings, singletonKey: options.singletonKey });
      if (!options.startAfter) hint(tx, job.name);
    },
    async enqueueMany(tx, job, list) {
      if (list.length === 0) return;
      await opened().insert(job.name, list.map((data) => ({ data: data as object })), { db: inside(tx) });
      hint(tx, job.name);
    },
    async start(platform: Platform, jobs, { work }) {
      const opened = await open(work);
      boss = opened;
      await database.asSystem(async (tx) => {
        // Two processes that start at once must not both change the same catalogue rows.
        await tx.run('select pg_advisory_xact_lock($1)', [QUEUES_LOCK]);
        await tx.run('grant usage on schema pgboss to rapport_app; grant select, insert, update on all tables in schema pgboss to rapport_app');
        await makeQueues(opened, jobs);
      });
      if (!work) return;
      for (const job of jobs) workers.set(job.name, createWorker(boss, platform, job as unknown as Job, log));
      unsubscribe = bus.subscribe(WAKE, (queue) => workers.get(String(queue))?.wake());
      for (const worker of workers.values()) worker.wake();
      timers.push(setInterval(quietly(pollOnce), POLL_MS), setInterval(quietly(() => Promise.all([...workers.values()].map((worker) => worker.touch()))), TOUCH_MS));
    },
    async stop(graceMs) {
      unsubscribe();
      const [poll, ...others] = timers;
      clearInterval(poll);
      // Running jobs go on being touched: another process must not start them as well.
      let patience: NodeJS.Timeout | undefined;
      await Promise.race([Promise.all([...workers.values()].map((worker) => worker.stop())), new Promise((resolve) => (patience = setTimeout(resolve, graceMs)))]);
      clearTimeout(patience);
      for (const timer of others) clearInterval(timer);
      await boss?.stop({ graceful: false });
    },
    async counts() {
      const { rows } = await opened().getDb().executeSql(COUNTS);
      return (rows as { name: string; waiting: number; active: number; failed: number; oldest: number }[]).map(({ name, oldest, ...rest }) => ({ queue: name, ...rest, oldestSeconds: oldest }));
    },
  };
}
