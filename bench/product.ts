import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');

export interface Ports {
  web: number;
  smtp: number;
  lmtp: number;
}

export interface Product {
  url: string;
  smtpPort: number;
  lmtpPort: number;
  dataDir: string;
  /** Milliseconds from the start of the process until the first page was answered. */
  startMs: number;
  pid: number;
  /** The embedded server's first process. */
  databasePid: number;
  connectionString: string;
  stop(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Starts the real product on its embedded database and waits for the first page. */
export async function startProduct(dataDir: string, ports: Ports, env: Record<string, string> = {}): Promise<Product> {
  const from = performance.now();
  const child: ChildProcess = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, RAPPORT_DATA: dataDir, RAPPORT_PORT: String(ports.web), RAPPORT_SMTP_PORT: String(ports.smtp), RAPPORT_LMTP_PORT: String(ports.lmtp), RAPPORT_LOG: 'error', ...env },
  });
  child.stdout?.resume();
  // A bench that breaks off leaves nothing running on the ports of the next.
  process.once('exit', () => child.kill('SIGTERM'));
  const url = `http://127.0.0.1:${ports.web}`;
  for (let tries = 0; !(await answers(`${url}/health/ready`)); tries += 1) {
    if (child.exitCode !== null || tries > 3_000) throw new Error('The product did not start.');
    await sleep(20);
  }
  await fetch(url);
  const startMs = Math.round(performance.now() - from);
  const cluster = join(dataDir, 'postgres', '18');
  const pidFile = await findPidFile(cluster);
  // The socket's directory stands there as the server was told it: relative to the data directory.
  const [databasePid = '0', , , port = '5432', socketDir = ''] = readFileSync(pidFile, 'utf8').split('\n');
  return {
    url, smtpPort: ports.smtp, lmtpPort: ports.lmtp, dataDir, startMs, pid: child.pid ?? 0, databasePid: Number(databasePid),
    connectionString: `postgresql://postgres@/rapport?host=${encodeURIComponent(resolve(dirname(pidFile), socketDir))}&port=${port}`,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function findPidFile(cluster: string): Promise<string> {
  const { globSync } = await import('node:fs');
  const [found] = [...globSync('**/postmaster.pid', { cwd: cluster })];
  if (!found) throw new Error(`No running database below ${cluster}.`);
  return join(cluster, found);
}

/** Runs one verb of the command line beside the running product and reads its JSON. */
export async function rapport<T>(product: Pick<Product, 'dataDir'>, ...args: string[]): Promise<T> {
  const child = spawn(process.execPath, ['server/src/cli/index.ts', ...args, '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RAPPORT_DATA: product.dataDir } });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`rapport ${args[0]} ended with ${code}`);
  return JSON.parse(out) as T;
}
