import type { CustomerField, FieldValue } from '@rapport/contract';
import { moneyWord, readAmount, typedAmount } from '../cases/properties/property-words.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Field, Input } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';

/** What somebody has typed, by field; what is not in it stands as it was. */
export type Typed = Readonly<Record<string, string>>;
type Values = Readonly<Record<string, FieldValue>>;

const NONE = '-';
const currencyOf = (field: CustomerField, value: FieldValue | undefined) => (typeof value === 'object' ? value.currency : (field.currency ?? 'EUR'));

function typedOf(value: FieldValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? typedAmount(value.amountMinor, value.currency) : String(value);
}

/** Null for no value, undefined for what is none. */
function readTyped(field: CustomerField, text: string, before: FieldValue | undefined): FieldValue | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  if (field.type === 'yes_no') return typed === 'yes';
  if (field.type === 'money') {
    const currency = currencyOf(field, before);
    const amountMinor = readAmount(typed, currency);
    return amountMinor === undefined ? undefined : { amountMinor, currency };
  }
  if (field.type !== 'number') return typed;
  const number = Number(typed.replace(',', '.'));
  return Number.isFinite(number) ? number : undefined;
}

/** The values that are others now. */
export function changedFields(fields: readonly CustomerField[], typed: Typed, before: Values): Record<string, FieldValue | null> {
  return Object.fromEntries(fields.flatMap((field) => {
    const text = typed[field.id];
    if (text === undefined || text.trim() === typedOf(before[field.id])) return [];
    const value = readTyped(field, text, before[field.id]);
    return value === undefined ? [] : [[field.id, value] as const];
  }));
}

/** The first field whose text is no value, as a sentence. */
export function faultOf(fields: readonly CustomerField[], typed: Typed, before: Values): string | undefined {
  const wrong = fields.find((field) => typed[field.id] !== undefined && readTyped(field, typed[field.id] ?? '', before[field.id]) === undefined);
  return wrong && t('ownFields.wrong', { name: wrong.name });
}

function valueWords(field: CustomerField, value: FieldValue): string {
  if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no');
  if (typeof value === 'object') return moneyWord(value.amountMinor, value.currency);
  if (field.type === 'date') return formatDate(`${value}T12:00:00`);
  return field.type === 'choice' ? (field.options.find((one) => one.id === value)?.label ?? '') : String(value);
}

/** The fields that have a value, for reading. */
export function OwnFieldValues({ fields, values }: { fields: readonly CustomerField[]; values: Values }) {
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {fields.map((field) => {
        const value = values[field.id];
        return value !== undefined && <div key={field.id} className="contents"><dt dir="auto" className="break-words text-ink-3">{field.name}</dt><dd dir="auto" className="break-words">{valueWords(field, value)}</dd></div>;
      })}
    </dl>
  );
}

interface Props {
  fields: readonly CustomerField[];
  before: Values;
  typed: Typed;
  isDisabled: boolean;
  fault: string | undefined;
  onChange: (typed: Typed) => void;
}

/** The company's own fields of a customer or an organization, one control each. A retired one is shown where it has a value. */
export function OwnFields({ fields, before, typed, isDisabled, fault, onChange }: Props) {
  const shown = fields.filter((field) => !field.isRetired || before[field.id] !== undefined);
  return shown.map((field) => {
    const value = before[field.id];
    const text = typed[field.id] ?? typedOf(value);
    const set = (next: string) => onChange({ ...typed, [field.id]: next });
    const isOff = isDisabled || field.isRetired;
    const options = field.type === 'yes_no' ? [{ value: 'yes', label: t('field.yes') }, { value: 'no', label: t('field.no') }] : field.options.filter((one) => !one.isRetired || one.id === value).map((one) => ({ value: one.id, label: one.label }));
    const isChosen = field.type === 'choice' || field.type === 'yes_no';
    const label = field.type === 'money' ? `${field.name} (${currencyOf(field, value)})` : field.name;
    return (
      <Field key={field.id} label={<bdi>{label}</bdi>} error={fault !== undefined && readTyped(field, text, value) === undefined ? fault : undefined}>
        {isChosen
          ? <Select isDisabled={isOff} value={text || NONE} options={[{ value: NONE, label: '–' }, ...options]} onChange={(next) => set(next === NONE ? '' : next)} />
          : <Input dir="auto" disabled={isOff} value={text} maxLength={500} type={field.type === 'date' ? 'date' : 'text'} inputMode={field.type === 'money' || field.type === 'number' ? 'decimal' : 'text'} autoComplete="off" onChange={(event) => set(event.target.value)} />}
      </Field>
    );
  });
}
