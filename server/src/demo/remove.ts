import { markAsDemo } from '../accounts/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { eraseAccount } from '../platform/database/erase-account.ts';
import { Refusal } from '../platform/refusal.ts';
import { removeParts } from './remove-parts.ts';
import { deleteDemo, hasOwnWork, lockDemo, setState } from './store.ts';

/**
 * Removes the demo from the account and answers what is left: the account, unless it goes as a whole, and the teams something real belongs to. An account that was made for the demo and has nothing of its own goes as a whole, so that Rapport can
 * be set up for real. Refuses `unavailable` while the demo is still being filled. Safe to repeat; without a demo it does nothing.
 */
export async function removeDemo(platform: Platform, accountId: string, onProgress?: (cases: number) => void): Promise<{ isAccountGone: boolean; keptTeams: string[] }> {
  const demo = await inAccount(platform, accountId, systemActor('demo'), async (ctx) => {
    const row = await lockDemo(ctx.tx, accountId);
    if (row?.state === 'filling') throw new Refusal('unavailable', 'The demo is still being filled. Try again in a few seconds.');
    if (row) await setState(ctx.tx, accountId, 'removing');
    return row && { isAll: row.is_whole && !(await hasOwnWork(ctx.tx, accountId)) };
  });
  if (!demo) return { isAccountGone: false, keptTeams: [] };
  if (demo.isAll) {
    await eraseAccount(platform.database, accountId);
    for await (const file of platform.files.list(accountId)) await platform.files.delete(file.key);
    platform.log.info({ accountId }, 'demo account removed');
    return { isAccountGone: true, keptTeams: [] };
  }
  const keptTeams = await removeParts(platform, accountId, onProgress);
  await inAccount(platform, accountId, systemActor('demo'), async (ctx) => {
    await deleteDemo(ctx.tx, accountId);
    await markAsDemo(ctx, { isDemo: false, signIn: null });
  });
  platform.log.info({ accountId, keptTeams: keptTeams.length }, 'demo removed');
  return { isAccountGone: false, keptTeams };
}
