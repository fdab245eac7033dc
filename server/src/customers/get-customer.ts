import type { Customer } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { findCustomer } from './store.ts';

/** One customer; `caseCount` counts the cases the reader may see, up to a thousand. Throws `not_found`. */
export async function getCustomer(ctx: Ctx, id: string): Promise<Customer> {
  const customer = await findCustomer(ctx, caseReader(ctx.actor), id);
  if (!customer) throw new Refusal('not_found', 'This customer does not exist.');
  return customer;
}
