import type { BulkAction } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import type { CaseRecord } from '../case-store.ts';
import { deleteFollower, insertFollowers } from '../follow-store.ts';
import { holdChangeableCase } from '../see-case.ts';
import { changeHeldCase } from '../update-case.ts';
import type { Snapshot } from './bulk-store.ts';

const time = (date: Date | null) => date?.toISOString() ?? null;
export const stateOf = (record: CaseRecord): NonNullable<Snapshot['state']> => ({ status: record.status, snoozedUntil: time(record.snoozedUntil), waitingSince: time(record.waitingSince), resolvedAt: time(record.resolvedAt) });

/** What differs between two states of a case, as it was and as it is. */
export function difference(before: CaseRecord, after: CaseRecord): { before: Snapshot; after: Snapshot } {
  const was: Snapshot = {};
  const is: Snapshot = {};
  const note = <K extends keyof Snapshot>(key: K, from: Snapshot[K], to: Snapshot[K]) => {
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    was[key] = from;
    is[key] = to;
  };
  note('state', stateOf(before), stateOf(after));
  note('priority', before.priority, after.priority);
  note('kind', before.kind, after.kind);
  note('assigneeId', before.assigneeId, after.assigneeId);
  note('teamId', before.teamId, after.teamId);
  note('briefEntryId', before.briefEntryId, after.briefEntryId);
  note('tags', before.tags, after.tags);
  return { before: was, after: is };
}

/** Does to one case what a run does to all; undefined when it was that way already. Throws the refusals of changing it alone. */
export async function changeOne(ctx: Ctx & { actor: AgentActor }, caseId: string, { follow, ...change }: BulkAction): Promise<{ before: Snapshot; after: Snapshot } | undefined> {
  const before = await holdChangeableCase(ctx, caseId);
  const after = await changeHeldCase(ctx, before, change);
  const found = difference(before, after);
  if (follow !== undefined) {
    const { agentId } = ctx.actor;
    const isNew = follow ? (await insertFollowers(ctx, caseId, [agentId])).length > 0 : await deleteFollower(ctx, caseId, agentId);
    if (isNew) Object.assign(found, { before: { ...found.before, isFollowing: !follow }, after: { ...found.after, isFollowing: follow } });
  }
  return Object.keys(found.after).length === 0 ? undefined : found;
}
