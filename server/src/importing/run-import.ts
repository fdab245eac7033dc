import type { ImportCounts } from '@rapport/contract';
import { inAccount, type Ctx } from '../platform/context.ts';
import { applyPlan } from './apply-plan.ts';
import { batches, refusedAs, type Batch } from './batches.ts';
import { MOST_ODDS } from './check-source.ts';
import { addFormer } from './former-colleagues.ts';
import type { SourceFile } from './found.ts';
import { lookUp } from './look-up.ts';
import { importer } from './open-desk.ts';
import { addCounts, noCounts, planBatch } from './plan-batch.ts';
import type { Desk, Prepared, Strange } from './prepare.ts';
import { findRun, insertOdds, lockRun, writeRun, type RunRow } from './run-store.ts';
import { isOfOneRecord } from './troubles.ts';

export const oddOf = ({ place, code, sourceId }: Strange) => ({ file: place.file.slice(0, 300), record: place.record, line: place.line, code, sourceId: sourceId === null ? null : sourceId.slice(0, 200) });

/** Writes one batch, what it counted and how far the import is in one transaction: whenever the process dies, the next one goes on exactly behind it. Undefined: the import is somewhere else by now. */
async function writeBatch(ctx: Ctx, desk: Desk, importId: string, before: number, batch: Batch): Promise<ImportCounts | undefined> {
  ctx.tx.isQuiet = true;
  const run = await lockRun(ctx, importId);
  if (run?.state !== 'running' || run.position !== before) return undefined;
  const plan = planBatch(desk, batch.prepared, await lookUp(ctx, desk, batch.prepared));
  await applyPlan(ctx, desk, importId, plan);
  const kept = plan.odds.slice(0, Math.max(0, MOST_ODDS - run.odd));
  if (kept.length > 0) await insertOdds(ctx, importId, false, run.odd, kept.map(oddOf));
  const counts = addCounts({ ...noCounts(), ...run.counts }, plan.counts);
  await writeRun(ctx, importId, { position: batch.position, read_bytes: batch.read, counts, odd: run.odd + plan.odds.length, former: addFormer(run.former, desk, plan) });
  return counts;
}

/** So many records of one batch may break it: more, and it is not the records. */
const MOST_BROKEN = 5;

/** Writes a batch; where a record breaks it, the halves by themselves, down to that record, which is left out. */
async function writeAround(desk: Desk, importId: string, before: number, batch: Batch, broken = { count: 0 }): Promise<ImportCounts | undefined> {
  const { prepared, position, read } = batch;
  const write = (records: Prepared[]) => inAccount(desk.platform, desk.accountId, importer, (ctx) => writeBatch(ctx, desk, importId, before, { prepared: records, position, read }));
  try {
    return await write(prepared);
  } catch (error) {
    const [only] = prepared;
    if (!only || !isOfOneRecord(error)) throw error;
    if (prepared.length === 1) {
      broken.count += 1;
      if (broken.count > MOST_BROKEN) throw error;
      return write([refusedAs(desk, only.place, error)]);
    }
    const half = Math.ceil(prepared.length / 2);
    const first = await writeAround(desk, importId, before, { prepared: prepared.slice(0, half), position: before + half, read }, broken);
    return first && writeAround(desk, importId, before + half, { prepared: prepared.slice(half), position, read }, broken);
  }
}

export type Ended = 'done' | 'elsewhere' | 'turn_over';

/**
 * Goes on with an import that is running, from where it stands to its end. Answers `turn_over` when `mayGoOn` says so, and `elsewhere` when somebody stopped it or another process is at it. Safe to call at any
 * moment, any number of times.
 */
export async function runImport(desk: Desk, run: Pick<RunRow, 'id'>, files: readonly SourceFile[], options: { mayGoOn?: () => boolean | Promise<boolean>; onProgress?: (counts: ImportCounts, read: number) => void } = {}): Promise<Ended> {
  const { platform, accountId } = desk;
  const begun = await inAccount(platform, accountId, importer, (ctx) => findRun(ctx, run.id));
  if (begun?.state !== 'running') return 'elsewhere';
  let position = begun.position;
  for await (const batch of batches(desk, files, position)) {
    const counts = await writeAround(desk, run.id, position, batch);
    if (counts === undefined) return 'elsewhere';
    position = batch.position;
    options.onProgress?.(counts, batch.read);
    if (options.mayGoOn && !(await options.mayGoOn())) return 'turn_over';
  }
  return inAccount(platform, accountId, importer, async (ctx) => {
    const last = await lockRun(ctx, run.id);
    if (last?.state !== 'running' || last.position !== position) return 'elsewhere';
    await writeRun(ctx, run.id, { state: 'done', finished_at: ctx.clock.now(), read_bytes: last.total_bytes, trouble: null });
    return 'done';
  });
}
