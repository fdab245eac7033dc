import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AppProcess {
  child: ChildProcess;
  /** Everything it has said so far, on stdout and stderr. */
  said(): string;
  /** Where its web server listens; rejects with what it said when it ended before it was ready. */
  ready: Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks it to stop and waits; then removes its data directory. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The real program as a process of its own, on free ports, with a data directory of its own. */
export async function startApp(env: Record<string, string>, args: string[] = []): Promise<AppProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-app-'));
  const settings = { RAPPORT_DATA: dataDir, RAPPORT_PORT: '0', RAPPORT_SMTP_PORT: '0', RAPPORT_LMTP_PORT: '0', RAPPORT_LOG: 'warn', RAPPORT_DB_POOL: '5', RAPPORT_BUILD_WEB: 'off', RAPPORT_CHECK_SENDERS: 'off', ...env };
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), ...args], { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const ended = once(child, 'exit').then(([code, signal]) => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }));
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += String(chunk);
      const [, url] = /Open (http:\S+)/.exec(text) ?? [];
      if (url) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(text)));
  });
  // Who only waits for the end does not ask for the address.
  ready.catch(() => {});
  return {
    child, ready, ended,
    said: () => text,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const { code } = await ended;
      await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}
