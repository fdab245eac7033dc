import type { Platform } from '../platform/context.ts';
import { isMailRow, openInbox, type MailInbox } from './get-inbox.ts';
import { selectEnabled } from './store.ts';

/** The enabled mail inboxes over all accounts, secrets opened; for what runs beside the web server, such as mailbox fetchers. */
export async function listMailInboxes(platform: Pick<Platform, 'database' | 'secrets'>): Promise<MailInbox[]> {
  const rows = await platform.database.asSystem((tx) => selectEnabled(tx));
  return rows.filter(isMailRow).map((row) => openInbox(platform.secrets, row));
}
