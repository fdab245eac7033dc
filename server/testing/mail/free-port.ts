import { createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port of the loopback that nobody listens on right now, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** Resolves when something answers on the port; throws after `seconds`. */
export async function untilOpen(port: number, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.unref();
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await sleep(50);
  }
  throw new Error(`Nothing answers on port ${port}.`);
}

/** Resolves with what `look` finds as soon as it finds something; throws after `seconds`. Patient: the machine may be busy, and a job whose process was killed is taken up again after half a minute. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 75): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`It did not happen within ${seconds} seconds: ${what}`);
    await sleep(100);
  }
}
