import { money, type CustomerField, type FieldValue } from '@rapport/contract';
import { Refusal } from '../platform/refusal.ts';
import { cleanWords } from './clean-words.ts';

const LARGEST = 1e15;
const currencies = new Set(Intl.supportedValuesOf('currency'));
export const isCurrency = (code: string): boolean => currencies.has(code);

function isDay(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : undefined;
  // 2026-02-30 would be read as a day in March.
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A value as the field takes it; undefined for an empty text, which is no value. Refuses `invalid_request` naming the field. A retired option is taken only where it stands already. */
export function readValue(field: CustomerField, value: FieldValue, before: FieldValue | undefined): FieldValue | undefined {
  const wrong = (what: string) => new Refusal('invalid_request', `body.fields: “${field.name}” ${what}.`);
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string') throw wrong('is a text');
      return cleanWords(value).trim() || undefined;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST) throw wrong('is a number');
      return value + 0;
    case 'date':
      if (typeof value !== 'string' || !isDay(value)) throw wrong('is a day, written as 2026-03-02');
      return value;
    case 'choice': {
      const option = field.options.find((one) => one.id === value);
      if (!option || (option.isRetired && before !== option.id)) throw wrong('is one of its options');
      return option.id;
    }
    case 'yes_no':
      if (typeof value !== 'boolean') throw wrong('is yes or no');
      return value;
    case 'money': {
      const read = money.safeParse(value);
      if (!read.success || !Number.isSafeInteger(read.data.amountMinor) || !isCurrency(read.data.currency)) throw wrong('is an amount with its currency');
      return read.data;
    }
  }
}

/** The values after a change: null takes one away. Refuses unknown fields, and retired ones unless they are emptied or stay as they are. */
export function changedFields(fields: readonly CustomerField[], subject: CustomerField['subject'], before: Readonly<Record<string, FieldValue>>, change: Readonly<Record<string, FieldValue | null>>): Record<string, FieldValue> {
  const after = { ...before };
  for (const [fieldId, wanted] of Object.entries(change)) {
    const field = fields.find((one) => one.id === fieldId && one.subject === subject);
    if (!field) throw new Refusal('invalid_request', 'body.fields: One of the fields does not exist.');
    const value = wanted === null ? undefined : readValue(field, wanted, before[fieldId]);
    if (value === undefined) delete after[fieldId];
    else if (field.isRetired && JSON.stringify(value) !== JSON.stringify(before[fieldId])) throw new Refusal('invalid_request', `body.fields: “${field.name}” is asked for no more.`);
    else after[fieldId] = value;
  }
  return after;
}
