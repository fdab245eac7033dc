import type { CustomerExport } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { getCustomer } from '../../customers/index.ts';
import { inAccount, type AgentActor, type Ctx, type Platform } from '../../platform/context.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { mustSeeAll } from '../must-see-all.ts';
import { exportJob } from './jobs.ts';
import { readPieces } from './pieces.ts';
import { letGo } from './run-export.ts';
import { findExport, insertExport, selectExports, shapeExport } from './store.ts';

const MOST_LISTED = 20;

async function getExport(ctx: Ctx, id: string) {
  const row = await findExport(ctx, id);
  if (!row) throw new Refusal('not_found', 'There is no such archive.');
  return row;
}

/** Begins to make an archive, or answers the one that is being made. Throws `not_found` for a customer who is not there. */
export async function startExport(ctx: Ctx, input: { customerId: string; hasNotes: boolean }): Promise<CustomerExport> {
  mustSeeAll(ctx, 'customer.export');
  const customer = await getCustomer(ctx, input.customerId);
  // The audit log tells by the id only: the person may be erased one day.
  const row = await insertExport(ctx, { id: newId(), customerId: customer.id, hasNotes: input.hasNotes });
  await recordAudit(ctx, 'customer.export_started', { detail: { exportId: row.id, customerId: customer.id, hasNotes: row.has_notes } });
  await ctx.platform.jobs.enqueue(ctx.tx, exportJob, { accountId: ctx.accountId, exportId: row.id }, { singletonKey: row.id });
  return shapeExport(row);
}

/** The newest twenty of one person. */
export async function listExports(ctx: Ctx, customerId: string): Promise<{ items: CustomerExport[] }> {
  mustSeeAll(ctx, 'customer.export');
  return { items: (await selectExports(ctx, (await getCustomer(ctx, customerId)).id, MOST_LISTED)).map(shapeExport) };
}

/** Stops an export or takes the finished archive away; one that has ended stays as it is. */
export async function cancelExport(platform: Platform, caller: AgentActor & { accountId: string }, id: string): Promise<CustomerExport> {
  await inAccount(platform, caller.accountId, caller, async (ctx) => {
    mustSeeAll(ctx, 'customer.export');
    const row = await getExport(ctx, id);
    if (row.state === 'waiting' || row.state === 'running' || row.state === 'ready') await recordAudit(ctx, 'customer.export_removed', { detail: { exportId: id, customerId: row.customer_id } });
  });
  await letGo(platform, caller.accountId, id, 'cancelled');
  return inAccount(platform, caller.accountId, caller, async (ctx) => shapeExport(await getExport(ctx, id)));
}

/** The archive that is about to be fetched. A browser follows a plain link, which cannot ask for a proof; this call can. */
export async function unlockExport(ctx: Ctx, id: string): Promise<CustomerExport> {
  mustSeeAll(ctx, 'customer.export');
  return shapeExport(await getExport(ctx, id));
}

const gone = () => new Refusal('not_found', 'This archive is not there any more. Make a new one.');

/** The archive's bytes while its day lasts. Who fetched it is written down before the first byte goes. Throws `not_found` when it is not ready or gone. */
export async function downloadExport(platform: Platform, caller: AgentActor & { accountId: string }, id: string): Promise<FileReply> {
  const row = await inAccount(platform, caller.accountId, caller, async (ctx) => {
    mustSeeAll(ctx, 'customer.export');
    const found = await getExport(ctx, id);
    if (found.state !== 'ready' || !found.expires_at || found.expires_at <= ctx.clock.now()) throw gone();
    await recordAudit(ctx, 'customer.export_downloaded', { detail: { exportId: id, customerId: found.customer_id } });
    return found;
  });
  const content = await readPieces(platform.files, row.part_keys);
  if (!content) throw gone();
  return { content, mediaType: 'application/gzip', filename: `export-${row.created_at.toISOString().slice(0, 10)}.tar.gz`, bytes: Number(row.bytes) };
}
