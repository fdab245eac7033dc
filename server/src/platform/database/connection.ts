import pg from 'pg';

// Counts and case numbers stay far below 2^53; as strings they would leak into every answer.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface ConnectionOptions {
  databaseUrl?: string | undefined;
  /** The embedded server's socket directory and so on; used when there is no URL. */
  embedded?: { host: string; port: number; user: string; database: string } | undefined;
  max: number;
  applicationName: string;
  statementTimeoutMs?: number;
  /** Reaches the server itself when `databaseUrl` goes through a transaction pooler; for a connection that must stay the same one. */
  directUrl?: string | undefined;
}

/**
 * For `onConnect` of every pool of ours. A server of one's own compiles a query it takes for costly, which the built-in one never does: what would
 * be erased next, counted over 80,000 cases, took 500 ms with it and 33 without, and so it is with everything of ours, which reads little of much.
 * As a statement and not as an option of the connection, which a transaction pooler would refuse.
 */
export async function withoutCompiling(client: pg.ClientBase): Promise<void> {
  await client.query('set jit = off');
}

/** A pool of connections; the same for the embedded server and any other. */
export function openPool(options: ConnectionOptions): pg.Pool {
  const target: pg.PoolConfig = options.databaseUrl ? { connectionString: options.databaseUrl } : { ...options.embedded };
  const pool = new pg.Pool({
    ...target,
    onConnect: withoutCompiling,
    max: options.max,
    application_name: options.applicationName,
    // Long enough for the slowest honest query, short enough that a lost one does not hold a connection for ever.
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  // An idle connection that breaks (a restart of the server) must not end the process; the next query reconnects or reports.
  pool.on('error', () => {});
  // Nor must one that breaks while a transaction holds it and asks nothing just then; its next statement reports.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One connection of its own, not yet open, that fails rather than waits when the server does not answer. */
export function openClient(options: Omit<ConnectionOptions, 'max'>): pg.Client {
  const url = options.directUrl ?? options.databaseUrl;
  const target: pg.ClientConfig = url ? { connectionString: url } : { ...options.embedded };
  return new pg.Client({ ...target, application_name: options.applicationName, keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: 10_000, query_timeout: 5_000 });
}
