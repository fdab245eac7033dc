import type { ClockKind } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

/** What is due first on a case by service policy; `due` is null where nothing is. */
export interface Due {
  caseId: string;
  due: { at: Date; kind: ClockKind; policyId: string } | null;
}

/** Those that are otherwise are written. */
export async function writeDue(ctx: Ctx, list: readonly Due[]): Promise<void> {
  await ctx.tx.named(
    'case_due',
    `update cases c set due_at = w.at, due_kind = w.kind, due_policy_id = w.policy from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[]) w(id, at, kind, policy)
     where c.account_id = $1 and c.id = w.id and (c.due_at, c.due_kind, c.due_policy_id) is distinct from (w.at, w.kind, w.policy)`,
    [ctx.accountId, list.map(({ caseId }) => caseId), list.map(({ due }) => due?.at ?? null), list.map(({ due }) => due?.kind ?? null), list.map(({ due }) => due?.policyId ?? null)],
  );
}
