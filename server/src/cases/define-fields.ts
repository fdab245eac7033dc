import type { BodyOf, CaseField, caseFields } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { deleteField, insertField, isFieldUsed, lockField, lockFields, selectFields, writeField, writeFieldOrder } from './field-store.ts';
import { isCurrency } from './field-value.ts';

type Fields = typeof caseFields;
const MOST_FIELDS = 100;

function checked(field: CaseField): CaseField {
  const wrong = (what: string) => new Refusal('invalid_request', what);
  const labels = field.options.map((option) => option.label.toLowerCase());
  if (field.type === 'choice' ? field.options.every((option) => option.isRetired) : field.options.length > 0) throw wrong('body.options: A choice has options to choose from; other fields have none.');
  if (new Set(labels).size !== labels.length || new Set(field.options.map((option) => option.id)).size !== labels.length) throw wrong('body.options: Every option has words of its own.');
  if ((field.type === 'money') !== (field.currency !== null) || (field.currency !== null && !isCurrency(field.currency))) throw wrong('body.currency: An amount of money has a currency; other fields have none.');
  return field;
}

async function mustBeFree(ctx: Ctx, name: string, exceptId?: string): Promise<void> {
  const taken = (await selectFields(ctx)).some((field) => field.id !== exceptId && field.name.toLowerCase() === name.toLowerCase());
  if (taken) throw new Refusal('name_taken', 'Another field has this name already. Choose another.');
}

const mustExist = (field: CaseField | undefined): CaseField => {
  if (!field) throw new Refusal('not_found', 'This field does not exist.');
  return field;
};

/** Adds a field behind the others. Refuses `name_taken`. */
export async function createField(ctx: Ctx, input: BodyOf<Fields['create']>): Promise<CaseField> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockFields(ctx);
  await mustBeFree(ctx, input.name);
  if ((await selectFields(ctx)).length >= MOST_FIELDS) throw new Refusal('invalid_request', `An account has at most ${MOST_FIELDS} fields.`);
  const field = checked({ id: newId(), ...input, isRetired: false, version: 1 });
  await insertField(ctx, field);
  await announce(ctx, 'fields.changed', {});
  return field;
}

/** Changes a field. An option that a case has is retired, never taken away: `still_in_use`. Refuses `name_taken` and `changed_meanwhile`. */
export async function updateField(ctx: Ctx, fieldId: string, { version, ...input }: BodyOf<Fields['update']>): Promise<CaseField> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockFields(ctx);
  const before = mustExist(await lockField(ctx, fieldId));
  if (before.version !== version) throw new Refusal('changed_meanwhile', 'Look at what changed and try again.');
  if (input.name !== undefined) await mustBeFree(ctx, input.name, fieldId);
  const after = checked({
    ...before, name: input.name ?? before.name, options: input.options ?? before.options, currency: input.currency ?? before.currency, kinds: input.kinds ?? before.kinds,
    isRequired: input.isRequired ?? before.isRequired, isRetired: input.isRetired ?? before.isRetired, version: version + 1,
  });
  const gone = before.options.filter((option) => !after.options.some((one) => one.id === option.id)).map((option) => option.id);
  if (gone.length > 0 && (await isFieldUsed(ctx, fieldId, gone))) throw new Refusal('still_in_use', 'Cases have this option. Retire it instead: it stays where it was chosen and is offered no more.');
  await writeField(ctx, after);
  await announce(ctx, 'fields.changed', {});
  return after;
}

/** Puts the fields into this order; those left out come behind. */
export async function orderFields(ctx: Ctx, fieldIds: readonly string[]): Promise<{ items: CaseField[] }> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockFields(ctx);
  const known = (await selectFields(ctx)).map((field) => field.id);
  await writeFieldOrder(ctx, [...new Set([...fieldIds.filter((id) => known.includes(id)), ...known])]);
  await announce(ctx, 'fields.changed', {});
  return { items: await selectFields(ctx) };
}

/** Removes a field without values; one that cases have is retired instead (`still_in_use`). */
export async function removeField(ctx: Ctx, fieldId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockFields(ctx);
  mustExist(await lockField(ctx, fieldId));
  if (await isFieldUsed(ctx, fieldId, null)) throw new Refusal('still_in_use', 'Cases have values for this field. Retire it instead: the values stay and it is asked for no more.');
  await deleteField(ctx, fieldId);
  await announce(ctx, 'fields.changed', {});
}
