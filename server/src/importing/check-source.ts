import type { ImportCounts, ImportRun } from '@rapport/contract';
import { inAccount } from '../platform/context.ts';
import { batches } from './batches.ts';
import { addFormer } from './former-colleagues.ts';
import type { SourceFile } from './found.ts';
import { lookUp } from './look-up.ts';
import { importer } from './open-desk.ts';
import { addCounts, noCounts, planBatch } from './plan-batch.ts';
import type { Desk, Strange } from './prepare.ts';
import { trialMemory } from './trial-memory.ts';

export interface Checked {
  counts: ImportCounts;
  odds: Strange[];
  odd: number;
  former: ImportRun['formerColleagues'];
}

export const MOST_ODDS = 10_000;

/** Reads a source through and says what bringing it in would make and what is odd about it. Writes nothing, keeps a few bytes of each key. `onBatch` hears how far it is and may answer true to end it early. */
export async function checkSource(desk: Desk, files: readonly SourceFile[], onBatch: (counts: ImportCounts, read: number) => Promise<boolean> | boolean = () => false): Promise<Checked> {
  const checked: Checked = { counts: noCounts(), odds: [], odd: 0, former: [] };
  const memory = trialMemory();
  for await (const batch of batches(desk, files, 0)) {
    const there = await inAccount(desk.platform, desk.accountId, importer, (ctx) => lookUp(ctx, desk, batch.prepared));
    const plan = planBatch(desk, batch.prepared, memory.over(there));
    checked.former = addFormer(checked.former, desk, plan);
    checked.odd += plan.odds.length;
    checked.odds.push(...plan.odds.slice(0, Math.max(0, MOST_ODDS - checked.odds.length)));
    checked.counts = addCounts(checked.counts, plan.counts);
    if (await onBatch(checked.counts, batch.read)) break;
  }
  return checked;
}
