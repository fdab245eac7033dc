import type { BodyOf, CustomerField, customerFields } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { deleteCustomerField, insertCustomerField, isCustomerFieldUsed, lockCustomerFields, selectCustomerFields, writeCustomerField } from './field-store.ts';
import { isCurrency } from './field-value.ts';

type Fields = typeof customerFields;
const MOST_FIELDS = 100;

function checked(field: CustomerField): CustomerField {
  const wrong = (what: string) => new Refusal('invalid_request', what);
  const labels = field.options.map((option) => option.label.toLowerCase());
  if (field.type === 'choice' ? field.options.every((option) => option.isRetired) : field.options.length > 0) throw wrong('body.options: A choice has options to choose from; other fields have none.');
  if (new Set(labels).size !== labels.length || new Set(field.options.map((option) => option.id)).size !== labels.length) throw wrong('body.options: Every option has words of its own.');
  if ((field.type === 'money') !== (field.currency !== null) || (field.currency !== null && !isCurrency(field.currency))) throw wrong('body.currency: An amount of money has a currency; other fields have none.');
  return field;
}

/** Locks the definitions and answers them, for one who may change them. */
async function held(ctx: Ctx): Promise<CustomerField[]> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockCustomerFields(ctx);
  return selectCustomerFields(ctx);
}

function mustBeFree(all: readonly CustomerField[], field: CustomerField): void {
  const isTaken = all.some((one) => one.id !== field.id && one.subject === field.subject && one.name.toLowerCase() === field.name.toLowerCase());
  if (isTaken) throw new Refusal('name_taken', 'Another field has this name already. Choose another.');
}

function getField(all: readonly CustomerField[], fieldId: string): CustomerField {
  const field = all.find((one) => one.id === fieldId);
  if (!field) throw new Refusal('not_found', 'This field does not exist.');
  return field;
}

/** Adds a field behind the others. Refuses `name_taken`. */
export async function createCustomerField(ctx: Ctx, input: BodyOf<Fields['create']>): Promise<CustomerField> {
  const all = await held(ctx);
  const field = checked({ id: newId(), ...input, isRetired: false, version: 1 });
  mustBeFree(all, field);
  if (all.length >= MOST_FIELDS) throw new Refusal('invalid_request', `An account has at most ${MOST_FIELDS} fields.`);
  await insertCustomerField(ctx, field);
  await announce(ctx, 'fields.changed', {});
  return field;
}

/** Changes a field. An option that somebody has is retired, never taken away: `still_in_use`. Refuses `name_taken` and `changed_meanwhile`. */
export async function updateCustomerField(ctx: Ctx, fieldId: string, { version, ...input }: BodyOf<Fields['update']>): Promise<CustomerField> {
  const all = await held(ctx);
  const before = getField(all, fieldId);
  if (before.version !== version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.');
  const after = checked({ ...before, name: input.name ?? before.name, options: input.options ?? before.options, currency: input.currency ?? before.currency, isRetired: input.isRetired ?? before.isRetired, version: version + 1 });
  mustBeFree(all, after);
  const gone = before.options.filter((option) => !after.options.some((one) => one.id === option.id)).map((option) => option.id);
  if (gone.length > 0 && (await isCustomerFieldUsed(ctx, before, gone))) throw new Refusal('still_in_use', 'Somebody has this option. Retire it instead: it stays where it was chosen and is offered no more.');
  await writeCustomerField(ctx, after);
  await announce(ctx, 'fields.changed', {});
  return after;
}

/** Removes a field without values; one that is in use is retired instead (`still_in_use`). */
export async function removeCustomerField(ctx: Ctx, fieldId: string): Promise<void> {
  const field = getField(await held(ctx), fieldId);
  if (await isCustomerFieldUsed(ctx, field, null)) throw new Refusal('still_in_use', 'There are values for this field. Retire it instead: they stay and it is asked for no more.');
  await deleteCustomerField(ctx, fieldId);
  await announce(ctx, 'fields.changed', {});
}
