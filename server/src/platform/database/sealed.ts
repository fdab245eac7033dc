import type pg from 'pg';

/** What lasts and was sealed with the secret key. A mail on its way and a sign-in that is under way are sealed, too, but gone within hours. */
export const sealedColumns = { chat_key: 'secret', inbox: 'secrets', login: 'totp_secret', oidc_provider: 'sealed_secret', push_key: 'sealed_private', webhook_endpoint: 'secret' } as const;

/** Whether the database holds something that only its secret key opens. Asked before the migrations have run, so a table may not be there yet. */
export async function holdsSealed(pool: pg.Pool): Promise<boolean> {
  for (const [table, column] of Object.entries(sealedColumns)) {
    const { rowCount } = await pool.query(`select 1 from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name = $2`, [table, column]);
    if (rowCount === 0) continue;
    const { rows } = await pool.query<{ is: boolean }>(`select exists (select 1 from ${table} where ${column} is not null) as is`);
    if (rows[0]?.is) return true;
  }
  return false;
}
