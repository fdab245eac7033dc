import type { CustomerField, FieldValue } from '@rapport/contract';
import { readFieldValue } from '../accounts/index.ts';
import { Refusal } from '../platform/refusal.ts';

/** The values after a change: null takes one away. Refuses unknown fields, and retired ones unless they are emptied or stay as they are. */
export function changedFields(fields: readonly CustomerField[], subject: CustomerField['subject'], before: Readonly<Record<string, FieldValue>>, change: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue> {
  const after = { ...before };
  for (const [fieldId, wanted] of Object.entries(change)) {
    const field = fields.find((one) => one.id === fieldId && one.subject === subject);
    if (!field) throw new Refusal('invalid_request', 'body.fields: One of the fields does not exist.');
    const had = before[fieldId];
    const value = wanted === null ? undefined : readFieldValue(field, wanted, typeof had === 'string' ? had : undefined)?.value;
    if (value === undefined) delete after[fieldId];
    else if (field.isRetired && JSON.stringify(value) !== JSON.stringify(had)) throw new Refusal('invalid_request', `body.fields: “${field.name}” is asked for no more.`);
    else after[fieldId] = value;
  }
  return after;
}
