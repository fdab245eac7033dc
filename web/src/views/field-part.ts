import type { CaseField, CaseFilter, FieldValue } from '@rapport/contract';
import { readAmount, typedAmount } from '../cases/properties/property-words.ts';
import { t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';
import type { PickerOption } from '../ui/picker.tsx';
import { fieldValueWord } from './column-words.ts';

type WantedField = NonNullable<CaseFilter['fields']>[number];
/** A field of the account's own, of cases or of customers. */
export type OwnField = Pick<CaseField, 'id' | 'name' | 'type' | 'options' | 'currency'>;

/** One thing a list can be filtered by, with what is chosen of it as ids of its options. */
export interface Part<F = CaseFilter> {
  id: string;
  label: string;
  icon: IconName;
  /** many: any of the options. one: a single one. yes: there is nothing to choose. window: one, or two days. range: from, to or both, as they are typed. */
  kind: 'many' | 'one' | 'yes' | 'window' | 'range';
  /** What is offered together. */
  group?: string;
  /** Of what has a range: what is typed. */
  holds?: 'number' | 'date' | 'money';
  options: PickerOption[];
  chosen: readonly string[];
  /** What is chosen, in words; empty for `yes`. */
  words: string;
  /** The filter with this chosen instead; nothing chosen takes the part away. */
  apply: (ids: readonly string[]) => F;
  /** What may be typed instead of chosen. */
  fromText?: (text: string) => string | undefined;
  /** Asks for options by what was typed. */
  onSearch?: (text: string) => void;
}

type Range = NonNullable<CaseFilter['fieldRanges']>[number];
export const hasRange = (field: OwnField): boolean => field.type === 'number' || field.type === 'date' || field.type === 'money';

/** From and to of a field, as the id of an option: as typed, with a slash between. */
export function rangePart<F>(wanted: readonly Range[] | undefined, field: OwnField, withRanges: (ranges: Range[] | undefined) => F): Part<F> {
  const now = wanted?.find((one) => one.fieldId === field.id);
  const currency = field.currency ?? 'EUR';
  const holds = field.type === 'date' ? 'date' : field.type === 'money' ? 'money' : 'number';
  const typed = (end: Range['from']) => (end === undefined ? '' : holds === 'money' ? typedAmount(Number(end), currency) : String(end));
  const word = (end: Range['from']) => (end === undefined ? '' : fieldValueWord(field, holds === 'money' ? { amountMinor: Number(end), currency } : end));
  const read = (text: string | undefined): Range['from'] => {
    if (!text?.trim()) return undefined;
    if (holds === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    const number = holds === 'money' ? readAmount(text, currency) : Number(text.replace(',', '.'));
    return number !== undefined && Number.isFinite(number) ? number : undefined;
  };
  const open = holds === 'date' ? (['views.since', 'views.until'] as const) : (['views.atLeast', 'views.atMost'] as const);
  const words = !now ? '' : now.from !== undefined && now.to !== undefined ? t('views.between', { from: word(now.from), to: word(now.to) }) : now.from !== undefined ? t(open[0], { from: word(now.from) }) : t(open[1], { to: word(now.to) });
  return {
    id: `range-${field.id}`, label: t('views.rangeOf', { what: field.name }), icon: 'equal', kind: 'range', holds, options: [], chosen: now ? [`${typed(now.from)}/${typed(now.to)}`] : [], words,
    apply: ([id]) => {
      const others = (wanted ?? []).filter((one) => one.fieldId !== field.id);
      const [from, to] = (id ?? '/').split('/').map(read);
      const ranges = from === undefined && to === undefined ? others : [...others, { fieldId: field.id, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
      return withRanges(ranges.length > 0 ? ranges : undefined);
    },
  };
}

/** The value of a field as the id of an option: JSON, so that it keeps its type. */
export function fieldPart<F>(wanted: readonly WantedField[] | undefined, field: OwnField, withFields: (fields: WantedField[] | undefined) => F): Part<F> {
  const now = wanted?.find((one) => one.fieldId === field.id)?.value;
  const idFor = (value: FieldValue) => JSON.stringify(value);
  const option = (value: FieldValue, label: string): PickerOption => ({ id: idFor(value), label, isChosen: now !== undefined && idFor(now) === idFor(value) });
  const options = field.type === 'choice' ? field.options.map(({ id, label }) => option(id, label)) : field.type === 'yes_no' ? [option(true, t('field.yes')), option(false, t('field.no'))] : now === undefined ? [] : [option(now, fieldValueWord(field, now))];
  const fromText = (text: string): string | undefined => {
    if (field.type === 'number') return Number.isFinite(Number(text.replace(',', '.'))) ? idFor(Number(text.replace(',', '.'))) : undefined;
    if (field.type === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(text) ? idFor(text) : undefined;
    if (field.type === 'money') {
      const currency = field.currency ?? 'EUR';
      const amountMinor = readAmount(text, currency);
      return amountMinor === undefined ? undefined : idFor({ amountMinor, currency });
    }
    return idFor(text);
  };
  return {
    id: `field-${field.id}`, label: field.name, icon: 'tag', kind: 'one', options, chosen: now === undefined ? [] : [idFor(now)], words: now === undefined ? '' : fieldValueWord(field, now),
    apply: ([id]) => {
      const others = (wanted ?? []).filter((one) => one.fieldId !== field.id);
      const fields = id === undefined ? others : [...others, { fieldId: field.id, value: JSON.parse(id) as FieldValue }];
      return withFields(fields.length > 0 ? fields : undefined);
    },
    ...(field.type === 'choice' || field.type === 'yes_no' ? {} : { fromText }),
  };
}
