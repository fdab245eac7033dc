import type { View, ViewAudience, ViewContent } from '@rapport/contract';
import type { AgentActor, Ctx } from '../../platform/context.ts';

export interface ViewRow {
  id: string; name: string; icon: string; colour: View['colour']; audience: ViewAudience; owner_id: string | null; team_id: string | null; content: ViewContent; version: number; updated_at: Date; updated_by_name: string;
}

const COLUMNS = 'v.id, v.name, v.icon, v.colour, v.audience, v.owner_id, v.team_id, v.content, v.version, v.updated_at, v.updated_by_name';
/** One's own, those of one's teams, everybody's. `$2` is the agent, `$3` the teams. */
const SEEN = `(v.audience = 'everyone' or v.owner_id = $2 or v.team_id = any($3::uuid[]))`;

type Reader = Pick<AgentActor, 'agentId' | 'teamIds'>;

/** The views an agent has, in the agent's order; those without a place behind, one's own first. */
export function selectViews(ctx: Ctx, reader: Reader): Promise<ViewRow[]> {
  return ctx.tx.named<ViewRow>(
    'view_list',
    `select ${COLUMNS} from case_view v left join case_view_place p on p.account_id = $1 and p.agent_id = $2 and p.view_id = v.id
     where v.account_id = $1 and ${SEEN} order by p.position nulls last, case v.audience when 'personal' then 0 when 'team' then 1 else 2 end, v.created_at, v.id limit 500`,
    [ctx.accountId, reader.agentId, reader.teamIds],
  );
}

export async function findView(ctx: Ctx, reader: Reader, viewId: string): Promise<ViewRow | undefined> {
  const [row] = await ctx.tx.named<ViewRow>('view_find', `select ${COLUMNS} from case_view v where v.account_id = $1 and ${SEEN} and v.id = $4`, [ctx.accountId, reader.agentId, reader.teamIds, viewId]);
  return row;
}

export async function lockView(ctx: Ctx, reader: Reader, viewId: string): Promise<ViewRow | undefined> {
  const [row] = await ctx.tx.named<ViewRow>('view_lock', `select ${COLUMNS} from case_view v where v.account_id = $1 and ${SEEN} and v.id = $4 for update`, [ctx.accountId, reader.agentId, reader.teamIds, viewId]);
  return row;
}

/** How many views there are of an agent's own, or for others. */
export async function countViews(ctx: Ctx, agentId: string | null): Promise<number> {
  const [row] = await ctx.tx.named<{ count: number }>('view_count', 'select count(*)::int as count from case_view where account_id = $1 and owner_id is not distinct from $2', [ctx.accountId, agentId]);
  return row?.count ?? 0;
}

export type ViewWords = Pick<ViewRow, 'id' | 'name' | 'icon' | 'colour' | 'audience' | 'owner_id' | 'team_id' | 'content'>;

export async function insertView(ctx: Ctx, view: ViewWords, byName: string): Promise<void> {
  await ctx.tx.run(
    'insert into case_view (account_id, id, name, icon, colour, audience, owner_id, team_id, content, created_at, updated_at, updated_by_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)',
    [ctx.accountId, view.id, view.name, view.icon, view.colour, view.audience, view.owner_id, view.team_id, JSON.stringify(view.content), ctx.clock.now(), byName],
  );
}

export async function writeView(ctx: Ctx, view: ViewWords, byName: string): Promise<void> {
  await ctx.tx.run(
    'update case_view set name = $3, icon = $4, colour = $5, audience = $6, owner_id = $7, team_id = $8, content = $9, version = version + 1, updated_at = $10, updated_by_name = $11 where account_id = $1 and id = $2',
    [ctx.accountId, view.id, view.name, view.icon, view.colour, view.audience, view.owner_id, view.team_id, JSON.stringify(view.content), ctx.clock.now(), byName],
  );
}

export type Places = readonly { agent_id: string; position: number }[];

/** Where agents have put a view. */
export function selectPlaces(ctx: Ctx, viewId: string): Promise<Places> {
  return ctx.tx.run<Places[number]>('select agent_id, position from case_view_place where account_id = $1 and view_id = $2', [ctx.accountId, viewId]);
}

/** Which of these ids are of something that is there. An id is of one thing only, so one question asks for all of them. */
export async function selectThere(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  const tables = ['team', 'inbox', 'agent', 'customer', 'organization', 'case_field', 'customer_field'];
  const rows = await ctx.tx.named<{ id: string }>('view_there', `select w.id from unnest($2::uuid[]) w(id) where ${tables.map((table) => `exists (select from ${table} t where t.account_id = $1 and t.id = w.id)`).join(' or ')}`, [ctx.accountId, ids]);
  return new Set(rows.map(({ id }) => id));
}

/** Puts a view back where agents had it; whoever is gone is left out. */
export async function insertPlaces(ctx: Ctx, viewId: string, places: Places): Promise<void> {
  await ctx.tx.run(
    `insert into case_view_place (account_id, agent_id, view_id, position) select $1, p.agent_id, $2, p.position from unnest($3::uuid[], $4::int[]) p(agent_id, position)
     where exists (select from agent a where a.account_id = $1 and a.id = p.agent_id)`,
    [ctx.accountId, viewId, places.map((place) => place.agent_id), places.map((place) => place.position)],
  );
}

export async function deleteView(ctx: Ctx, viewId: string): Promise<void> {
  await ctx.tx.run('delete from case_view where account_id = $1 and id = $2', [ctx.accountId, viewId]);
}

export async function writeViewOrder(ctx: Ctx, agentId: string, viewIds: readonly string[]): Promise<void> {
  await ctx.tx.run(
    `insert into case_view_place (account_id, agent_id, view_id, position) select $1, $2, o.id, o.place from unnest($3::uuid[]) with ordinality o(id, place)
     on conflict (account_id, agent_id, view_id) do update set position = excluded.position`,
    [ctx.accountId, agentId, viewIds],
  );
}
