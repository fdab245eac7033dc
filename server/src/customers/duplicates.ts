import type { Duplicate } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { dismiss, selectDuplicates, suggest } from './duplicate-store.ts';
import { getCustomer } from './get-customer.ts';

const MOST = 10;

/** Others who may be the same person, as found when either of them changed. */
export async function listDuplicates(ctx: Ctx, customerId: string): Promise<{ items: Duplicate[] }> {
  const { id } = await getCustomer(ctx, customerId);
  const items: Duplicate[] = [];
  for (const { other, reasons } of await selectDuplicates(ctx, id, MOST)) items.push({ customer: await getCustomer(ctx, other), reasons });
  return { items };
}

/** Says that two are not the same; they are not suggested again. */
export async function dismissDuplicate(ctx: Ctx, input: { customerId: string; otherId: string }): Promise<void> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  if (!(await dismiss(ctx, input.customerId, input.otherId))) throw new Refusal('not_found', 'They are not suggested as one person.');
}

/** Two wrote under one name in one case. */
export function suggestSameThread(ctx: Ctx, one: string, other: string): Promise<void> {
  return suggest(ctx, one, other, ['same_thread']);
}
