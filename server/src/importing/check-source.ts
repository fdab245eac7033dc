import type { ImportCounts, ImportRun } from '@rapport/contract';
import { inAccount } from '../platform/context.ts';
import { batches } from './batches.ts';
import { addFormer } from './former-colleagues.ts';
import type { SourceFile } from './found.ts';
import { lookUp } from './look-up.ts';
import { importer } from './open-desk.ts';
import { addCounts, noCounts, planBatch, type Known } from './plan-batch.ts';
import type { Desk, Strange } from './prepare.ts';

export interface Checked {
  counts: ImportCounts;
  odds: Strange[];
  odd: number;
  former: ImportRun['formerColleagues'];
}

export const MOST_ODDS = 10_000;

/** Reads a source through and says what bringing it in would make and what is odd about it. Writes nothing, keeps nothing but keys. `onBatch` hears how far it is and may answer true to end it early. */
export async function checkSource(desk: Desk, files: readonly SourceFile[], onBatch: (counts: ImportCounts, read: number) => Promise<boolean> | boolean = () => false): Promise<Checked> {
  const checked: Checked = { counts: noCounts(), odds: [], odd: 0, former: [] };
  const known: Known = { received: new Map(), threads: new Map(), customers: new Set(), isOwn: () => false };
  for await (const batch of batches(desk, files, 0)) {
    const there = await inAccount(desk.platform, desk.accountId, importer, (ctx) => lookUp(ctx, desk, batch.prepared));
    for (const [key, ref] of there.received) if (!known.received.has(key)) known.received.set(key, ref);
    for (const [key, thread] of there.threads) if (!known.threads.has(key)) known.threads.set(key, thread);
    for (const key of there.customers) known.customers.add(key);
    const plan = planBatch(desk, batch.prepared, Object.assign(known, { isOwn: there.isOwn }));
    checked.former = addFormer(checked.former, desk, plan);
    checked.odd += plan.odds.length;
    checked.odds.push(...plan.odds.slice(0, Math.max(0, MOST_ODDS - checked.odds.length)));
    checked.counts = addCounts(checked.counts, plan.counts);
    // Of what would have been written only the keys are needed on.
    for (const ref of plan.begun) ref.plan = null;
    if (await onBatch(checked.counts, batch.read)) break;
  }
  return checked;
}
