import { money, type CaseField, type FieldValue } from '@rapport/contract';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { Refusal } from '../../platform/refusal.ts';
import { storableText } from '../../platform/storable.ts';

/** What a field of the account's own has in common, whatever it is filled in for. */
export type OwnField = Omit<CaseField, 'kinds' | 'isRequired'>;

const KEY_LENGTH = 200;
const LARGEST = 1e15;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const currencies = new Set(Intl.supportedValuesOf('currency'));

function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}

export const isCurrency = (code: string): boolean => currencies.has(code);

/**
 * A value as the field takes it, and its key: one spelling for each value, by which it is found. Undefined when the text is empty, which is the same as no value. Throws `invalid_request`
 * naming the field. A retired option is taken only where it stands already (`before` is the key that stands there).
 */
export function readFieldValue(field: OwnField, value: FieldValue, before: string | undefined): { value: FieldValue; key: string } | undefined {
  const wrong = (what: string) => new Refusal('invalid_request', `fields: “${field.name}” ${what}.`);
  switch (field.type) {
    case 'text': {
      if (typeof value !== 'string') throw wrong('is a text');
      const text = maskCardNumbers(storableText(value)).text.trim();
      return text === '' ? undefined : { value: text, key: text.toLowerCase().normalize('NFKC').slice(0, KEY_LENGTH) };
    }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > LARGEST) throw wrong('is a number');
      // Minus zero is zero.
      return { value: value + 0, key: String(value + 0) };
    case 'date':
      if (typeof value !== 'string' || !isDay(value)) throw wrong('is a day, written as 2026-03-02');
      return { value, key: value };
    case 'choice': {
      const option = field.options.find((one) => one.id === value);
      if (!option || (option.isRetired && before !== option.id)) throw wrong('is one of its options');
      return { value: option.id, key: option.id };
    }
    case 'yes_no':
      if (typeof value !== 'boolean') throw wrong('is yes or no');
      return { value, key: value ? 'yes' : 'no' };
    case 'money': {
      const read = money.safeParse(value);
      if (!read.success || !Number.isSafeInteger(read.data.amountMinor) || !isCurrency(read.data.currency)) throw wrong('is an amount with its currency');
      return { value: read.data, key: `${read.data.currency}:${read.data.amountMinor}` };
    }
  }
}
