import type { Job } from '../context.ts';

export type { EnqueueOptions, Job, JobQueue } from '../context.ts';

/** A job with the defaults filled in. */
export function defineJob<T>(definition: Pick<Job<T>, 'name' | 'run'> & Partial<Job<T>>): Job<T> {
  return { retryLimit: 5, retryDelaySeconds: 5, concurrency: 4, schedule: undefined, expireSeconds: 300, ...definition };
}
