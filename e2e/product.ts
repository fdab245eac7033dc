import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from '@rapport/sdk';
import type { Cable } from './cable.ts';
import { createTestDatabase } from '../server/testing/database.ts';

import { freePort } from '../server/testing/mail/free-port.ts';

const MAIN = join(import.meta.dirname, '../server/src/main.ts');

/** Somebody signed in over HTTP, beside the browsers: sets things up and looks at what really happened. */
export interface Caller {
  client: Client;
  /** The session cookie, to hand to a browser. */
  cookies(): { name: string; value: string }[];
}

export interface Product {
  url: string;
  smtpPort: number;
  /** For looking at, and moving, what no door shows. */
  databaseUrl: string;
  /** A caller nobody has signed in with. */
  caller(): Caller;
  /** As `kill -9` does, without a word. */
  kill(): Promise<void>;
  /** Starts it again: same data, same ports. */
  startAgain(): Promise<void>;
  /** Changes rows as time would, for what takes an hour or a year otherwise. */
  age(sql: string): Promise<void>;
  /** What it has said so far. */
  said(): string;
  stop(): Promise<void>;
}

function callerOf(url: string): Caller {
  const jar = new Map<string, string>();
  const client = createClient({
    baseUrl: url,
    headers: (): Record<string, string> => ({ origin: url, ...(jar.size > 0 ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {}) }),
    onResponse(response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split('; ');
        const at = pair.indexOf('=');
        jar.set(pair.slice(0, at), pair.slice(at + 1));
      }
    },
  });
  return { client, cookies: () => [...jar].map(([name, value]) => ({ name, value })) };
}

interface Running {
  child: ChildProcess;
  ended: Promise<unknown>;
}

/** The real program as people start it, on a database and a data directory of its own and ports of the loopback. With a `cable`, browsers reach it through that; `settings` are further variables. */
export async function startProduct(args: readonly string[] = [], cable?: Cable, settings: Record<string, string> = {}): Promise<Product> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-journey-'));
  const [port, smtpPort, lmtpPort] = [await freePort(), await freePort(), await freePort()];
  cable?.leadTo(port);
  const url = `http://127.0.0.1:${cable?.port ?? port}`;
  const env = {
    ...process.env, DATABASE_URL: database.url, RAPPORT_DATA: dataDir, RAPPORT_URL: url, RAPPORT_PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_LMTP_PORT: String(lmtpPort),
    RAPPORT_LOG: process.env['RAPPORT_LOG'] ?? 'warn', RAPPORT_DB_POOL: '6', ...settings,
  };
  let text = '';

  async function start(more: readonly string[]): Promise<Running> {
    const from = text.length;
    const child = spawn(process.execPath, [MAIN, ...more], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'exit');
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        text += String(chunk);
        if (text.slice(from).includes('Open http')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      void ended.then(() => reject(new Error(`Rapport did not start.\n${text.slice(from)}`)));
    });
    return { child, ended };
  }

  let running: Running | undefined = await start(args);
  async function end(signal: NodeJS.Signals): Promise<void> {
    const was = running;
    running = undefined;
    was?.child.kill(signal);
    await was?.ended;
  }
  return {
    url, smtpPort, databaseUrl: database.url,
    caller: () => callerOf(url),
    kill: () => end('SIGKILL'),
    async startAgain() {
      running = await start([]);
    },
    age: (sql) => database.database.asSystem(async (tx) => void (await tx.run(sql))),
    said: () => text,
    async stop() {
      await end('SIGTERM');
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
