import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The line between browsers and the product, which can be pulled out and put back in. */
export interface Cable {
  port: number;
  /** Where it leads. */
  leadTo(port: number): void;
  /** Ends every connection and lets no new one through. */
  pull(): void;
  plugIn(): void;
  close(): Promise<void>;
}

export async function layCable(): Promise<Cable> {
  let target = 0;
  let isIn = true;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (!isIn) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => void (target = port),
    pull() {
      isIn = false;
      for (const socket of sockets) socket.destroy();
    },
    plugIn: () => void (isIn = true),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
