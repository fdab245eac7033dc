import type { NotificationChoices, NotificationKind } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import type { CaseFacts, Reader } from './audience-store.ts';
import { readChoices } from './defaults.ts';
import { pushTo } from './send-push.ts';
import { isQuiet, nextTimeOfDay, quietUntil } from './quiet.ts';
import { claimTold, findJustTold, insertOrGroup, type NewNotification } from './store.ts';
import { agentsWithPush } from './push-store.ts';

/** Messages that follow each other within this time are one line of the list. */
const GROUP_MS = 60 * 60_000;
/** Who is given many cases at once hears of it once; the list names each. */
const BURST_MS = 60_000;
/** A mail "at once" waits this long: whoever sits in front of the list reads it there, and a burst becomes one mail. */
const AT_ONCE_MS = 2 * 60_000;

const zoneOf = (reader: Reader) => reader.timeZone ?? 'UTC';

/** Whether a case is near enough to the agent for what they chose. */
export function isNear(scope: 'own' | 'team' | 'all', reader: Reader, about: Pick<CaseFacts, 'assigneeId' | 'teamId'>): boolean {
  if (scope === 'all' || about.assigneeId === reader.id || reader.isFollowing) return true;
  return scope === 'team' && (about.teamId === null || reader.isMember);
}

/** When it goes into a mail: at the next time of the agent's choice that is not quiet. */
function mailAt(now: Date, often: 'immediately' | 'hourly' | 'daily', choices: NotificationChoices, reader: Reader): Date | undefined {
  const from = reader.pausedUntil !== null && reader.pausedUntil > now ? reader.pausedUntil : now;
  const wanted = often === 'immediately' ? new Date(from.getTime() + AT_ONCE_MS) : often === 'hourly' ? new Date((Math.floor(from.getTime() / 3_600_000) + 1) * 3_600_000) : nextTimeOfDay(from, choices.dailyAt, zoneOf(reader));
  return quietUntil(wanted, choices.quiet, zoneOf(reader));
}

export interface Telling {
  /** One event, however often it is heard of. */
  eventKey: string;
  about: CaseFacts;
  entryId: string | null;
  byName: string;
  /** Who did it; they are not told. */
  byId: string | null;
  /** As what somebody is to be told; undefined for not at all. */
  kindFor(reader: Reader, choices: NotificationChoices): NotificationKind | undefined;
}

/** Puts an event on the lists of those whom it concerns, in the listener's transaction, and has pushes sent after it. */
export async function tell(ctx: Ctx, readers: readonly Reader[], telling: Telling): Promise<void> {
  const now = ctx.clock.now();
  const byKind = new Map<NotificationKind, { rows: NewNotification[]; pushed: string[] }>();
  for (const reader of readers) {
    if (reader.id === telling.byId) continue;
    const choices = readChoices(reader.settings);
    const kind = telling.kindFor(reader, choices);
    if (kind === undefined) continue;
    const ways = choices.events[kind];
    if (!ways.list && !ways.push && !ways.sound && ways.mail === 'never') continue;
    const isCalm = (reader.pausedUntil !== null && reader.pausedUntil > now) || isQuiet(now, choices.quiet, zoneOf(reader));
    const mailed = choices.isMailed && ways.mail !== 'never' ? mailAt(now, ways.mail, choices, reader) : undefined;
    const group = byKind.get(kind) ?? { rows: [], pushed: [] };
    byKind.set(kind, group);
    group.rows.push({ agentId: reader.id, id: newId(), isListed: ways.list || ways.sound, isShown: ways.list && !isCalm, isSounded: ways.sound && !isCalm, mailAt: mailed?.toISOString() ?? null });
    if (ways.push && !isCalm) group.pushed.push(reader.id);
  }
  for (const [kind, { rows, pushed }] of byKind) {
    const fresh = await claimTold(ctx, rows.map((row) => row.agentId), telling.eventKey, 'list');
    const burst = kind === 'assigned' ? await findJustTold(ctx, [...fresh], kind, telling.byName, new Date(now.getTime() - BURST_MS)) : new Set<string>();
    const told = rows.filter((row) => fresh.has(row.agentId)).map((row) => (burst.has(row.agentId) ? { ...row, isShown: false, isSounded: false } : row));
    if (told.length === 0) continue;
    await insertOrGroup(ctx, told, { kind, caseId: telling.about.id, entryId: telling.entryId, byName: telling.byName, since: new Date(now.getTime() - GROUP_MS) });
    for (const row of told) await announce(ctx, 'notification.changed', { agentId: row.agentId });
    const reachable = await agentsWithPush(ctx, pushed.filter((agentId) => fresh.has(agentId) && !burst.has(agentId)));
    await ctx.platform.jobs.enqueueMany(ctx.tx, pushTo, reachable.map((agentId) => ({ accountId: ctx.accountId, agentId, eventKey: telling.eventKey, kind, caseId: telling.about.id })));
  }
}
