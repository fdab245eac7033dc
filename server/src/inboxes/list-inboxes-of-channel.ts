import type { ChannelName } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { openInbox, type OpenedInbox } from './get-inbox.ts';
import { selectEnabledOfChannel } from './store.ts';

/** The enabled inboxes of a channel over all accounts, secrets opened; for what runs beside the web server, such as mailbox fetchers. */
export async function listInboxesOfChannel(platform: Pick<Platform, 'database' | 'secrets'>, channel: ChannelName): Promise<OpenedInbox[]> {
  const rows = await platform.database.asSystem((tx) => selectEnabledOfChannel(tx, channel));
  return rows.map((row) => openInbox(platform.secrets, row));
}
