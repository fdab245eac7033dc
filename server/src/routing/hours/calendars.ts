import type { BodyOf, Calendar, calendars, ResponseOf } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../../platform/way-back.ts';
import { beginRecount } from '../clocks/recount.ts';
import { deleteCalendar, isOfQueue, lockCalendar, selectCalendars, writeCalendar, type CalendarRow } from './calendar-store.ts';
import { dueAt, isOpen, nextOpening } from './open-hours.ts';

type Calendars = typeof calendars;
const WAY_BACK = 'calendar';
const MOST = 200;
const [UNIQUE, FOREIGN] = ['23505', '23503'];

const shape = ({ id, name, hours, version, updated_at }: CalendarRow): Calendar => ({ id, name, hours, version, updatedAt: updated_at.toISOString() });

/** Two special days for one date would leave open which of them holds. */
function mustBeClear({ specialDays }: BodyOf<Calendars['create']>['hours']): void {
  const seen = new Set<string>();
  for (const { day, isYearly } of specialDays) {
    const key = isYearly ? `yearly ${day.slice(5)}` : day;
    if (seen.has(key)) throw new Refusal('invalid_request', `body.hours.specialDays: Two of them are on ${day}. Put them into one.`);
    seen.add(key);
  }
}

async function write(ctx: Ctx, row: Omit<CalendarRow, 'updated_at'>, deed: string): Promise<Calendar> {
  const written = await writeCalendar(ctx, row).catch((error: unknown) => {
    if ((error as { code?: unknown } | null)?.code === UNIQUE) throw new Refusal('name_taken', 'Another calendar has this name.');
    throw error;
  });
  await recordAudit(ctx, `calendar.${deed}`, { target: row.name, detail: { calendarId: row.id, version: row.version } });
  await announce(ctx, 'calendars.changed', {});
  return shape(written);
}

async function hold(ctx: Ctx, calendarId: string): Promise<CalendarRow> {
  const row = await lockCalendar(ctx, calendarId);
  if (!row) throw new Refusal('not_found', 'This calendar does not exist any more.');
  return row;
}

export async function listCalendars(ctx: Ctx): Promise<{ items: Calendar[] }> {
  return { items: (await selectCalendars(ctx)).map(shape) };
}

/** Writes a calendar. Refuses `name_taken`, and special days that contradict each other. */
export async function createCalendar(ctx: Ctx, input: BodyOf<Calendars['create']>): Promise<Calendar> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  mustBeClear(input.hours);
  if ((await selectCalendars(ctx)).length >= MOST) throw new Refusal('invalid_request', `There are ${MOST} calendars already. Remove one first.`);
  return write(ctx, { id: newId(), ...input, version: 1 }, 'created');
}

/** Changes a calendar. Refuses `changed_meanwhile` when `version` is not the newest, and what creating refuses. */
export async function updateCalendar(ctx: Ctx, input: BodyOf<Calendars['update']> & { calendarId: string }): Promise<Calendar> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  mustBeClear(input.hours);
  const held = await hold(ctx, input.calendarId);
  if (held.version !== input.version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version: held.version } });
  const written = await write(ctx, { id: held.id, name: input.name, hours: input.hours, version: held.version + 1 }, 'changed');
  await beginRecount(ctx);
  return written;
}

/** Refuses `still_in_use` while a policy counts by it or a queue opens by it: nobody's promise may change, and no line be open all night, without a word. */
export async function removeCalendar(ctx: Ctx, calendarId: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const held = await hold(ctx, calendarId);
  if (await isOfQueue(ctx, calendarId)) throw new Refusal('still_in_use', 'A queue opens by it. Choose another calendar there first.');
  await deleteCalendar(ctx, calendarId).catch((error: unknown) => {
    if ((error as { code?: unknown } | null)?.code === FOREIGN) throw new Refusal('still_in_use', 'A service policy counts by it. Choose another calendar there first.');
    throw error;
  });
  await recordAudit(ctx, 'calendar.removed', { target: held.name, detail: { calendarId } });
  await announce(ctx, 'calendars.changed', {});
  return { wayBack: sealWayBack(ctx, WAY_BACK, held) };
}

/** Puts a removed calendar back as it was. Refuses `undo_over`, `undone_already` and `name_taken`. */
export async function restoreCalendar(ctx: Ctx, wayBack: string): Promise<Calendar> {
  mustBeAllowed(ctx.actor, 'service_level.manage');
  const { id, name, hours, version } = openWayBack<CalendarRow>(ctx, WAY_BACK, wayBack);
  if (await lockCalendar(ctx, id)) throw new Refusal('undone_already', 'The calendar is there again.');
  return write(ctx, { id, name, hours, version }, 'restored');
}

/** What hours would mean for something that comes in at a moment, for whoever is still writing them. */
export function previewHours({ hours, at, minutes }: BodyOf<Calendars['preview']>): ResponseOf<Calendars['preview']> {
  mustBeClear(hours);
  const moment = new Date(at);
  return { isOpen: isOpen(moment, hours), nextOpening: nextOpening(moment, hours)?.toISOString() ?? null, dueAt: dueAt(moment, minutes, hours)?.toISOString() ?? null };
}
