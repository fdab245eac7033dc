import { caseScopes } from '@rapport/contract';
import { findAgentAccess } from '../accounts/index.ts';
import { inAccount, systemActor, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { addPart, beginParts, deleteExports, findExport, readOneMoment, setExportState, type ExportRow } from './export-store.ts';
import { mayCompareAgents, settled } from './report-source.ts';
import { countRows, selectRows, type RowPosition } from './row-store.ts';
import { headOf, linesOfRows } from './rows-csv.ts';

const PAGE = 1_000;
const KEPT_MS = 86_400_000;
const system = systemActor('insights.export');

/** Whoever asked, with the rights of today, but never more than they had then; undefined when they work here no more. */
async function exportActor(ctx: Ctx, row: ExportRow): Promise<AgentActor | undefined> {
  const access = await findAgentAccess(ctx, row.agent_id);
  if (!access?.isActive) return undefined;
  const caseScope = caseScopes[Math.min(caseScopes.indexOf(access.caseScope), caseScopes.indexOf(row.case_scope))] ?? 'own';
  return { kind: 'agent', agentId: row.agent_id, name: access.name, permissions: new Set([...access.permissions].filter((name) => row.permissions.includes(name))), caseScope, teamIds: access.teamIds.filter((id) => row.team_ids.includes(id)), address: '' };
}

/** Writes the table in parts. All rows are read from one moment, so that they are as many as the number says; a try that broke off is begun anew. */
export async function writeExport(platform: Platform, accountId: string, exportId: string): Promise<void> {
  const asSystem = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, accountId, system, work);
  const begun = await asSystem(async (ctx) => {
    const row = await findExport(ctx, exportId);
    return row && row.state !== 'ready' ? { row, actor: await exportActor(ctx, row) } : undefined;
  });
  if (!begun) return;
  const { row: { question }, actor } = begun;
  try {
    if (!actor) throw new Error('Whoever asked for the table works here no more.');
    await inAccount(platform, accountId, actor, async (ctx) => {
      await readOneMoment(ctx);
      await settled(ctx, question);
      const total = await countRows(ctx, question);
      await asSystem((own) => beginParts(own, exportId, total));
      let after: RowPosition | undefined;
      for (let place = 0; ; place += 1) {
        const rows = await selectRows(ctx, question, after, PAGE, true);
        const text = (place === 0 ? headOf(question) : '') + linesOfRows(question, rows, mayCompareAgents(ctx));
        if (text !== '') await asSystem((own) => addPart(own, exportId, place, text, rows.length));
        const last = rows.at(-1);
        if (!last || rows.length < PAGE) break;
        after = { at: last.at, amount: Number(last.amount), caseId: last.case_id, entryId: last.entry_id };
      }
    });
    await asSystem((ctx) => setExportState(ctx, exportId, 'ready'));
  } catch (error) {
    await asSystem((ctx) => setExportState(ctx, exportId, 'failed'));
    throw error;
  }
}

// One at a time in a process: each keeps two connections while it reads.
export const exportRows = defineJob<{ accountId: string; exportId: string }>({
  name: 'insights.export',
  concurrency: 1,
  expireSeconds: 900,
  retryLimit: 2,
  run: (platform, { accountId, exportId }) => writeExport(platform, accountId, exportId),
});

export const tidyExports = defineJob({
  name: 'insights.tidy-exports',
  schedule: '23 * * * *',
  async run(platform) {
    const before = new Date(platform.clock.now().getTime() - KEPT_MS);
    while ((await platform.database.asSystem((tx) => deleteExports(tx, before))) > 0);
  },
});
