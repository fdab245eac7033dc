import type { Brief, BriefInput } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { CaseRecord, NewEntry } from './case-store.ts';
import { authorOf } from './change-entry.ts';
import { cleanText } from './clean-text.ts';
import { nextEntryId } from './entry-id.ts';
import { findEntry } from './entry-store.ts';
import type { BriefDetail } from './message-detail.ts';
import { findTeamName } from './owner-store.ts';
import { bucketOf, searchTextOf } from './search-text.ts';

const NEEDED = ['asked', 'tried', 'promised', 'next'] as const;
/** So long a hand-over can be taken back without a brief for the way back. */
const TAKE_BACK_MS = 10 * 60_000;

/** Whether the agent is taking back the hand-over they made a moment ago: nobody has to explain a case to those who know it. */
async function isTakingBack(ctx: Ctx, before: CaseRecord, teamId: string | null): Promise<boolean> {
  if (before.briefEntryId === null || ctx.actor.kind !== 'agent') return false;
  const entry = await findEntry(ctx, before.id, before.briefEntryId);
  return entry?.author_id === ctx.actor.agentId && (entry.detail as BriefDetail).fromTeamId === teamId && ctx.clock.now().getTime() - entry.created_at.getTime() <= TAKE_BACK_MS;
}

/**
 * The brief that goes with a change of team, cleaned; undefined when none is given and none is needed: the case was with no team before, the system moves it, or it is taken back at once.
 * Refuses `brief_needed`; `extra.missing` names what is not said yet.
 */
export async function readBrief(ctx: Ctx, before: CaseRecord, teamId: string | null, given: BriefInput | undefined): Promise<Brief | undefined> {
  if (teamId === before.teamId) return undefined;
  const clean = (text: string | null | undefined) => cleanText(text ?? '').text.trim();
  const brief = { asked: clean(given?.asked), tried: clean(given?.tried), promised: clean(given?.promised), next: clean(given?.next) };
  const missing = missingIn(given && { ...brief, promised: given.promised === null ? null : brief.promised });
  if (missing.length === 0) return brief;
  const isNeeded = before.teamId !== null && ctx.actor.kind === 'agent' && !(await isTakingBack(ctx, before, teamId));
  if (isNeeded || (given !== undefined && missing.length < NEEDED.length)) throw briefNeeded(missing);
  return undefined;
}

export function briefNeeded(missing: readonly string[] = NEEDED): Refusal {
  return new Refusal('brief_needed', `Tell the next team what was asked, what was tried, what was promised (null where nothing was) and what comes next. Missing: ${missing.join(', ')}.`, { extra: { missing } });
}

/** What is missing in a brief, however it is to be used. */
export const missingIn = (brief: BriefInput | undefined): string[] => NEEDED.filter((part) => (brief?.[part] === null ? false : (brief?.[part] ?? '').trim() === ''));

/** The brief as an entry of the timeline, behind the last one. */
export async function briefEntry(ctx: Ctx, record: Pick<CaseRecord, 'lastEntryId' | 'number'>, brief: Brief, fromTeamId: string | null, toTeamId: string | null): Promise<NewEntry> {
  const nameOf = async (id: string | null) => (id === null ? null : ((await findTeamName(ctx, id)) ?? null));
  const detail: BriefDetail = { ...brief, fromTeam: await nameOf(fromTeamId), toTeam: await nameOf(toTeamId), fromTeamId };
  return {
    id: nextEntryId(record.lastEntryId), kind: 'brief', direction: null, author: authorOf(ctx.actor), occurredAt: ctx.clock.now(), body: '', html: null, detail, rawKey: null, deliveryState: null,
    searchText: searchTextOf({ strong: [], text: [brief.asked, brief.tried, brief.promised, brief.next].join('\n'), hasEarlier: false }), searchBucket: bucketOf(record.number),
  };
}
