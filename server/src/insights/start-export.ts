import type { RowsExport } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { addPart, insertExport } from './export-store.ts';
import { orderOf } from './report-rows.ts';
import { mayCompareAgents, settled, type ReportAsked } from './report-source.ts';
import { countRows, selectRows, type NumberQuery, type RowOrder, type RowQuery } from './row-store.ts';
import { headOf, linesOfRows } from './rows-csv.ts';
import { exportRows } from './write-export.ts';

/** So many rows are written at once, in the request; more are a job. */
export const AT_ONCE = 2_000;
const MOST_ROWS = 500_000;

/**
 * Begins to bring the cases behind a number into a table; a small one is ready with the answer. Refuses as `settled` does, and `invalid_request` for more rows than a spreadsheet
 * takes. What was asked for is written into the audit log.
 */
export async function startExport(ctx: Ctx, asked: ReportAsked & NumberQuery & { order?: RowOrder }): Promise<RowsExport> {
  if (ctx.actor.kind !== 'agent') throw new Refusal('not_allowed');
  mustBeAllowed(ctx.actor, 'report.read');
  const filter = await settled(ctx, asked);
  const question: RowQuery = { ...filter, order: orderOf(filter) };
  const total = await countRows(ctx, question);
  if (total > MOST_ROWS) throw new Refusal('invalid_request', `query.from: These are ${total} rows, more than the ${MOST_ROWS} that a table takes. Choose a shorter period.`);
  const { agentId, permissions, caseScope, teamIds } = ctx.actor;
  const isSmall = total <= AT_ONCE;
  const rows = isSmall ? await selectRows(ctx, question, undefined, AT_ONCE + 1, true) : [];
  const made = { id: newId(), state: isSmall ? ('ready' as const) : ('running' as const), done: 0, total: isSmall ? rows.length : total };
  await insertExport(ctx, { ...made, agent_id: agentId, question, permissions: [...permissions], case_scope: caseScope, team_ids: [...teamIds] });
  if (isSmall) await addPart(ctx, made.id, 0, headOf(question) + linesOfRows(question, rows, mayCompareAgents(ctx)), rows.length);
  else await ctx.platform.jobs.enqueue(ctx.tx, exportRows, { accountId: ctx.accountId, exportId: made.id }, { singletonKey: made.id });
  await recordAudit(ctx, 'report.rows_exported', { detail: { number: question.metric, from: question.from, to: question.to, rows: made.total } });
  return { ...made, done: isSmall ? rows.length : 0 };
}
