import type { Ctx } from '../../platform/context.ts';

/** Counts one automatic answer to an address; how many there are within the hour that began with the first. */
export async function countAutoReply(ctx: Ctx, address: string): Promise<number> {
  const [row] = await ctx.tx.run<{ sent: number }>(
    `insert into email_auto_reply as r (account_id, address, hour_began, sent) values ($1, $2, $3, 1)
     on conflict (account_id, address) do update set
       sent = case when r.hour_began <= $3::timestamptz - interval '1 hour' then 1 else r.sent + 1 end,
       hour_began = case when r.hour_began <= $3::timestamptz - interval '1 hour' then $3 else r.hour_began end
     returning sent`,
    [ctx.accountId, address, ctx.clock.now()],
  );
  return row?.sent ?? 1;
}
