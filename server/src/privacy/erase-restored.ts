import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Service } from '../platform/room.ts';
import { erasureJob } from './jobs.ts';
import { insertErasure, selectIdentitiesBefore } from './store.ts';
import { addressHash, readTombstones, type Tombstone } from './tombstones.ts';

const PAGE = 2_000;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const actor = systemActor('privacy');

/** Customers who have an erased address and were there before it was erased. Somebody who wrote again afterwards is somebody new. */
async function findReturned(ctx: Ctx, stones: readonly Tombstone[]): Promise<string[]> {
  const erasedAt = new Map<string, number>();
  for (const stone of stones) for (const hash of stone.hashes) erasedAt.set(hash, Math.max(erasedAt.get(hash) ?? 0, Date.parse(stone.erasedAt)));
  const latest = new Date(Math.max(...erasedAt.values()));
  const found = new Set<string>();
  for (let after = NOBODY; ; ) {
    const rows = await selectIdentitiesBefore(ctx, latest, after, PAGE);
    for (const row of rows) if (row.created_before.getTime() < (erasedAt.get(addressHash(ctx.platform, ctx.accountId, row.kind, row.value)) ?? 0)) found.add(row.customer_id);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return [...found];
    after = last.id;
  }
}

/** Erases again whom a restored backup brought back. Answers how many erasures were begun. */
export async function eraseRestored(platform: Platform): Promise<number> {
  const byAccount = Map.groupBy(await readTombstones(platform), (stone) => stone.accountId);
  let begun = 0;
  for (const [accountId, stones] of byAccount) {
    await inAccount(platform, accountId, actor, async (ctx) => {
      for (const customerId of await findReturned(ctx, stones)) {
        const row = await insertErasure(ctx, { id: newId(), customerId, placeholderId: newId() });
        await platform.jobs.enqueue(ctx.tx, erasureJob, { accountId, erasureId: row.id }, { singletonKey: row.id });
        begun += 1;
      }
    });
  }
  if (begun > 0) platform.log.warn({ erasures: begun }, 'a restored backup held erased people; they are erased again');
  return begun;
}

/** Looks once, when the house opens: that is when a backup may have been restored. */
export const eraseRestoredService = (): Service => ({ name: 'privacy.erase-restored', role: 'jobs', start: async (platform) => void (await eraseRestored(platform)), stop: async () => {} });
