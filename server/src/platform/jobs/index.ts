import type { Platform } from '../context.ts';
import type { Tx } from '../database/index.ts';

/**
 * Work outside the request: runs at least once, in any process with the `jobs` role, and again after a crash. State lives in the rooms' tables,
 * never in the job: a lost job may be made again from them.
 */
export interface Job<T = unknown> {
  name: string;
  /** Throw to have it tried again; after `retryLimit` it lands in the dead-letter queue and in /metrics. */
  run(platform: Platform, data: T): Promise<void>;
  retryLimit: number;
  /** First delay; it doubles, with jitter. */
  retryDelaySeconds: number;
  /** How many of these one process runs side by side. */
  concurrency: number;
  /** A cron line (UTC): the job then also runs on time, with empty data, once over all processes. */
  schedule: string | undefined;
  /** A run longer than this is taken for dead and tried again. */
  expireSeconds: number;
}

export function defineJob<T>(definition: Pick<Job<T>, 'name' | 'run'> & Partial<Job<T>>): Job<T> {
  return { retryLimit: 5, retryDelaySeconds: 5, concurrency: 4, schedule: undefined, expireSeconds: 300, ...definition };
}

export interface EnqueueOptions {
  startAfter?: Date;
  /** While a job with this key waits, another is not added. */
  singletonKey?: string;
}

export interface JobQueue {
  /** In the caller's transaction: no commit, no job. */
  enqueue<T>(tx: Tx, job: Job<T>, data: T, options?: EnqueueOptions): Promise<void>;
  enqueueMany<T>(tx: Tx, job: Job<T>, list: T[]): Promise<void>;
  /** Makes the queues known and, with `work`, starts the workers. */
  start(platform: Platform, jobs: readonly Job<never>[], options: { work: boolean }): Promise<void>;
  /** Lets running jobs finish for up to `graceMs`. */
  stop(graceMs: number): Promise<void>;
  /** Waiting, running and failed jobs by queue, for /metrics and the doctor. */
  counts(): Promise<{ queue: string; waiting: number; active: number; failed: number }[]>;
}
