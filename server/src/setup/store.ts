import type { Tx } from '../platform/database/index.ts';

export interface InstalledAccount {
  id: string;
  name: string;
  isDemo: boolean;
  demoSignIn: { email: string; password: string } | null;
}

/** The account that was set up first; undefined before the first run. Needs a transaction of the system, since nobody is signed in yet. */
export async function selectFirstAccount(tx: Tx): Promise<InstalledAccount | undefined> {
  const [row] = await tx.run<InstalledAccount>(
    `select id, name, is_demo as "isDemo", case when is_demo then settings -> 'demoSignIn' end as "demoSignIn" from account order by created_at, id limit 1`,
  );
  return row;
}

/** Takes the one place there is for an installation; false when it is taken. Somebody else's running set-up is waited for. */
export async function claimInstallation(tx: Tx, accountId: string, now: Date): Promise<boolean> {
  const rows = await tx.run('insert into installation (account_id, created_at) values ($1, $2) on conflict (is_only) do nothing returning is_only', [accountId, now]);
  return rows.length > 0;
}
