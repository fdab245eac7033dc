import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface TestNats {
  url: string;
  /** Why there is none, for a test's `skip`; false when it runs. */
  missing: string | false;
  stop(): Promise<void>;
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

/** A real nats-server on a free port of this machine, when the program is installed. */
export async function startNats(): Promise<TestNats> {
  const port = await freePort();
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` } });
  const missing = await new Promise<string | false>((resolve) => {
    child.once('error', () => resolve('The program nats-server is not installed.'));
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes('Server is ready')) resolve(false);
    });
    child.once('exit', () => resolve('The program nats-server did not start.'));
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    missing,
    async stop() {
      if (missing || child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
