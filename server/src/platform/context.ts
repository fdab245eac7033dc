import type { CaseScope, Permission } from '@rapport/contract';
import { Refusal } from './refusal.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database, Tx } from './database/index.ts';
import type { Files } from './files/index.ts';
import type { JobQueue } from './jobs/index.ts';
import type { Log } from './log.ts';
import type { Secrets } from './secrets.ts';
import type { Bus } from './bus/index.ts';
import type { Leases } from './lease.ts';

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

/** Who acts. An agent acts through a session or an API key; the system acts for a listener, a job or a door. */
export type Actor =
  | { kind: 'agent'; agentId: string; name: string; permissions: ReadonlySet<Permission>; caseScope: CaseScope; teamIds: readonly string[]; sessionId?: string; apiKeyId?: string; address: string }
  | { kind: 'system'; name: string };
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
