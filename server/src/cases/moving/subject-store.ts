import type { Ctx } from '../../platform/context.ts';

// A case with more messages than this has had its subjects.
const NEWEST = 100;

/** Subjects of the newest messages of a case. */
export async function selectSubjects(ctx: Ctx, caseId: string): Promise<string[]> {
  const rows = await ctx.tx.named<{ subject: string | null }>(
    'case_subjects',
    `select distinct subject from (select detail ->> 'subject' as subject from entry where account_id = $1 and case_id = $2 and kind = 'message' order by id desc limit $3) newest`,
    [ctx.accountId, caseId, NEWEST],
  );
  return rows.flatMap(({ subject }) => (subject === null ? [] : [subject]));
}
