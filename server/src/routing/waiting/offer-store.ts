import type { Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { Given } from './work-store.ts';

export interface OfferRow {
  id: string;
  item_id: string;
  agent_id: string;
  offered_at: Date;
  expires_at: Date;
  outcome: 'accepted' | 'declined' | 'expired' | 'withdrawn' | null;
}

const COLUMNS = 'id, item_id, agent_id, offered_at, expires_at, outcome';

export function insertOffers(ctx: Ctx, given: readonly (Given & { expiresAt: Date })[]): Promise<OfferRow[]> {
  return ctx.tx.named(
    'offers_insert', `insert into offer (account_id, id, item_id, agent_id, offered_at, expires_at) select $1, n.id, n.item_id, n.agent_id, $6, n.expires_at from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) n(id, item_id, agent_id, expires_at) returning ${COLUMNS}`,
    [ctx.accountId, given.map(() => newId()), given.map(({ itemId }) => itemId), given.map(({ agentId }) => agentId), given.map(({ expiresAt }) => expiresAt), ctx.clock.now()],
  );
}

export async function findOffer(ctx: Ctx, offerId: string): Promise<OfferRow | undefined> {
  const [row] = await ctx.tx.named<OfferRow>('offer', `select ${COLUMNS} from offer where account_id = $1 and id = $2`, [ctx.accountId, offerId]);
  return row;
}

export function selectOpenOf(ctx: Ctx, agentId: string): Promise<OfferRow[]> {
  return ctx.tx.named('offers_open', `select ${COLUMNS} from offer where account_id = $1 and agent_id = $2 and outcome is null`, [ctx.accountId, agentId]);
}

/** Those whose time is over. */
export function selectExpired(ctx: Ctx): Promise<OfferRow[]> {
  return ctx.tx.named('offers_expired', `select ${COLUMNS} from offer where account_id = $1 and outcome is null and expires_at <= $2 order by expires_at`, [ctx.accountId, ctx.clock.now()]);
}

/** Open offers of agents. */
export function selectOpenOfAll(ctx: Ctx, agentIds: readonly string[]): Promise<OfferRow[]> {
  return ctx.tx.named('offers_open_of', `select ${COLUMNS} from offer where account_id = $1 and agent_id = any($2) and outcome is null order by id`, [ctx.accountId, agentIds]);
}

/** Ends what is open about these; answers what was. */
export function endOffers(ctx: Ctx, itemIds: readonly string[], outcome: NonNullable<OfferRow['outcome']>): Promise<OfferRow[]> {
  return ctx.tx.named('offers_end', `update offer set outcome = $3, ended_at = $4 where account_id = $1 and item_id = any($2) and outcome is null returning ${COLUMNS}`, [ctx.accountId, itemIds, outcome, ctx.clock.now()]);
}

/** Who has not wanted what since `after`. */
export async function selectRefused(ctx: Ctx, after: Date): Promise<Map<string, Set<string>>> {
  const rows = await ctx.tx.named<{ item_id: string; agent_id: string }>('offers_refused', `select item_id, agent_id from offer where account_id = $1 and outcome in ('declined', 'expired') and ended_at > $2`, [ctx.accountId, after]);
  const refused = new Map<string, Set<string>>();
  for (const { item_id, agent_id } of rows) refused.set(item_id, (refused.get(item_id) ?? new Set()).add(agent_id));
  return refused;
}
