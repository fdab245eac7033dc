import type { PgBoss } from 'pg-boss';
import type { Platform } from '../context.ts';
import type { Log } from '../log.ts';
import { counter, histogram } from '../metrics.ts';
import type { Job } from './index.ts';

type Attempt = { id: string; retryCount: number };

const SETTLE_TRIES = 4;
const ended = counter('rapport_jobs_total', 'Jobs run, by queue and outcome.', ['queue', 'outcome']);
const took = histogram('rapport_job_seconds', 'How long jobs run, by queue.', [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300], ['queue']);

/** Runs the jobs of one queue in this process, up to `job.concurrency` side by side: a slow one holds up its own place only. */
export interface Worker {
  readonly queue: string;
  /** Something may be waiting. */
  wake(): void;
  /** Tells the queue that the running jobs are alive. */
  touch(): Promise<void>;
  /** Takes nothing new; resolves when the running jobs have ended. */
  stop(): Promise<void>;
}

export function createWorker(boss: PgBoss, platform: Platform, job: Job, log: Log): Worker {
  const running = new Map<string, Attempt>();
  const idle = new Set<() => void>();
  let isStopped = false;
  let isFetching = false;
  let mayHaveMore = false;
  let done: Attempt[] = [];
  let isSettling = false;

  async function fetch(): Promise<void> {
    if (isFetching) return;
    isFetching = true;
    try {
      while (mayHaveMore && !isStopped && running.size < job.concurrency) {
        const wanted = job.concurrency - running.size;
        mayHaveMore = false;
        const batch = await boss.fetch<unknown>(job.name, { batchSize: wanted });
        mayHaveMore ||= batch.length === wanted;
        for (const { id, retryCount, data } of batch) {
          running.set(id, { id, retryCount });
          void execute({ id, retryCount }, data);
        }
      }
    } catch (error) {
      log.error({ err: error, job: job.name }, 'jobs could not be fetched');
    } finally {
      isFetching = false;
    }
  }

  async function execute(attempt: Attempt, data: unknown): Promise<void> {
    const startedAt = performance.now();
    // Past its time the queue takes the job for dead and lets it run again; its place here becomes free as well.
    const overdue = setTimeout(() => {
      log.error({ job: job.name, jobId: attempt.id }, 'job overran its time');
      leave(attempt.id);
    }, job.expireSeconds * 1_000).unref();
    try {
      await job.run(platform, data);
      ended.add(1, { queue: job.name, outcome: 'done' });
      done.push(attempt);
      await settle();
    } catch (error) {
      ended.add(1, { queue: job.name, outcome: 'failed' });
      log.warn({ err: error, job: job.name, jobId: attempt.id, attempt: attempt.retryCount }, 'job failed');
      await persist(() => boss.fail(job.name, attempt, { message: (error as Error).message }));
    } finally {
      clearTimeout(overdue);
      took.observe((performance.now() - startedAt) / 1_000, { queue: job.name });
      leave(attempt.id);
    }
  }

  /** Reports what is done; what ends while a report is on its way goes with the next. */
  async function settle(): Promise<void> {
    if (isSettling) return;
    isSettling = true;
    try {
      while (done.length > 0) {
        const attempts = done;
        done = [];
        await persist(() => boss.complete(job.name, attempts));
      }
    } finally {
      isSettling = false;
    }
  }

  /** A job whose end cannot be reported runs again after its heartbeat is missed: jobs run at least once. */
  async function persist(report: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await report();
        return;
      } catch (error) {
        if (attempt < SETTLE_TRIES) await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
        else return log.error({ err: error, job: job.name }, 'the end of a job could not be reported');
      }
    }
  }

  function leave(id: string): void {
    running.delete(id);
    if (mayHaveMore) void fetch();
    if (running.size === 0) for (const resolve of idle) resolve();
  }

  return {
    queue: job.name,
    wake() {
      mayHaveMore = true;
      void fetch();
    },
    async touch() {
      if (running.size > 0) await boss.touch(job.name, [...running.values()]);
    },
    async stop() {
      isStopped = true;
      while (isFetching || running.size > 0 || isSettling) {
        await new Promise<void>((resolve) => {
          idle.add(resolve);
          // A fetch or report under way has no signal of its own.
          setTimeout(resolve, 20);
        });
      }
    },
  };
}
