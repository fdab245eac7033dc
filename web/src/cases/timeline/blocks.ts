import type { Entry } from '@rapport/contract';
import { daysAgo } from '../../i18n/format.ts';

export type Block = { kind: 'day'; at: string } | { kind: 'unread' } | { kind: 'entry'; entry: Entry };

/** The first entry somebody else made after the one that was read last. Changes alone are no news worth a mark. */
export function firstUnread(items: readonly Entry[], lastReadId: string | null, myId: string): string | undefined {
  if (lastReadId === null) return undefined;
  const at = items.findIndex((entry) => entry.id === lastReadId);
  // Read up to something older than what is loaded: all of it is new.
  return items.slice(at + 1).find((entry) => entry.kind !== 'change' && entry.author.id !== myId)?.id;
}

/** Entries with a heading over each day and a mark over the first unread one. */
export function blocksOf(items: readonly Entry[], unreadId: string | undefined): Block[] {
  const blocks: Block[] = [];
  let day: number | undefined;
  for (const entry of items) {
    const own = daysAgo(entry.occurredAt);
    if (own !== day) blocks.push({ kind: 'day', at: entry.occurredAt });
    day = own;
    if (entry.id === unreadId) blocks.push({ kind: 'unread' });
    blocks.push({ kind: 'entry', entry });
  }
  return blocks;
}
