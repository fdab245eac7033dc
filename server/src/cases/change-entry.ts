import type { Actor, Ctx } from '../platform/context.ts';
import type { CaseRecord, NewEntry } from './case-store.ts';
import { nextEntryId } from './entry-id.ts';
import type { Change } from './message-detail.ts';
import { bucketOf, searchTextOf } from './search-text.ts';

/** Who an entry is by. */
export function authorOf(actor: Actor): NewEntry['author'] {
  return actor.kind === 'agent' ? { kind: 'agent', id: actor.agentId, name: actor.name } : { kind: 'system', id: null, name: actor.label === undefined ? 'Rapport' : `Rapport · ${actor.label}` };
}

/** One entry for everything that changed at once. A new subject can be searched for, like the ones in messages, and so can `findableBy`. */
export function changeEntry(ctx: Ctx, record: Pick<CaseRecord, 'lastEntryId' | 'number'>, changes: Change[], findableBy: readonly string[] = []): NewEntry {
  const words = [...findableBy, ...changes.flatMap((change) => (change.field === 'subject' && change.to !== null ? [change.to] : []))];
  const now = ctx.clock.now();
  return {
    id: nextEntryId(record.lastEntryId), kind: 'change', direction: null, author: authorOf(ctx.actor), occurredAt: now, body: '', html: null, detail: { changes },
    searchText: words.length === 0 ? null : searchTextOf({ strong: words, text: '', hasEarlier: false }), searchBucket: bucketOf(record.number), rawKey: null, deliveryState: null,
  };
}
