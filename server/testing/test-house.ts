import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { BuiltInRole } from '@rapport/contract';
import { createClient, type Client } from '@rapport/sdk';
import { addAgent, foundAccount, hashPassword, sessionCookieName, startSession } from '../src/accounts/index.ts';
import { openHouse, type House } from '../src/open-house.ts';
import { inAccount, systemActor, type Ctx } from '../src/platform/context.ts';
import type { Clock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { newId } from '../src/platform/ids.ts';
import type { OpenPlatform } from '../src/platform/open-platform.ts';
import { createTestDatabase } from './database.ts';

/** A browser: it keeps the cookies it is given and sends them along, and looks like a page of Rapport itself. */
export interface Browser {
  /** Every endpoint of the contract, typed; refusals are thrown as `ProblemError`. */
  client: Client;
  /** For what a typed client would not send: a raw request below the house's address, with the cookies. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The cookies as the `Cookie` header would carry them; empty when there are none. */
  cookie(): string;
  setCookie(name: string, value: string): void;
}

export interface SignedIn extends Browser {
  agentId: string;
  name: string;
  email: string;
  /** All test agents share it; hashing one for each would only cost time. */
  password: string;
}

export interface TestAccount {
  accountId: string;
  /** The first team; its admin is a member. */
  teamId: string;
  adminId: string;
  /** A new agent of the account with this role, signed in. */
  signedInClient(role?: BuiltInRole, options?: { name?: string; email?: string; teamIds?: readonly string[]; locale?: 'en' | 'de' }): Promise<SignedIn>;
  /** The account's first admin, signed in. */
  admin(): Promise<SignedIn>;
  /** Runs a verb as the system would, in a transaction of the account. */
  asSystem<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
}

export interface TestHouse extends TestAccount {
  house: House;
  platform: OpenPlatform;
  url: string;
  databaseUrl: string;
  /** A browser that nobody has signed in with. */
  browser(): Browser;
  /** A second company in the same house, to prove that it stays unseen. */
  anotherAccount(): Promise<TestAccount>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  clock?: Clock;
  /** Further settings by their variable, for example `{ RAPPORT_URL: 'https://desk.example.com' }`. */
  env?: Record<string, string>;
  /** Leave the database empty of accounts, as before the first-run wizard. */
  isEmpty?: boolean;
}

const PASSWORD = 'a long test sentence 8';

function browserOf(url: string): Browser {
  const jar = new Map<string, string>();
  const take = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      if (attributes.includes('Max-Age=0')) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const own = (): Record<string, string> => ({ origin: url, ...(jar.size > 0 ? { cookie: cookie() } : {}) });
  return {
    client: createClient({ baseUrl: url, headers: own, onResponse: take }),
    async fetch(path, init = {}) {
      const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers: { ...own(), ...(init.headers as Record<string, string> | undefined) } });
      take(response);
      return response;
    },
    cookie,
    setCookie: (name, value) => void jar.set(name, value),
  };
}

function accountIn(platform: OpenPlatform, url: string, accountId: string, teamId: string, adminId: string, passwordHash: string): TestAccount {
  const asSystem = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, accountId, systemActor('test'), work);
  const signIn = async (agentId: string, name: string, email: string): Promise<SignedIn> => {
    const browser = browserOf(url);
    const { token } = await asSystem((ctx) => startSession(ctx, agentId, { client: 'Test', address: '127.0.0.1' }));
    browser.setCookie(sessionCookieName(platform.config), token);
    return { ...browser, agentId, name, email, password: PASSWORD };
  };
  return {
    accountId, teamId, adminId, asSystem,
    admin: () => signIn(adminId, 'Ada Admin', `admin@${accountId}.test`),
    async signedInClient(role = 'agent', options = {}) {
      const name = options.name ?? `Test ${role}`;
      const email = options.email ?? `${role}-${randomBytes(4).toString('hex')}@rapport.test`;
      const agentId = await asSystem((ctx) => addAgent(ctx, { email, name, role, teamIds: options.teamIds ?? [], locale: options.locale ?? 'en', passwordHash }));
      return signIn(agentId, name, email);
    },
  };
}

/**
 * The whole house in this process, on a database of its own and free ports of the loopback: real HTTP, real jobs and listeners. It has one account ("Test company")
 * unless `isEmpty`. Close it in `after`, or the test file never ends.
 *
 *   const house = await openTestHouse();
 *   after(() => house.close());
 *   const { client } = await house.signedInClient('lead');
 *   await client.accounts.session();
 */
export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const testDatabase = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-test-'));
  const config = readConfig({ DATABASE_URL: testDatabase.url, RAPPORT_DATA: dataDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: process.env['RAPPORT_LOG'] ?? 'silent', RAPPORT_DB_POOL: '6', RAPPORT_CHECK_SENDERS: 'off', ...options.env });
  const house = await openHouse(config, options.clock ? { clock: options.clock } : {});
  const { platform, url } = house;
  const passwordHash = await hashPassword(PASSWORD);
  const found = async (company: string) => {
    const accountId = newId();
    const { agentId, teamId } = await inAccount(platform, accountId, systemActor('test'), (ctx) =>
      foundAccount(ctx, { company, name: 'Ada Admin', email: `admin@${accountId}.test`, passwordHash, locale: 'en' }),
    );
    return accountIn(platform, url, accountId, teamId, agentId, passwordHash);
  };
  const first = options.isEmpty ? accountIn(platform, url, newId(), newId(), newId(), passwordHash) : await found('Test company');
  return {
    ...first, house, platform, url, databaseUrl: testDatabase.url,
    browser: () => browserOf(url),
    anotherAccount: () => found('Another company'),
    async close() {
      await house.close();
      await testDatabase.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
