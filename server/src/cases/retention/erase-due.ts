import { addPlaceholder } from '../../customers/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { changeEntry } from '../change-entry.ts';
import { lockRecord, writeWithEntry } from '../case-store.ts';
import { eraseCases, familyOf } from '../customers/erase-store.ts';
import { isDue, type DueQuery } from './due-store.ts';
import { emptyCases, selectTraces, type ErasedWords } from './erase-words-store.ts';

/**
 * Erases one solved case that is old enough, with the cases that were merged into it: its words and files, or the whole of it. Undefined when it is not due any more or is held. What came in stays remembered by
 * its key (`received`), so that the same mail fetched again does not come back. Nothing is announced: nobody works on it, and the reports stay as they are. The caller empties the ledger and removes the files.
 */
export async function eraseDueCase(ctx: Ctx, caseId: string, query: DueQuery, how: { action: 'words' | 'case'; placeholderId: string }): Promise<ErasedWords | undefined> {
  const record = await lockRecord(ctx, caseId);
  if (!record || !(await isDue(ctx, caseId, query))) return undefined;
  const ids = await familyOf(ctx, caseId);
  const traces = await selectTraces(ctx, ids);
  if (how.action === 'case') {
    await eraseCases(ctx, ids);
    return traces;
  }
  await addPlaceholder(ctx, how.placeholderId);
  await emptyCases(ctx, ids, how.placeholderId, ctx.clock.now());
  const entry = changeEntry(ctx, record, [{ field: 'erased', from: null, to: null }]);
  // Closed, so that an answer that comes after all begins a new case.
  await writeWithEntry(ctx, { ...record, subject: '', preview: '', status: 'closed', snoozedUntil: null, waitingSince: null, nextPromiseAt: null, briefEntryId: null, lastEntryId: entry.id, version: record.version + 1 }, entry);
  return traces;
}
