import type { AnnouncedEvent } from '@rapport/contract';
import type { Bus } from '../../platform/bus/index.ts';
import { caseReader, isAnyInScope, type CaseReader, type CaseScopeFacts } from '../../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { onCommitted } from '../../platform/events/index.ts';

/** How long a number may stand that others' work may have made untrue. */
const KEPT_MS = 15_000;
const MOST_READERS = 2_000;
const MOST_COUNTS = 100;
/** Of what happens to one agent or to all, what can change what a view shows. */
const TELLING = new Set<string>(['case.read', 'mention.read', 'agent.mentioned', 'fields.changed', 'people.changed']);

export interface Counted {
  count: number;
  isMore: boolean;
}

interface Kept extends Counted {
  at: number;
  /** Something happened to cases of the reader's scope since. */
  isPast: boolean;
}

interface Reader {
  scope: CaseReader;
  counts: Map<string, Kept>;
  /** Grows with everything that may have changed a number: what was counted meanwhile is not kept as if nothing had been. */
  changes: number;
}

function hear(readers: Map<string, Reader>, { topic, payload }: AnnouncedEvent): void {
  const { scope: facts, agentId } = payload as { scope?: CaseScopeFacts; agentId?: string | null };
  for (const reader of readers.values()) {
    const isOwn = facts ? facts.assigneeIds.includes(reader.scope.agentId) : TELLING.has(topic) && (topic === 'people.changed' || agentId === undefined || agentId === reader.scope.agentId);
    if (!isOwn && !(facts && isAnyInScope(reader.scope, facts))) continue;
    reader.changes += 1;
    if (isOwn) reader.counts.clear();
    else for (const kept of reader.counts.values()) kept.isPast = true;
  }
}

// By account and by reader, of this process; the bus brings what others commit, and a hint that is lost costs the seconds a number is kept.
const memories = new WeakMap<Bus, Map<string, Map<string, Reader>>>();

function accountsOf(bus: Bus): Map<string, Map<string, Reader>> {
  const known = memories.get(bus);
  if (known) return known;
  const accounts = new Map<string, Map<string, Reader>>();
  memories.set(bus, accounts);
  onCommitted(bus, (events) => {
    for (const event of events) {
      const readers = accounts.get(event.accountId);
      if (readers) hear(readers, event);
    }
  });
  return accounts;
}

/** With other rights somebody is another reader. */
const readerKey = ({ agentId, caseScope, teamIds, permissions }: AgentActor): string => [agentId, caseScope, [...teamIds].sort(), [...permissions].sort()].join(' ');

export interface RememberedCounts {
  /** Undefined when the view has to be counted. */
  find(viewKey: string): Counted | undefined;
  /** Keeps what `count` finds. */
  keep(viewKey: string, count: () => Promise<Counted>): Promise<Counted>;
  /** When the numbers that were found will be counted anew, because something has happened since; null when nothing has. */
  freshInMs(): number | null;
}

/** What this process counted for an agent within the last seconds. Work on the agent's own cases makes it forget at once, other work after fifteen seconds. */
export function rememberedCounts(ctx: Ctx & { actor: AgentActor }): RememberedCounts {
  const accounts = accountsOf(ctx.platform.bus);
  const readers = accounts.get(ctx.accountId) ?? new Map<string, Reader>();
  accounts.set(ctx.accountId, readers);
  const key = readerKey(ctx.actor);
  const reader = readers.get(key) ?? { scope: caseReader(ctx.actor), counts: new Map(), changes: 0 };
  // Behind the others, so that the first is the one that was not asked for longest.
  readers.delete(key);
  readers.set(key, reader);
  const [oldest] = readers.keys();
  if (readers.size > MOST_READERS && oldest !== undefined) readers.delete(oldest);
  const now = ctx.clock.now().getTime();
  let oldestPast: number | undefined;
  return {
    find(viewKey) {
      const kept = reader.counts.get(viewKey);
      if (!kept || now - kept.at >= KEPT_MS || now < kept.at) return undefined;
      if (kept.isPast) oldestPast = Math.min(oldestPast ?? kept.at, kept.at);
      return kept;
    },
    async keep(viewKey, count) {
      const before = reader.changes;
      const counted = await count();
      // Of views that were changed the numbers of older versions are still there.
      if (reader.counts.size >= MOST_COUNTS) reader.counts.clear();
      reader.counts.set(viewKey, { ...counted, at: now, isPast: reader.changes !== before });
      if (reader.changes !== before) oldestPast ??= now;
      return counted;
    },
    freshInMs: () => (oldestPast === undefined ? null : oldestPast + KEPT_MS - now),
  };
}
