import type { CaseKind, CasePromise, CaseRow, Entry, FieldType } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatDate, formatDayAndClock, formatSpan } from '../../i18n/format.ts';

/** The promises that are open, as words for the next team. */
export const openPromisesText = (promises: readonly CasePromise[]) => promises.filter((one) => one.state === 'open').map((one) => `${one.text} (${formatDayAndClock(one.dueAt)})`).join('\n');

export const kindWord = (kind: CaseKind) => t(`kind.${kind}`);

const digitsOf = (currency: string) => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as people write it in their language. */
export const moneyWord = (amountMinor: number, currency: string) => new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency }).format(amountMinor / 10 ** digitsOf(currency));
/** An amount in the smallest unit from what was typed, with comma or point; undefined when it is none. */
export function readAmount(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const [, sign, whole, part = ''] = /^\s*(-?)(\d{1,12})(?:[.,](\d*))?\s*$/.exec(text) ?? [];
  if (whole === undefined || part.length > digits) return undefined;
  return Number(`${sign}${whole}${part.padEnd(digits, '0')}`);
}
/** The same amount as it is typed. */
export const typedAmount = (amountMinor: number, currency: string) => (amountMinor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));

/** A value of a field as the timeline tells it. */
export function toldValue(type: FieldType | undefined, told: string | null): string {
  if (told === null) return '–';
  if (type === 'yes_no') return t(told === 'yes' ? 'field.yes' : 'field.no');
  if (type === 'date') return formatDate(`${told}T12:00:00`);
  const [, currency, amount] = (type === 'money' && /^([A-Z]{3}):(-?\d+)$/.exec(told)) || [];
  return currency !== undefined ? moneyWord(Number(amount), currency) : told;
}

type Change = Extract<Entry, { kind: 'change' }>['changes'][number];

/** What became of a promise, as the end of a sentence. */
export function promiseChangeWords({ name = '', from, to, dueAt }: Change): string {
  const due = dueAt ? formatDayAndClock(dueAt) : '';
  switch (to) {
    case 'open': return from === null ? t('change.promise.made', { what: name, due }) : t('change.promise.reopened', { what: name });
    case 'kept': return t('change.promise.kept', { what: name });
    case 'broken': return t('change.promise.broken', { what: name });
    case 'withdrawn': return t('change.promise.withdrawn', { what: name });
    case 'overdue': return t('change.promise.overdue', { what: name });
    case 'moved': return t('change.promise.moved', { what: name, due });
    default: return t('change.promise.reworded', { what: name });
  }
}

/** How late the first open promise is, or that it falls due within a day; nothing otherwise. */
export function promiseMark(row: Pick<CaseRow, 'nextPromiseAt' | 'status'>, now: number): { isOverdue: boolean; text: string } | undefined {
  if (row.nextPromiseAt === null || row.status === 'closed') return undefined;
  const ms = Date.parse(row.nextPromiseAt) - now;
  if (ms <= 0) return { isOverdue: true, text: t('promise.overdueBy', { span: formatSpan(Math.max(60_000, -ms)) }) };
  return ms < 24 * 3_600_000 ? { isOverdue: false, text: t('promise.dueIn', { span: formatSpan(ms) }) } : undefined;
}
