import type { ChannelName, NeededSkill, OpenHours } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';

export interface QueueRow {
  id: string;
  name: string;
  channels: ChannelName[];
  team_id: string | null;
  calendar_id: string | null;
  priority: number;
  skills: NeededSkill[];
  accept_seconds: number;
  preferred_seconds: number;
  offline_seconds: number;
  answer_within_seconds: number | null;
  wrap_up_seconds: number;
  max_length: number | null;
  overflow_seconds: number | null;
  overflow_queue_id: string | null;
  is_open: boolean;
  version: number;
  updated_at: Date;
}

const COLUMNS = 'id, name, channels, team_id, calendar_id, priority, skills, accept_seconds, preferred_seconds, offline_seconds, max_length, overflow_seconds, overflow_queue_id, is_open, version, updated_at, answer_within_seconds, wrap_up_seconds';

export function selectQueues(ctx: Ctx): Promise<QueueRow[]> {
  return ctx.tx.named('queues', `select ${COLUMNS} from queue where account_id = $1 and removed_at is null order by lower(name), id`, [ctx.accountId]);
}

export async function findQueue(ctx: Ctx, queueId: string): Promise<QueueRow | undefined> {
  const [row] = await ctx.tx.named<QueueRow>('queue', `select ${COLUMNS} from queue where account_id = $1 and id = $2 and removed_at is null`, [ctx.accountId, queueId]);
  return row;
}

/** Holds it until the transaction ends; a removed one, too. */
export async function lockQueue(ctx: Ctx, queueId: string): Promise<(QueueRow & { removed_at: Date | null }) | undefined> {
  const [row] = await ctx.tx.named<QueueRow & { removed_at: Date | null }>('queue_lock', `select ${COLUMNS}, removed_at from queue where account_id = $1 and id = $2 for no key update`, [ctx.accountId, queueId]);
  return row;
}

/** Keeps one, new or as it is from now on; one that was removed is there again. */
export async function writeQueue(ctx: Ctx, row: Omit<QueueRow, 'updated_at'>): Promise<QueueRow> {
  const [written] = await ctx.tx.named<QueueRow>(
    'queue_write',
    `insert into queue (account_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict (account_id, id) do update set name = $3, channels = $4, team_id = $5, calendar_id = $6, priority = $7, skills = $8, accept_seconds = $9, preferred_seconds = $10, offline_seconds = $11,
       max_length = $12, overflow_seconds = $13, overflow_queue_id = $14, is_open = $15, version = $16, updated_at = $17, answer_within_seconds = $18, wrap_up_seconds = $19, removed_at = null returning ${COLUMNS}`,
    [
      ctx.accountId, row.id, row.name, row.channels, row.team_id, row.calendar_id, row.priority, JSON.stringify(row.skills), row.accept_seconds, row.preferred_seconds, row.offline_seconds, row.max_length, row.overflow_seconds,
      row.overflow_queue_id, row.is_open, row.version, ctx.clock.now(), row.answer_within_seconds, row.wrap_up_seconds,
    ],
  );
  return written as QueueRow;
}

export async function markRemoved(ctx: Ctx, queueId: string): Promise<void> {
  await ctx.tx.named('queue_remove', 'update queue set removed_at = $3 where account_id = $1 and id = $2', [ctx.accountId, queueId, ctx.clock.now()]);
  await ctx.tx.named('queue_remove_overflow', 'update queue set overflow_queue_id = null where account_id = $1 and overflow_queue_id = $2', [ctx.accountId, queueId]);
}

/** Of these ids those the account has. */
export async function findBelongings(ctx: Ctx, { teamId, calendarId }: { teamId: string | null; calendarId: string | null }): Promise<{ hasTeam: boolean; hasCalendar: boolean }> {
  const [row] = await ctx.tx.named<{ hasTeam: boolean; hasCalendar: boolean }>(
    'queue_belongings', `select exists (select from team where account_id = $1 and id = $2) as "hasTeam", exists (select from calendar where account_id = $1 and id = $3) as "hasCalendar"`, [ctx.accountId, teamId, calendarId],
  );
  return row ?? { hasTeam: false, hasCalendar: false };
}

export async function findHours(ctx: Ctx, calendarId: string): Promise<OpenHours | undefined> {
  const [row] = await ctx.tx.named<{ hours: OpenHours }>('queue_hours', 'select hours from calendar where account_id = $1 and id = $2', [ctx.accountId, calendarId]);
  return row?.hours;
}
