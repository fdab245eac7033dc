import type { OpenHours } from '@rapport/contract';
import { setDue, type Due } from '../../cases/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { policyFor } from '../policies/match.ts';
import { selectPoliciesInForce, type PolicyInForce } from '../policies/policy-store.ts';
import { deleteClocks, selectClocks, writeClocks, type ClockRow } from './clock-store.ts';
import { roundTheClock, runClock } from './run-clock.ts';
import { readStory, type Spell, type Wait } from './story.ts';
import { holdStories, type Story } from './story-store.ts';

const promised = { first_response: 'firstResponse', next_response: 'nextResponse', resolution: 'resolution' } as const;
const keyOf = (clock: Pick<ClockRow, 'kind' | 'entry_id'>) => `${clock.kind} ${clock.entry_id}`;
const isSame = (one: Date | null | undefined, other: Date | null) => (one?.getTime() ?? null) === (other?.getTime() ?? null);
const passed = (at: Date | null, clock: Pick<ClockRow, 'met_at'>, now: Date): at is Date => at !== null && at <= now && (clock.met_at === null || clock.met_at > at);

/** The clock of a wait by a policy, as it stands; nothing where the policy does not promise it. */
function clockOf(wait: Wait, spells: readonly Spell[], policy: PolicyInForce, caseId: string): Omit<ClockRow, 'warned_at' | 'breached_at'> | undefined {
  const minutes = policy.content.targets[promised[wait.kind]];
  if (minutes === null) return undefined;
  const hours: OpenHours = policy.hours ?? roundTheClock;
  const run = runClock(wait, spells, { minutes, warning: policy.content.warning, pausedBy: policy.content.pausedBy, hours });
  return {
    case_id: caseId, kind: wait.kind, entry_id: wait.entryId, policy_id: policy.id, policy_name: policy.name, calendar_name: policy.calendar_name, minutes, started_at: wait.startedAt, due_at: run.dueAt, warn_at: run.warnAt, paused_at: run.pausedAt,
    left_ms: run.leftMs === null ? null : Math.round(run.leftMs), met_at: wait.metAt,
  };
}

interface Settled {
  keep: ClockRow[];
  gone: ClockRow[];
  /** What has just come to be near, and what has just run out. */
  warned: ClockRow[];
  breached: ClockRow[];
}

/** What was told stays told as long as it is true; what was over before the policy was there (or as it is now) is shown, and told to nobody. */
function settleCase(story: Story, known: readonly ClockRow[], policies: readonly PolicyInForce[], now: Date): Settled {
  const { spells, waits } = story.isCounted ? readStory(story.standing, story.timeline) : { spells: [], waits: [] };
  const policy = policyFor(policies, story.facts);
  const before = new Map(known.map((row) => [keyOf(row), row]));
  const settled: Settled = { keep: [], gone: [], warned: [], breached: [] };
  for (const wait of waits) {
    const key = keyOf({ kind: wait.kind, entry_id: wait.entryId });
    const old = before.get(key);
    const isOver = wait.metAt !== null && (old ? isSame(old.met_at, wait.metAt) : !policy || wait.metAt < policy.since);
    // What is over stays as it was judged then, and what was over before it was promised was never promised.
    if (isOver) {
      before.delete(key);
      if (old) settled.keep.push(old);
      continue;
    }
    const clock = policy && clockOf(wait, spells, policy, story.standing.id);
    if (!clock) continue;
    before.delete(key);
    const row: ClockRow = { ...clock, warned_at: null, breached_at: null };
    const isNews = (at: Date, was: Date | null | undefined) => isSame(was, at) || at > policy.since;
    if (passed(row.due_at, row, now)) {
      row.breached_at = old?.breached_at ?? now;
      if (!old?.breached_at && isNews(row.due_at, old?.due_at)) settled.breached.push(row);
    }
    // While it stands still there is nothing to be warned of.
    if (row.due_at !== null && passed(row.warn_at, row, now)) {
      row.warned_at = old?.warned_at ?? now;
      if (!old?.warned_at && row.breached_at === null && row.met_at === null && isNews(row.warn_at, old?.warn_at)) settled.warned.push(row);
    }
    settled.keep.push(row);
  }
  settled.gone = [...before.values()];
  return settled;
}

function dueOf(caseId: string, clocks: readonly ClockRow[]): Due {
  let first: Due['due'] = null;
  for (const { due_at: at, met_at, kind, policy_id: policyId } of clocks) if (met_at === null && at !== null && (first === null || at < first.at)) first = { at, kind, policyId };
  return { caseId, due: first };
}

/**
 * Brings the clocks of cases to what their timelines, the policies and the calendars say, tells what has run out since, and sets by when the cases are due. Doing it twice, late or in another order
 * comes to the same, and tells nothing twice: what was told is kept in the same transaction, while the case is held. Only what differs is written. Announced as `due.changed`
 * unless `isTold` is false, for whoever settles so many that browsers look anew at the end.
 */
export async function settleClocks(ctx: Ctx, caseIds: readonly string[], isTold = true): Promise<void> {
  const stories = await holdStories(ctx, caseIds);
  const policies = await selectPoliciesInForce(ctx);
  const known = Map.groupBy(await selectClocks(ctx, caseIds), (row) => row.case_id);
  const now = ctx.clock.now();
  const writes: ClockRow[] = [];
  const gone: ClockRow[] = [];
  const due: Due[] = [];
  for (const story of stories) {
    const caseId = story.standing.id;
    const before = known.get(caseId) ?? [];
    const settled = settleCase(story, before, policies, now);
    const stored = new Map(before.map((row) => [keyOf(row), JSON.stringify(row)]));
    const changed = settled.keep.filter((row) => stored.get(keyOf(row)) !== JSON.stringify(row));
    writes.push(...changed);
    gone.push(...settled.gone);
    due.push(dueOf(caseId, settled.keep));
    const about = { caseId, version: story.version, scope: { teamIds: [story.facts.teamId], assigneeIds: [story.assigneeId], ...(story.isDeleted ? { isDeleted: true } : {}) } };
    if (isTold && changed.length + settled.gone.length > 0) await announce(ctx, 'due.changed', about);
    const tellingOf = (clock: ClockRow) => ({ ...about, clock: clock.kind, policyId: clock.policy_id, dueAt: (clock.due_at as Date).toISOString(), assigneeId: story.assigneeId });
    for (const clock of settled.warned) await announce(ctx, 'sla.warned', tellingOf(clock));
    for (const clock of settled.breached) await announce(ctx, 'sla.breached', tellingOf(clock));
  }
  await deleteClocks(ctx, gone);
  await writeClocks(ctx, writes);
  await setDue(ctx, due);
}
