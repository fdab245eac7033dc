import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emailInboxSettings, permissionNames, type CaseScope, type EmailInboxSettings, type Permission } from '@rapport/contract';
import { addAgent, foundAccount } from '../src/accounts/index.ts';
import type { Incoming } from '../src/cases/index.ts';
import { createInbox } from '../src/inboxes/index.ts';
import { systemActor, type AgentActor, type Ctx, type Platform } from '../src/platform/context.ts';
import { inAccount } from '../src/platform/context.ts';
import type { Database } from '../src/platform/database/index.ts';
import { openDiskFiles } from '../src/platform/files/disk.ts';
import { newId } from '../src/platform/ids.ts';
import { createLog } from '../src/platform/log.ts';
import { openSecrets } from '../src/platform/secrets.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** A clock that stands still until it is moved. */
export interface StillClock {
  now(): Date;
  moveTo(time: Date): void;
  forward(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

export function stillClock(start = new Date('2026-03-02T09:00:00.000Z')): StillClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    moveTo: (time) => void (at = time.getTime()),
    forward: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => void (at += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000),
  };
}

export type AgentCtx = Ctx & { actor: AgentActor };
export interface TestAgent {
  id: string;
  /** Runs a verb as this agent. */
  does<T>(work: (ctx: AgentCtx) => Promise<T>): Promise<T>;
}

/** A company with its desk on a database of its own; verbs are called directly, nothing runs beside them. */
export interface TestDesk {
  database: Database;
  databaseUrl: string;
  superuserPool: TestDatabase['superuserPool'];
  platform: Platform;
  clock: StillClock;
  accountId: string;
  adminId: string;
  /** The first team; new cases of the first inbox go there. */
  teamId: string;
  inboxId: string;
  inboxAddress: string;
  asSystem<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  agent(options?: { name?: string; scope?: CaseScope; teamIds?: string[]; permissions?: readonly Permission[] }): Promise<TestAgent>;
  team(name?: string): Promise<string>;
  inbox(settings?: Partial<EmailInboxSettings>, teamId?: string | null): Promise<{ id: string; address: string }>;
  /** A mail as the channel hands it in; what is left out is made up. */
  mail(parts?: MailParts): Incoming;
  close(): Promise<void>;
}

export interface MailParts {
  inboxId?: string;
  key?: string;
  from?: string;
  fromName?: string | null;
  to?: string[];
  cc?: string[];
  replyTo?: string[];
  subject?: string;
  text?: string;
  occurredAt?: Date;
  automatic?: Incoming['automatic'];
  messageId?: string;
  answers?: string[];
  caseId?: string | null;
  caseNumber?: number | null;
  attachments?: Incoming['attachments'];
  rawKey?: string;
}

const named = (address: string) => ({ address, name: null });

export async function openTestDesk(): Promise<TestDesk> {
  const { database, url, drop, superuserPool } = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-desk-'));
  const clock = stillClock();
  const platform = { database, clock, files: openDiskFiles(join(dataDir, 'files')), secrets: openSecrets(dataDir), log: createLog('silent') } as unknown as Platform;
  const accountId = newId();
  const asSystem = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, accountId, systemActor('test'), work);
  const founded = await asSystem((ctx) => foundAccount(ctx, { company: 'Test company', name: 'Ada Admin', email: `admin@${accountId}.test`, passwordHash: 'none', locale: 'en' }));
  let count = 0;

  const inbox: TestDesk['inbox'] = async (settings = {}, teamId = founded.teamId) => {
    count += 1;
    const address = settings.address ?? `support${count}@${accountId.slice(-8)}.test`;
    const made = await asSystem((ctx) => createInbox(ctx, { channel: 'email', name: `Support ${count}`, teamId, settings: emailInboxSettings.parse({ ...settings, address }) }));
    return { id: made.id, address };
  };
  const first = await inbox();

  return {
    database, databaseUrl: url, superuserPool, platform, clock, accountId, adminId: founded.agentId, teamId: founded.teamId, inboxId: first.id, inboxAddress: first.address, asSystem, inbox,
    async agent({ name, scope = 'all', teamIds = [], permissions = permissionNames } = {}) {
      count += 1;
      const shown = name ?? `Agent ${count}`;
      const id = await asSystem(async (ctx) => {
        const made = await addAgent(ctx, { email: `agent-${count}@${accountId}.test`, name: shown, role: 'agent', teamIds, locale: 'en', passwordHash: 'none' });
        const roleId = newId();
        await ctx.tx.run('insert into role (account_id, id, name, permissions, case_scope, created_at) values ($1, $2, $3, $4, $5, now())', [accountId, roleId, `Role ${roleId}`, permissions, scope]);
        await ctx.tx.run('update agent set role_id = $3 where account_id = $1 and id = $2', [accountId, made, roleId]);
        return made;
      });
      const actor: AgentActor = { kind: 'agent', agentId: id, name: shown, permissions: new Set(permissions), caseScope: scope, teamIds, address: '127.0.0.1' };
      return { id, does: (work) => inAccount(platform, accountId, actor, (ctx) => work(ctx as AgentCtx)) };
    },
    team: (name) =>
      asSystem(async (ctx) => {
        const id = newId();
        await ctx.tx.run('insert into team (account_id, id, name, created_at) values ($1, $2, $3, now())', [accountId, id, name ?? `Team ${id}`]);
        return id;
      }),
    mail(parts = {}) {
      count += 1;
      const messageId = parts.messageId ?? `<mail-${count}-${newId()}@example.com>`;
      const text = parts.text ?? `Hello, this is mail ${count}.`;
      return {
        inboxId: parts.inboxId ?? first.id, channel: 'email', door: 'api', dedupeKey: parts.key ?? messageId, occurredAt: parts.occurredAt ?? clock.now(),
        from: { address: parts.from ?? 'anna@example.com', name: parts.fromName === undefined ? 'Anna Example' : parts.fromName }, to: (parts.to ?? [first.address]).map(named), cc: (parts.cc ?? []).map(named),
        replyTo: (parts.replyTo ?? []).map(named), subject: parts.subject ?? 'A question', text, html: null, hasRemoteContent: false, attachments: parts.attachments ?? [],
        rawKey: parts.rawKey ?? `${accountId}/00/${'0'.repeat(64)}`, rawBytes: text.length, maskedCardNumbers: 0, messageId, automatic: parts.automatic ?? null,
        thread: { caseId: parts.caseId ?? null, answers: parts.answers ?? [], own: [messageId], caseNumber: parts.caseNumber ?? null },
      };
    },
    async close() {
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
