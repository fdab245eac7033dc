import type { Customer } from '@rapport/contract';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { getCustomer } from './get-customer.ts';
import { customerWords } from './identity.ts';
import { saveCustomer } from './store.ts';

export interface UpdateCustomer {
  version: number;
  name?: string | undefined;
  note?: string | undefined;
  locale?: string | null | undefined;
}

/** Changes what we know of a customer. Refused with `changed_meanwhile` when `version` is not the newest. */
export async function updateCustomer(ctx: Ctx, id: string, input: UpdateCustomer): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const before = await getCustomer(ctx, id);
  const name = input.name === undefined ? undefined : maskCardNumbers(input.name).text;
  const note = input.note === undefined ? undefined : maskCardNumbers(input.note).text;
  const locale = typeof input.locale === 'string' ? maskCardNumbers(input.locale).text : input.locale;
  const words = name === undefined ? undefined : customerWords(name, before.identities.map((identity) => identity.value));
  const version = await saveCustomer(ctx, id, input.version, { name, note, locale, words });
  if (version === undefined) throw new Refusal('changed_meanwhile', 'Look at the newest state and change it again.', { extra: { customer: before } });
  await announce(ctx, 'customer.changed', { customerId: id, version });
  return getCustomer(ctx, id);
}
