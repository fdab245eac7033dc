import { open } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PORT, SUPERUSER } from './settings.ts';

/**
 * Our own connection to the server, held for as long as we use it. It serves three ends: it proves that the server is
 * ready (nothing else does), its end tells us at once that the server is gone, and the lock it holds tells other
 * processes that the server is in use.
 */
export interface Keeper {
  serverVersion: string;
  /** Settles when the connection is lost, or closed by `leave` or `close`. */
  lost: Promise<void>;
  /** Gives up our claim. True when nobody else has one: the server is ours to stop, and nobody can claim it any more. */
  leave(): Promise<boolean>;
  close(): Promise<void>;
}

export type Answer =
  | { state: 'ready'; keeper: Keeper }
  /** It listens but takes nobody yet, or nobody any more. */
  | { state: 'busy' }
  /** Nothing listens there. */
  | { state: 'absent' }
  | { state: 'refused'; reason: string };

// An advisory lock of the database `postgres`, which only we use, so the number cannot meet another's.
const CLAIM = 'hashtext(\'rapport: in use\')::bigint';

/**
 * Knocks at the socket in `socketDirectory` and says what answers. `ready` means that queries are answered, by the
 * server of just this cluster, and that our claim on it stands.
 */
export async function knock(socketDirectory: string, clusterDir: string): Promise<Answer> {
  const client = new pg.Client({
    host: socketDirectory,
    port: PORT,
    user: SUPERUSER,
    database: 'postgres',
    application_name: 'rapport keeper',
    connectionTimeoutMillis: 10_000,
  });
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  // A connection that breaks says so here too; `lost` is what we go by.
  client.on('error', () => undefined);
  try {
    await client.connect();
    // Whoever waits for the server must not be held up by one that answers everything but this.
    await client.query("set statement_timeout = '10s'");
    const { rows } = await client.query<{ version: string; identifier: string; claimed: boolean }>(
      `select current_setting('server_version') as version,
              (select system_identifier from pg_control_system())::text as identifier,
              pg_try_advisory_lock_shared(${CLAIM}) as claimed`,
    );
    const row = rows[0];
    if (row?.identifier !== (await systemIdentifier(clusterDir))) {
      await client.end();
      return { state: 'refused', reason: `The server behind ${socketDirectory} serves another database than the one in ${clusterDir}` };
    }
    // Somebody holds the claim alone: they are about to stop it.
    if (!row.claimed) {
      await client.end();
      return { state: 'busy' };
    }
    const watcher = client as Watcher;
    // It watches; by itself it is no reason to stay alive.
    watcher.unref();
    return { state: 'ready', keeper: keep(watcher, row.version, lost) };
  } catch (error) {
    await client.end().catch(() => undefined);
    return judge(error as Error & { code?: string });
  }
}

// Both exist in node-postgres and are missing in its type declarations.
type Watcher = pg.Client & { ref(): void; unref(): void };

function keep(client: Watcher, serverVersion: string, lost: Promise<void>): Keeper {
  return {
    serverVersion,
    lost,
    leave: async () => {
      client.ref();
      // In this order, so that of several who leave at the same moment exactly one finds itself alone: the last one to
      // give its share up is refused only by somebody who already holds it all, and that one stops the server.
      await client.query(`select pg_advisory_unlock_shared(${CLAIM})`);
      const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${CLAIM}) as alone`);
      const alone = rows[0]?.alone === true;
      // Kept open when we are alone: the lock has to stand until the server is down.
      if (!alone) await client.end();
      return alone;
    },
    close: () => client.end(),
  };
}

const CANNOT_CONNECT_NOW = '57P03';
const TOO_MANY_CONNECTIONS = '53300';
const ADMIN_SHUTDOWN = '57P01';

function judge(error: Error & { code?: string }): Answer {
  switch (error.code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTDIR':
      return { state: 'absent' };
    case CANNOT_CONNECT_NOW:
    case TOO_MANY_CONNECTIONS:
    case ADMIN_SHUTDOWN:
    case 'ECONNRESET':
    case 'EPIPE':
      return { state: 'busy' };
    case undefined:
      // node-postgres has no code for a connection that ended under it, or that nobody answered in time.
      return { state: 'busy' };
    default:
      return { state: 'refused', reason: error.message };
  }
}

/** The number every cluster is born with; the first field of its control file, in the machine's byte order. */
async function systemIdentifier(clusterDir: string): Promise<string> {
  const handle = await open(join(clusterDir, 'global', 'pg_control'), 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    // Every platform there are programs for is little-endian.
    return buffer.readBigUInt64LE(0).toString();
  } finally {
    await handle.close();
  }
}
