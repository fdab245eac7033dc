import type { Ctx } from '../../platform/context.ts';
import { deleteVisitors } from './visitor-store.ts';

/** Forgets the browsers of a person, their own and those among their addresses: the keys open nothing any more. Answers how many there were. */
export function eraseVisitors(ctx: Ctx, customerIds: readonly string[], addresses: readonly string[]): Promise<number> {
  return deleteVisitors(ctx, customerIds, addresses);
}
