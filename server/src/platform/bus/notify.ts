import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClient, type ConnectionOptions } from '../database/connection.ts';
import type { Log } from '../log.ts';
import { createUnpacker, pack, type Letter } from './envelope.ts';
import { createInProcessBus } from './in-process.ts';
import type { Bus } from './index.ts';

const CHANNEL = 'rapport_bus';
// PostgreSQL refuses payloads of 8,000 bytes and more.
const PACKET_BYTES = 7_900;
const MOST_PACKETS_AT_ONCE = 64;
// What waits while the database is away. Hints older than that are of no use: readers poll.
const MOST_WAITING = 10_000;
const RECONNECT_MS = [100, 250, 500, 1_000, 2_000];
// A connection whose other end vanished without a word looks alive for minutes; a question now and then finds out.
const HEARTBEAT_MS = 20_000;

type Client = ReturnType<typeof openClient>;

/**
 * The bus over PostgreSQL's LISTEN and NOTIFY, on one connection of its own. NOTIFY takes a lock over the whole database until its transaction is durable, so
 * it never happens inside a business transaction: letters wait here while the one before is on its way and then go together, in a transaction that does not
 * wait for the disk. Subscribers of this process are called directly, without the round trip.
 */
export async function openNotifyBus(connection: ConnectionOptions, log: Log): Promise<Bus> {
  const self = randomUUID();
  const local = createInProcessBus(log);
  const unpack = createUnpacker(self);
  let client: Client | undefined;
  let waiting: Letter[] = [];
  let isSending = false;
  let isClosed = false;

  async function connect(): Promise<void> {
    const fresh = openClient({ ...connection, applicationName: `${connection.applicationName}-bus` });
    fresh.on('notification', ({ payload }) => {
      if (payload) for (const [subject, body] of unpack(payload)) local.deliver(subject, body);
    });
    const lost = () => {
      if (client !== fresh) return;
      client = undefined;
      if (isClosed) return;
      log.warn({}, 'bus connection lost, reconnecting');
      void reconnect();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    await fresh.connect();
    await fresh.query(`set synchronous_commit = off; listen ${CHANNEL}`);
    client = fresh;
    void send();
  }

  const heartbeat = setInterval(() => {
    const asked = client;
    asked?.query('select 1').catch(() => asked.end().catch(() => {}));
  }, HEARTBEAT_MS).unref();

  async function reconnect(): Promise<void> {
    for (let attempt = 0; !isClosed && !client; attempt += 1) {
      await sleep(RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)], undefined, { ref: false });
      try {
        if (!isClosed) await connect();
      } catch (error) {
        log.debug({ err: error }, 'bus connection not back yet');
      }
    }
  }

  async function send(): Promise<void> {
    if (isSending || !client) return;
    isSending = true;
    try {
      while (waiting.length > 0 && client) {
        const packets = pack(self, waiting, PACKET_BYTES);
        waiting = [];
        for (let i = 0; i < packets.length && client; i += MOST_PACKETS_AT_ONCE) {
          await client.query({ name: 'bus_notify', text: `select pg_notify('${CHANNEL}', packet) from unnest($1::text[]) as packet`, values: [packets.slice(i, i + MOST_PACKETS_AT_ONCE)] });
        }
      }
    } catch (error) {
      // What was on its way is lost, as the bus may: readers poll.
      log.debug({ err: error }, 'bus packet lost');
      client?.end().catch(() => {});
    } finally {
      isSending = false;
    }
  }

  await connect();
  return {
    publish(subject, payload) {
      local.publish(subject, payload);
      if (waiting.length >= MOST_WAITING) waiting.shift();
      waiting.push([subject, payload]);
      // After the current turn, so that what one request publishes goes in one packet.
      if (waiting.length === 1) setImmediate(() => void send());
    },
    subscribe: local.subscribe,
    async close() {
      await send();
      isClosed = true;
      clearInterval(heartbeat);
      const last = client;
      client = undefined;
      await last?.end().catch(() => {});
      await local.close();
    },
  };
}
