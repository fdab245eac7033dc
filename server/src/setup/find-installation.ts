import type { Platform } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectFirstAccount, type InstalledAccount } from './store.ts';

export function findInstalledAccount(platform: Platform): Promise<InstalledAccount | undefined> {
  return platform.database.asSystem(selectFirstAccount);
}

/** The account commands work for. Refuses `not_set_up` before the first run. */
export async function getInstalledAccount(platform: Platform): Promise<InstalledAccount> {
  const account = await findInstalledAccount(platform);
  if (!account) throw new Refusal('not_set_up', 'Open Rapport in a browser, or run `rapport setup`.');
  return account;
}
