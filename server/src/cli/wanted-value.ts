import type { CaseField, FieldValue } from '@rapport/contract';

/** A field of the account's own, of cases, customers or organizations. */
export type OwnField = Pick<CaseField, 'id' | 'name' | 'type' | 'options' | 'currency'>;

export const isNamed = (wanted: string) => (each: { name: string }) => each.name.toLowerCase() === wanted.trim().toLowerCase();

function amountOf(text: string, currency: string): FieldValue {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return { amountMinor: Math.round(Number(text) * 10 ** digits), currency };
}

/** `Tier=Gold`: the field by its name, the value as people read it. Throws one line that says how to write it. */
export function wantedValue(fields: readonly OwnField[], written: string, flag = '--field'): { fieldId: string; value: FieldValue } {
  const [, name = '', text = ''] = /^([^=]+)=(.*)$/s.exec(written) ?? [];
  const field = fields.find(isNamed(name));
  if (!field) throw new Error(`${flag} ${written}: there is no such field. Write Name=value, with one of: ${fields.map((one) => one.name).join(', ') || 'none'}.`);
  const how = (what: string) => new Error(`${flag} ${written}: ${what}.`);
  const value = text.trim();
  if (field.type === 'choice') {
    const option = field.options.find((one) => isNamed(value)({ name: one.label }));
    if (!option) throw how(`choose one of: ${field.options.map((one) => one.label).join(', ')}`);
    return { fieldId: field.id, value: option.id };
  }
  if (field.type === 'yes_no') {
    if (value !== 'yes' && value !== 'no') throw how('say yes or no');
    return { fieldId: field.id, value: value === 'yes' };
  }
  if (field.type === 'text' || field.type === 'date') return { fieldId: field.id, value };
  if (value === '' || !Number.isFinite(Number(value))) throw how('give a number, such as 12.50');
  return { fieldId: field.id, value: field.type === 'number' ? Number(value) : amountOf(value, field.currency ?? 'EUR') };
}
