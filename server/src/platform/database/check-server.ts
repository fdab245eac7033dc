import type pg from 'pg';

const OLDEST = 150_000;

/** Throws when the server is older than what the product is made for; errors of connecting pass through. */
export async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: number; version: string }>(`select current_setting('server_version_num')::int as number, current_setting('server_version') as version`);
  const [server] = rows;
  if (server && server.number < OLDEST) throw new Error(`The database is PostgreSQL ${server.version}; Rapport needs version 15 or newer.`);
}
