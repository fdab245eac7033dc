import type { CaseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';

/** How many cases a customer has, counted no further than `most`. */
export async function countCasesOf(ctx: Ctx, customerId: string, most: number): Promise<number> {
  const [row] = await ctx.tx.run<{ count: number }>('select count(*) as count from (select from cases where account_id = $1 and customer_id = $2 limit $3) counted', [ctx.accountId, customerId, most]);
  return row?.count ?? 0;
}

/** Whether any of these customers has a case that the reader's scope does not show. */
export async function hasCaseOutOfSight(ctx: Ctx, reader: CaseReader, customerIds: readonly string[]): Promise<boolean> {
  if (reader.scope === 'all') return false;
  const rows = await ctx.tx.run('select from cases where account_id = $1 and customer_id = any($2) and not case_in_scope($3, $4, $5, assignee_id, team_id) limit 1', [ctx.accountId, customerIds, reader.scope, reader.agentId, reader.teamIds]);
  return rows.length > 0;
}

/** Cases and participations of one customer become another's. */
export async function moveCustomerCases(ctx: Ctx, fromId: string, intoId: string): Promise<{ caseIds: string[]; participations: { caseId: string; address: string }[] }> {
  const cases = await ctx.tx.run<{ id: string }>('update cases set customer_id = $3 where account_id = $1 and customer_id = $2 returning id', [ctx.accountId, fromId, intoId]);
  const took = await ctx.tx.run<{ caseId: string; address: string }>(
    `update participant p set customer_id = $3 from customer_identity i where i.account_id = $1 and i.customer_id = $3 and i.kind = 'email' and p.account_id = $1 and p.address = i.value and p.customer_id = $2
     returning p.case_id as "caseId", p.address`,
    [ctx.accountId, fromId, intoId],
  );
  return { caseIds: cases.map((row) => row.id), participations: took };
}

/** What still lies where a merge put it goes back. */
export async function returnCustomerCases(ctx: Ctx, fromId: string, intoId: string, caseIds: readonly string[], participations: readonly { caseId: string; address: string }[]): Promise<void> {
  await ctx.tx.run('update cases set customer_id = $3 where account_id = $1 and customer_id = $2 and id = any($4::uuid[])', [ctx.accountId, intoId, fromId, caseIds]);
  await ctx.tx.run(
    `update participant p set customer_id = $3 from jsonb_to_recordset($4) t("caseId" uuid, address text) where p.account_id = $1 and p.case_id = t."caseId" and p.address = t.address and p.customer_id = $2`,
    [ctx.accountId, intoId, fromId, JSON.stringify(participations)],
  );
}

/** Others who wrote to the same case, newest first. */
export function selectFellows(ctx: Ctx, caseId: string, limit: number): Promise<{ customer_id: string; name: string }[]> {
  return ctx.tx.named(
    'case_fellows',
    'select distinct p.customer_id, c.name from participant p join customer c on c.account_id = p.account_id and c.id = p.customer_id where p.account_id = $1 and p.case_id = $2 and c.merged_into_id is null limit $3',
    [ctx.accountId, caseId, limit],
  );
}
