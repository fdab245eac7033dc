import { removeDemoPeople } from '../accounts/index.ts';
import { removeDemoCases } from '../cases/index.ts';
import { removeDemoMails } from '../channels/index.ts';
import { removeDemoCustomers } from '../customers/index.ts';
import { removeDemoInboxes } from '../inboxes/index.ts';
import { removeDemoRecords } from '../ledger/index.ts';
import { removeDemoSurveys } from '../quality/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { deleteUnusedFiles } from '../platform/files/delete-unused.ts';

const CASES_AT_ONCE = 40;

/**
 * Removes everything in the account that is marked as demo, and nothing else; the stored bytes too, unless something real consists of the same bytes. In steps that can be
 * repeated: after a crash, calling it again finishes the work. `onProgress` hears how many cases are gone. Answers which teams stay, because something real belongs to them.
 */
export async function removeParts(platform: Platform, accountId: string, onProgress: (cases: number) => void = () => {}): Promise<string[]> {
  const actor = systemActor('demo');
  const files = new Set<string>();
  for (let removed = 0; ; ) {
    const batch = await inAccount(platform, accountId, actor, (ctx) => removeDemoCases(ctx, CASES_AT_ONCE));
    if (batch.removed === 0) break;
    for (const key of batch.fileKeys) files.add(key);
    removed += batch.removed;
    onProgress(removed);
  }
  await inAccount(platform, accountId, actor, async (ctx) => {
    for (const key of await removeDemoRecords(ctx)) files.add(key);
    await removeDemoSurveys(ctx);
    await removeDemoMails(ctx);
    await removeDemoInboxes(ctx);
    await removeDemoCustomers(ctx);
  });
  const keptTeams = await removeDemoPeople(platform, accountId);
  await deleteUnusedFiles(platform, accountId, [...files], new Date());
  return keptTeams;
}
