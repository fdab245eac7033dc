import type { BodyOf, CustomerField, customerFields } from '@rapport/contract';
import { addOwnField, changeOwnField, removeOwnField, type FieldDrawer } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { deleteCustomerField, insertCustomerField, isCustomerFieldUsed, lockCustomerFields, selectCustomerFields, writeCustomerField } from './field-store.ts';

type Fields = typeof customerFields;

const drawer: FieldDrawer<CustomerField> = {
  lock: lockCustomerFields, select: selectCustomerFields, insert: insertCustomerField, write: writeCustomerField, remove: deleteCustomerField, isUsed: isCustomerFieldUsed,
  areBeside: (one, other) => one.subject === other.subject, holders: 'Customers or organizations',
};

/** Adds a field to customers or to organizations, behind the others. Refuses `name_taken`. */
export const createCustomerField = (ctx: Ctx, input: BodyOf<Fields['create']>): Promise<CustomerField> => addOwnField(ctx, drawer, { id: newId(), ...input, isRetired: false, version: 1 });

/** Changes such a field. Refuses `name_taken`, `changed_meanwhile`, and `still_in_use` for an option that somebody has. */
export const updateCustomerField = (ctx: Ctx, fieldId: string, change: BodyOf<Fields['update']>): Promise<CustomerField> => changeOwnField(ctx, drawer, fieldId, change);

/** Removes such a field when nobody has a value for it; else `still_in_use`. */
export const removeCustomerField = (ctx: Ctx, fieldId: string): Promise<void> => removeOwnField(ctx, drawer, fieldId);
