import type { CaseField, FieldValue } from '@rapport/contract';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { classes } from '../../ui/classes.ts';
import { readAmount, typedAmount } from './property-words.ts';

interface Props {
  field: CaseField;
  value: FieldValue | undefined;
  isDisabled: boolean;
  onChange: (value: FieldValue | null) => void;
}

const look = 'h-7 w-full min-w-0 rounded-md border border-transparent bg-transparent px-1.5 text-sm hover:border-line-strong/60 focus-visible:border-focus disabled:hover:border-transparent';

const typedOf = (value: FieldValue | undefined): string => (value === undefined ? '' : typeof value === 'object' ? typedAmount(value.amountMinor, value.currency) : String(value));

/** One of the account's own fields, edited in place: leaving it or Enter saves. Remount it (by key) when the value changes elsewhere. */
export function FieldInput({ field, value, isDisabled, onChange }: Props) {
  const [text, setText] = useState(() => typedOf(value));
  const [isWrong, setWrong] = useState(false);
  const currency = typeof value === 'object' ? value.currency : (field.currency ?? 'EUR');
  const choose = (options: { id: string; label: string }[], current: string, pick: (id: string) => void) => (
    <select aria-label={field.name} value={current} disabled={isDisabled} onChange={(event) => pick(event.target.value)} className={look}>
      <option value="">–</option>
      {options.map((option) => <option key={option.id} value={option.id}>{option.label}</option>)}
    </select>
  );
  if (field.type === 'choice') return choose(field.options.filter((option) => !option.isRetired || option.id === value), typeof value === 'string' ? value : '', (id) => onChange(id === '' ? null : id));
  if (field.type === 'yes_no') return choose([{ id: 'yes', label: t('field.yes') }, { id: 'no', label: t('field.no') }], value === undefined ? '' : value === true ? 'yes' : 'no', (id) => onChange(id === '' ? null : id === 'yes'));
  const read = (): FieldValue | null | undefined => {
    const typed = text.trim();
    if (typed === '') return null;
    if (field.type === 'money') {
      const amountMinor = readAmount(typed, currency);
      return amountMinor === undefined ? undefined : { amountMinor, currency };
    }
    if (field.type !== 'number') return typed;
    const number = Number(typed.replace(',', '.'));
    return Number.isFinite(number) ? number : undefined;
  };
  const save = () => {
    const next = read();
    setWrong(next === undefined);
    if (next !== undefined && typedOf(next ?? undefined) !== typedOf(value)) onChange(next);
  };
  return (
    <span className="flex items-center gap-1">
      <input
        dir="auto" aria-label={field.name} aria-invalid={isWrong || undefined} disabled={isDisabled} value={text} maxLength={500} type={field.type === 'date' ? 'date' : 'text'} inputMode={field.type === 'money' || field.type === 'number' ? 'decimal' : 'text'} placeholder="–"
        onChange={(event) => { setText(event.target.value); setWrong(false); }} onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
          if (event.key === 'Escape') { setText(typedOf(value)); setWrong(false); }
        }}
        className={classes(look, isWrong && 'border-clay text-clay')}
      />
      {field.type === 'money' && <bdi className="shrink-0 text-xs text-ink-3">{currency}</bdi>}
    </span>
  );
}
