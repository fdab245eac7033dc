import type { CaseScope, Permission } from '@rapport/contract';
import { Refusal } from './refusal.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database, Tx } from './database/index.ts';
import type { Files } from './files/index.ts';
import type { Log } from './log.ts';
import type { Secrets } from './secrets.ts';
import type { Bus } from './bus/index.ts';
import type { Leases } from './lease.ts';

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
  /** How many of these one process runs side by side; each takes up to one database connection while it is in a transaction. */
  concurrency: number;
  /** A cron line (UTC): the job then also runs on time, with empty data, once over all processes. */
  schedule: string | undefined;
  /** A run longer than this is taken for dead and tried again. */
  expireSeconds: number;
}

export interface EnqueueOptions {
  startAfter?: Date;
  /** While a job with this key waits, no other is added: the one that waits gets this data and time instead. */
  singletonKey?: string;
}

export interface QueueCounts {
  /** `dead-letter` holds what failed for good. */
  queue: string;
  /** Not begun, or waiting for the next try. */
  waiting: number;
  active: number;
  /** Failed for good within the last minutes. */
  failed: number;
  /** How long the job that could run has been waiting for. */
  oldestSeconds: number;
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
  counts(): Promise<QueueCounts[]>;
}

/** What the ground floor offers to every room; made once when the house opens. */
export interface Platform {
  config: Config;
  database: Database;
  files: Files;
  secrets: Secrets;
  jobs: JobQueue;
  bus: Bus;
  leases: Leases;
  clock: Clock;
  log: Log;
}

/** How a person came in, with how many factors, and when they began and last proved who they are. */
export interface SessionProof {
  method: 'password' | 'passkey' | 'company';
  factors: number;
  provedAt: Date;
  beganAt: Date;
}

/** Who acts. An agent acts through a session or an API key; the system acts for a listener, a job or a door. */
export type Actor =
  | { kind: 'agent'; agentId: string; name: string; permissions: ReadonlySet<Permission>; caseScope: CaseScope; teamIds: readonly string[]; sessionId?: string; proof?: SessionProof; apiKeyId?: string; address: string }
  | { kind: 'system'; name: string; /** Shown behind “Rapport” where it acts on a case. */ label?: string };
export type AgentActor = Extract<Actor, { kind: 'agent' }>;

/** What a verb works with: one transaction of one account, and who asks. */
export interface Ctx {
  tx: Tx;
  accountId: string;
  actor: Actor;
  clock: Clock;
  log: Log;
  platform: Platform;
}

export function systemActor(name: string): Actor {
  return { kind: 'system', name };
}

/** Runs `work` in a transaction of the account. Nothing slow and no network call inside. */
export function inAccount<T>(platform: Platform, accountId: string, actor: Actor, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return platform.database.inAccount(accountId, (tx) => work({ tx, accountId, actor, clock: platform.clock, log: platform.log, platform }));
}

/** The system may do everything; an agent what the role holds. */
export function can(actor: Actor, permission: Permission): boolean {
  return actor.kind === 'system' || actor.permissions.has(permission);
}

export function mustBeAllowed(actor: Actor, permission: Permission): void {
  if (!can(actor, permission)) throw new Refusal('not_allowed', `Your role does not include “${permission}”. Ask an admin for it.`);
}
