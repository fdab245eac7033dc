import type { Ctx } from '../../platform/context.ts';
import type { CaseRecord } from '../case-store.ts';
import { holdCase } from '../see-case.ts';

/** Holds two cases the actor may see, always in the same order, so that two who move something between them wait instead of locking each other out. */
export async function holdBoth(ctx: Ctx, one: string, other: string): Promise<[CaseRecord, CaseRecord]> {
  if (one < other) {
    const first = await holdCase(ctx, one);
    return [first, await holdCase(ctx, other)];
  }
  const first = await holdCase(ctx, other);
  return [await holdCase(ctx, one), first];
}
