import type { Platform } from '../platform/context.ts';
import { selectAccounts } from './store.ts';

/** The account a command means: the one with this id, or the only one. Throws an error that names them when it is not clear. */
export async function findLedgerAccount(platform: Platform, id?: string): Promise<string> {
  const accounts = await platform.database.asSystem(selectAccounts);
  const fitting = id === undefined ? accounts : accounts.filter((account) => account.id === id);
  const [only] = fitting;
  if (only && fitting.length === 1) return only.id;
  if (accounts.length === 0) throw new Error('There is no account yet. Open Rapport in a browser and set it up.');
  throw new Error(`Say which account with --account:\n${accounts.map((account) => `  ${account.id}  ${account.name}`).join('\n')}`);
}
