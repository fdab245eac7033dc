import type { Customer, FieldValue } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { cleanWords } from './clean-words.ts';
import { selectCustomerFields } from './field-store.ts';
import { changedFields } from './changed-fields.ts';
import { getCustomer } from './get-customer.ts';
import { customerWords } from './identity.ts';
import { noteLikeness } from './note-likeness.ts';
import { getOrganization } from './organizations.ts';
import { declineOrganization, saveCustomer, type CustomerFacts } from './store.ts';

export type UpdateCustomer = { version: number; fields?: Readonly<Record<string, FieldValue | null>> | undefined } & { [K in Exclude<keyof CustomerFacts, 'fields'>]?: CustomerFacts[K] | undefined };

/** Changes what we know of a customer. Refused with `changed_meanwhile` when `version` is not the newest, and with `not_found` for an organization that is not there. */
export async function updateCustomer(ctx: Ctx, id: string, input: UpdateCustomer): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const before = await getCustomer(ctx, id);
  if (input.organizationId) await getOrganization(ctx, input.organizationId);
  const kept = <T>(given: T | undefined, had: T): T => (given === undefined ? had : given);
  const words = <T extends string | null>(given: T | undefined, had: T): T => (typeof given === 'string' ? (cleanWords(given) as T) : kept(given, had));
  const facts: CustomerFacts = {
    name: words(input.name, before.name), note: words(input.note, before.note), locale: words(input.locale, before.locale), timeZone: words(input.timeZone, before.timeZone),
    preferredChannel: kept(input.preferredChannel, before.preferredChannel), contactPermission: kept(input.contactPermission, before.contactPermission), organizationId: kept(input.organizationId, before.organization?.id ?? null),
    fields: input.fields === undefined ? before.fields : changedFields(await selectCustomerFields(ctx), 'customer', before.fields, input.fields),
  };
  const version = await saveCustomer(ctx, before.id, input.version, facts, customerWords(facts.name, before.identities.map((identity) => identity.value)));
  if (version === undefined) throw new Refusal('changed_meanwhile', 'Look at the newest state and change it again.', { extra: { customer: before } });
  if (facts.name !== before.name) await noteLikeness(ctx, before.id);
  await announce(ctx, 'customer.changed', { customerId: before.id, version });
  return getCustomer(ctx, before.id);
}

/** Says that the suggested organization is not theirs; without a suggestion nothing changes. */
export async function declineSuggestion(ctx: Ctx, id: string): Promise<Customer> {
  mustBeAllowed(ctx.actor, 'customer.edit');
  const { id: customerId, suggestedOrganization } = await getCustomer(ctx, id);
  if (suggestedOrganization) await announce(ctx, 'customer.changed', { customerId, version: await declineOrganization(ctx, customerId, suggestedOrganization.id) });
  return getCustomer(ctx, customerId);
}
