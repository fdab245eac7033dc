import type { BodyOf, CaseField, caseFields } from '@rapport/contract';
import { addOwnField, changeOwnField, removeOwnField, type FieldDrawer } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { deleteField, insertField, isFieldUsed, lockFields, selectFields, writeField, writeFieldOrder } from './field-store.ts';

type Fields = typeof caseFields;

const drawer: FieldDrawer<CaseField> = { lock: lockFields, select: selectFields, insert: insertField, write: writeField, remove: deleteField, isUsed: isFieldUsed, areBeside: () => true, holders: 'Cases' };

/** Adds a field to cases, behind the others. Refuses `name_taken`. */
export const createField = (ctx: Ctx, input: BodyOf<Fields['create']>): Promise<CaseField> => addOwnField(ctx, drawer, { id: newId(), ...input, isRetired: false, version: 1 });

/** Changes a field of cases. Refuses `name_taken`, `changed_meanwhile`, and `still_in_use` for an option that a case has. */
export const updateField = (ctx: Ctx, fieldId: string, change: BodyOf<Fields['update']>): Promise<CaseField> => changeOwnField(ctx, drawer, fieldId, change);

/** Removes a field of cases that none has a value for; else `still_in_use`. */
export const removeField = (ctx: Ctx, fieldId: string): Promise<void> => removeOwnField(ctx, drawer, fieldId);

/** Puts the fields into this order; those left out come behind. */
export async function orderFields(ctx: Ctx, fieldIds: readonly string[]): Promise<{ items: CaseField[] }> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await lockFields(ctx);
  const known = (await selectFields(ctx)).map((field) => field.id);
  await writeFieldOrder(ctx, [...new Set([...fieldIds.filter((id) => known.includes(id)), ...known])]);
  await announce(ctx, 'fields.changed', {});
  return { items: await selectFields(ctx) };
}
