import type { ImportCounts } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { linesOf } from '../platform/csv.ts';
import { getImport, showsTrial } from './imports.ts';
import { findRun, selectOdds, type RunRow } from './run-store.ts';
import { MOST_ODDS } from './check-source.ts';

const line = (...cells: (string | number | null)[]): string => linesOf([cells]);

/** What an import, or its trial, came to: the sums, who worked there and is no agent here, and every odd record with its place. */
export async function reportOf(ctx: Ctx, id: string): Promise<{ filename: string; csv: string }> {
  const run = await getImport(ctx, id);
  const row = (await findRun(ctx, id)) as RunRow;
  const isTrial = showsTrial(row);
  const counts: ImportCounts = isTrial ? (run.found ?? run.counts) : run.counts;
  const odds = await selectOdds(ctx, id, isTrial, -1, MOST_ODDS);
  const rows = [
    line('import', 'format', 'state', 'begun', 'finished'), line(run.name, run.format, isTrial ? 'trial' : run.state, run.createdAt, run.finishedAt), '\r\n',
    line('what', 'count'), ...Object.entries(counts).map(([what, count]) => line(what, count)), line('odd', run.odd), '\r\n',
    line('former_colleague', 'email', 'entries'), ...run.formerColleagues.map((one) => line(one.name, one.email, one.entries)), '\r\n',
    line('file', 'record', 'line', 'code', 'source_id'), ...odds.map((odd) => line(odd.file, odd.record, odd.line, odd.code, odd.sourceId)),
  ];
  return { filename: `import-${run.createdAt.slice(0, 10)}-${run.format}.csv`, csv: `\uFEFF${rows.join('')}` };
}
