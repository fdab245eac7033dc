import pg from 'pg';
import type { ConnectionOptions } from '../database/connection.ts';

/**
 * One connection for a long piece of work: no time limits, and past a transaction pooler, because the work is one transaction with settings of its own.
 * Row-level security is off in the sense PostgreSQL gives the word: rows that a policy would hide are an error, instead of silently missing.
 */
export async function connectForLong(connection: Omit<ConnectionOptions, 'max'>): Promise<pg.Client> {
  const url = connection.directUrl ?? connection.databaseUrl;
  const client = new pg.Client({ ...(url ? { connectionString: url } : connection.embedded), application_name: connection.applicationName, keepAlive: true, connectionTimeoutMillis: 10_000 });
  // A connection that breaks fails the statement that runs; without a listener it would end the process before that is told.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set row_security = off; set jit = off`);
  return client;
}
