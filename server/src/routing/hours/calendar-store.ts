import type { OpenHours } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';

export interface CalendarRow {
  id: string;
  name: string;
  hours: OpenHours;
  version: number;
  updated_at: Date;
}

const COLUMNS = 'id, name, hours, version, updated_at';

export function selectCalendars(ctx: Ctx): Promise<CalendarRow[]> {
  return ctx.tx.named('calendars', `select ${COLUMNS} from calendar where account_id = $1 order by lower(name), id`, [ctx.accountId]);
}

/** Holds it until the transaction ends. */
export async function lockCalendar(ctx: Ctx, calendarId: string): Promise<CalendarRow | undefined> {
  const [row] = await ctx.tx.named<CalendarRow>('calendar_lock', `select ${COLUMNS} from calendar where account_id = $1 and id = $2 for no key update`, [ctx.accountId, calendarId]);
  return row;
}

/** Keeps one, new or as it is from now on. */
export async function writeCalendar(ctx: Ctx, row: Omit<CalendarRow, 'updated_at'>): Promise<CalendarRow> {
  const [written] = await ctx.tx.named<CalendarRow>(
    'calendar_write',
    `insert into calendar (account_id, id, name, hours, version, updated_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, id) do update set name = $3, hours = $4, version = $5, updated_at = $6 returning ${COLUMNS}`,
    [ctx.accountId, row.id, row.name, JSON.stringify(row.hours), row.version, ctx.clock.now()],
  );
  return written as CalendarRow;
}

export async function deleteCalendar(ctx: Ctx, calendarId: string): Promise<void> {
  await ctx.tx.named('calendar_delete', 'delete from calendar where account_id = $1 and id = $2', [ctx.accountId, calendarId]);
}

/** Whether a queue lets people in by it. */
export async function isOfQueue(ctx: Ctx, calendarId: string): Promise<boolean> {
  const [row] = await ctx.tx.named<{ isUsed: boolean }>('calendar_of_queue', 'select exists (select from queue where account_id = $1 and calendar_id = $2 and removed_at is null) as "isUsed"', [ctx.accountId, calendarId]);
  return row?.isUsed === true;
}
