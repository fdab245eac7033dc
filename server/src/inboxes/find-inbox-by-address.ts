import type { ChannelName } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { findByAddress } from './store.ts';

/**
 * Which enabled inbox of whichever account receives at an address. `support+anything@…` arrives at `support@…` unless somebody has the longer
 * address itself. Undefined when nobody receives there: a door then refuses the recipient, so that the sender hears of it.
 */
export async function findInboxByAddress(platform: Platform, channel: ChannelName, address: string): Promise<{ accountId: string; inboxId: string } | undefined> {
  const exact = address.trim().toLowerCase();
  const plain = exact.replace(/\+[^@]*(?=@)/, '');
  const rows = await platform.database.asSystem((tx) => findByAddress(tx, channel, [...new Set([exact, plain])]));
  const row = rows.find((each) => each.address === exact) ?? rows[0];
  return row && { accountId: row.account_id, inboxId: row.inbox_id };
}
