import type { WorkforceSettings } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

const defaults: WorkforceSettings = { capacity: { chats: 3, mails: 10 }, awayReasons: [], version: 0 };

export async function findSettings(ctx: Ctx): Promise<WorkforceSettings> {
  const [row] = await ctx.tx.named<{ chats: number; mails: number; away_reasons: string[]; version: number }>('workforce_setting', 'select chats, mails, away_reasons, version from workforce_setting where account_id = $1', [ctx.accountId]);
  return row ? { capacity: { chats: row.chats, mails: row.mails }, awayReasons: row.away_reasons, version: row.version } : defaults;
}

/** Writes the version after the one given; false when that was not the newest. */
export async function writeSettings(ctx: Ctx, { capacity, awayReasons, version }: WorkforceSettings): Promise<boolean> {
  const rows = await ctx.tx.named(
    'workforce_setting_write',
    `insert into workforce_setting (account_id, chats, mails, away_reasons, version) select $1, $2, $3, $4, 1 where $5 = 0 or exists (select from workforce_setting where account_id = $1)
     on conflict (account_id) do update set chats = $2, mails = $3, away_reasons = $4, version = workforce_setting.version + 1 where workforce_setting.version = $5 returning 1`,
    [ctx.accountId, capacity.chats, capacity.mails, awayReasons, version],
  );
  return rows.length > 0;
}
