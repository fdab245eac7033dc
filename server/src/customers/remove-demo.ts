import type { Ctx } from '../platform/context.ts';
import { deleteDemoCustomers } from './store.ts';

/** Removes the customers a demo made. Somebody who has a real case by now stays, as a customer like any other. Call it after the demo's cases are gone. */
export function removeDemoCustomers(ctx: Ctx): Promise<void> {
  return deleteDemoCustomers(ctx);
}
