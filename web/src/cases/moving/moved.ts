import type { CaseDetail, EventPayload } from '@rapport/contract';
import { placeCase } from '../../data/case-cache.ts';
import { countsQuery } from '../../data/cases.ts';
import { client } from '../../data/client.ts';
import { refreshDrafts } from '../../data/drafts.ts';
import { explain } from '../../data/explain.ts';
import { overlay } from '../../data/pending-patches.ts';
import { queryClient } from '../../data/query-client.ts';
import { listRefresh } from '../../data/refresh-lists.ts';
import { showTrouble } from '../../ui/toast.ts';

/** Entries came or went: what is known of the cases' timelines is not in order any more and is read anew. */
export function readAnew(...caseIds: readonly string[]): void {
  for (const caseId of caseIds) {
    // Timelines that nobody has opened have nothing to be put right.
    if (!queryClient.getQueryState(['entries', caseId])) continue;
    // Joining the newest page to what is loaded would miss what came in between.
    queryClient.removeQueries({ queryKey: ['entries', caseId], type: 'inactive' });
    void queryClient.resetQueries({ queryKey: ['entries', caseId] });
    for (const key of ['case-links', 'case-moves']) void queryClient.invalidateQueries({ queryKey: [key, caseId] });
    refreshDrafts(caseId);
  }
  void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: ['customer-cases'] });
}

/** The whole case once more; what was done to it may have changed anything. */
export async function lookAt(caseId: string): Promise<CaseDetail | undefined> {
  try {
    const detail = overlay(await client.cases.get({ params: { caseId } }));
    placeCase(detail);
    return detail;
  } catch {
    // Not ours to see, or no connection: the live event or the next look settles it.
    return undefined;
  }
}

/** Takes a merge or split back and shows where things are then. */
export async function undoMove(caseId: string, moveId: string): Promise<CaseDetail | undefined> {
  try {
    const back = await client.moving.undoMove({ params: { caseId, moveId } });
    placeCase(back);
    listRefresh.ownDeed();
    readAnew(caseId, back.id);
    return back;
  } catch (error) {
    showTrouble(explain(error));
    return undefined;
  }
}

/** What the cases are now comes with `case.changed`; this is about what lies on them. */
export function applyMoved({ caseId, toCaseId }: EventPayload<'case.moved'>): void {
  readAnew(caseId, toCaseId);
}
