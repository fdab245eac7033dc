import { Readable } from 'node:stream';
import { caseScopes, type RowsExport } from '@rapport/contract';
import { inAccount, mustBeAllowed, type AgentActor, type Ctx, type Platform } from '../platform/context.ts';
import type { FileReply } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findExport, findPart, type ExportRow } from './export-store.ts';

/** The table of the one who asked, while they still see as much as they saw then; `not_found` to everybody else. */
async function ownExport(ctx: Ctx, id: string): Promise<ExportRow> {
  mustBeAllowed(ctx.actor, 'report.read');
  const row = await findExport(ctx, id);
  const { actor } = ctx;
  if (!row || actor.kind !== 'agent' || row.agent_id !== actor.agentId) throw new Refusal('not_found');
  const seesLess = caseScopes.indexOf(actor.caseScope) < caseScopes.indexOf(row.case_scope) || (actor.caseScope === 'team' && row.case_scope === 'team' && row.team_ids.some((team) => !actor.teamIds.includes(team)));
  if (seesLess || !actor.permissions.has('case.read') || (row.permissions.includes('report.agents') && !actor.permissions.has('report.agents'))) throw new Refusal('not_found', 'Your rights have changed since. Make the table anew.');
  return row;
}

export async function getExport(ctx: Ctx, id: string): Promise<RowsExport> {
  const { state, done, total } = await ownExport(ctx, id);
  return { id, state, done, total };
}

/** The table as a file, read part by part while it is sent. */
export async function exportFile(platform: Platform, actor: (AgentActor & { accountId: string }) | undefined, id: string): Promise<FileReply> {
  if (!actor) throw new Refusal('signed_out');
  const within = <T>(work: (ctx: Ctx) => Promise<T>) => inAccount(platform, actor.accountId, actor, work);
  const { state, question } = await within((ctx) => ownExport(ctx, id));
  if (state !== 'ready') throw new Refusal('not_found', 'The table is not ready yet.');
  async function* parts(): AsyncGenerator<string> {
    for (let place = 0; ; place += 1) {
      const part = await within((ctx) => findPart(ctx, id, place));
      if (part === undefined) return;
      yield part;
    }
  }
  return { content: Readable.from(parts()), mediaType: 'text/csv; charset=utf-8', filename: `${question.metric}-${question.from}-${question.to}.csv` };
}
