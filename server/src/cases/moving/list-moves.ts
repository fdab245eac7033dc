import type { CaseMove } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { seeCase } from '../see-case.ts';
import { selectMoves } from './move-store.ts';

// What was moved before the newest of these is found on the other cases.
const NEWEST = 100;

/** What was merged into a case or split from it, newest first, with what can still be taken back. */
export async function listMoves(ctx: Ctx, caseId: string): Promise<{ items: CaseMove[] }> {
  await seeCase(ctx, caseId);
  const rows = await selectMoves(ctx, caseId, NEWEST);
  return {
    items: rows.map((row) => ({
      id: row.id, kind: row.kind, at: row.at.toISOString(), byName: row.by_name, from: { id: row.from_case_id, number: row.from_number }, into: { id: row.into_case_id, number: row.into_number },
      entryId: row.entry_id, entryCount: row.entry_count, isUndone: row.undone_at !== null,
    })),
  };
}
