import type { Platform } from '../platform/context.ts';
import { canOpenSecretsOf } from './secrets.ts';
import { selectSealed } from './store.ts';

/** The addresses of inboxes, over all accounts, whose passwords were sealed with another key than the one that is here; they have to be entered again. */
export async function listLostPasswords({ database, secrets }: Pick<Platform, 'database' | 'secrets'>): Promise<string[]> {
  const rows = await database.asSystem(selectSealed);
  return rows.filter((row) => !canOpenSecretsOf(secrets, row.account_id, row.id, row.secrets)).map((row) => row.address);
}
