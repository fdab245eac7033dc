import type { Tx } from '../../platform/database/index.ts';

export interface AccountRow {
  id: string;
  name: string;
  is_demo: boolean;
  settings: Record<string, unknown>;
}

export async function insertAccount(tx: Tx, row: { id: string; name: string; now: Date }): Promise<void> {
  await tx.insertInto('account').values({ id: row.id, name: row.name, created_at: row.now }).execute();
}

export async function selectAccount(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
  return (await tx.selectFrom('account').select(['id', 'name', 'is_demo', 'settings']).where('id', '=', accountId).executeTakeFirst()) as AccountRow | undefined;
}

export async function updateAccountName(tx: Tx, accountId: string, name: string): Promise<void> {
  await tx.updateTable('account').set({ name }).where('id', '=', accountId).execute();
}

export async function saveUndoSeconds(tx: Tx, accountId: string, seconds: number): Promise<void> {
  await tx.run(`update account set settings = settings || jsonb_build_object('undoSeconds', $2::int) where id = $1`, [accountId, seconds]);
}

export async function saveTimeZone(tx: Tx, accountId: string, timeZone: string): Promise<void> {
  await tx.run(`update account set settings = settings || jsonb_build_object('timeZone', $2::text) where id = $1`, [accountId, timeZone]);
}

export async function isTimeZoneKnown(tx: Tx, timeZone: string): Promise<boolean> {
  return (await tx.run('select 1 from pg_timezone_names where lower(name) = lower($1) limit 1', [timeZone])).length > 0;
}

export async function updateDemo(tx: Tx, accountId: string, isDemo: boolean, demoSignIn: { email: string; password: string } | null): Promise<void> {
  await tx.run(`update account set is_demo = $2, settings = case when $3::jsonb is null then settings - 'demoSignIn' else settings || jsonb_build_object('demoSignIn', $3::jsonb) end where id = $1`, [
    accountId, isDemo, demoSignIn && JSON.stringify(demoSignIn),
  ]);
}

/** For commands that work on an installation with one account: all of them, oldest first. */
export async function selectAccountIds(tx: Tx): Promise<string[]> {
  return (await tx.selectFrom('account').select('id').orderBy('created_at').orderBy('id').execute()).map((row) => row.id);
}
