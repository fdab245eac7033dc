import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import { createUnpacker, pack, type Letter } from './envelope.ts';
import { createInProcessBus } from './in-process.ts';
import type { Bus } from './index.ts';

// Servers take 1 MiB by default.
const PACKET_BYTES = 256 * 1024;

/**
 * The bus over a NATS server, for several machines and thousands of messages a second. `installation` keeps houses that share one server apart.
 * Subscribers of this process are called directly. While the server is away letters are dropped: readers poll.
 */
export async function openNatsBus(url: string, installation: string, log: Log): Promise<Bus> {
  const { connect } = await import('@nats-io/transport-node');
  const self = randomUUID();
  const local = createInProcessBus(log);
  const unpack = createUnpacker(self);
  const subject = `rapport.${installation}.bus`;
  const connection = await connect({ servers: url.split(','), name: 'rapport', maxReconnectAttempts: -1, reconnectTimeWait: 500, reconnectJitter: 250, timeout: 5_000 }).catch((error: unknown) => {
    throw new Error(`The NATS server named in NATS_URL does not answer: ${(error as Error).message}`, { cause: error });
  });
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error) log.warn({ err: error }, 'bus subscription error');
      else for (const [name, payload] of unpack(message.string())) local.deliver(name, payload);
    },
  });
  void (async () => {
    for await (const status of connection.status()) if (status.type === 'disconnect' || status.type === 'reconnect') log.warn({ status: status.type }, 'bus connection changed');
  })();
  let waiting: Letter[] = [];
  const send = () => {
    const letters = waiting;
    waiting = [];
    for (const packet of pack(self, letters, PACKET_BYTES)) {
      try {
        connection.publish(subject, packet);
      } catch (error) {
        log.debug({ err: error }, 'bus packet lost');
      }
    }
  };
  await connection.flush();
  return {
    publish(name, payload) {
      local.publish(name, payload);
      waiting.push([name, payload]);
      if (waiting.length === 1) setImmediate(send);
    },
    subscribe: local.subscribe,
    async close() {
      send();
      // A server that is away must not hold up the stop.
      const patience = setTimeout(() => void connection.close(), 2_000).unref();
      await connection.drain().catch(() => {});
      clearTimeout(patience);
      await local.close();
    },
  };
}
