import { currentLocale, t } from './index.ts';

const cache = new Map<string, unknown>();

/** The language that is shown, with the habits of the browser's own region when it speaks the same language: "en" is read in London with other dates than in New York. */
function formatLocale(): string {
  const locale = currentLocale();
  return navigator.languages.find((one) => one === locale || one.startsWith(`${locale}-`)) ?? locale;
}

function cached<T>(kind: string, options: object, make: (locale: string) => T): T {
  const key = `${kind}|${currentLocale()}|${JSON.stringify(options)}`;
  let formatter = cache.get(key) as T | undefined;
  if (!formatter) cache.set(key, (formatter = make(formatLocale())));
  return formatter;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached('date', options, (locale) => new Intl.DateTimeFormat(locale, options));
}

type Moment = string | number | Date;
const date = (moment: Moment) => (moment instanceof Date ? moment : new Date(moment));

/** Whole days between two moments on the wall calendar of this device: 0 today, 1 yesterday. */
export function daysAgo(moment: Moment, now = new Date()): number {
  const midnight = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((midnight(now) - midnight(date(moment))) / 86_400_000);
}

export const formatNumber = (value: number) => cached('number', {}, (locale) => new Intl.NumberFormat(locale)).format(value);
export const formatPercent = (share: number) => cached('percent', {}, (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(share);
export const formatClock = (moment: Moment) => dateFormat({ hour: '2-digit', minute: '2-digit' }).format(date(moment));
export const formatDate = (moment: Moment) => dateFormat({ day: 'numeric', month: 'short', year: 'numeric' }).format(date(moment));
/** With everything, for tooltips and screen readers: "Friday, 22 November 2024 at 14:45 CET". */
export const formatFull = (moment: Moment) => dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(date(moment));
export const formatDayAndClock = (moment: Moment) => dateFormat({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(date(moment));

/** As short as it can be told apart, for lists: the clock today, the weekday this week, the date before. */
export function formatShort(moment: Moment): string {
  const days = daysAgo(moment);
  if (days === 0) return formatClock(moment);
  if (days > 0 && days < 7) return dateFormat({ weekday: 'short' }).format(date(moment));
  if (date(moment).getFullYear() === new Date().getFullYear()) return dateFormat({ day: 'numeric', month: 'short' }).format(date(moment));
  return dateFormat({ day: '2-digit', month: '2-digit', year: '2-digit' }).format(date(moment));
}

/** The heading over the entries of one day. */
export function formatDay(moment: Moment): string {
  const days = daysAgo(moment);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  const thisYear = date(moment).getFullYear() === new Date().getFullYear();
  return dateFormat({ weekday: 'long', day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }).format(date(moment));
}

/** A span in its largest unit, such as "3 min", "2 hr" or "4 d"; never less than a minute, so that a label changes at most once a minute. */
export function formatSpan(ms: number): string {
  const minutes = Math.max(1, Math.floor(Math.abs(ms) / 60_000));
  const [value, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 48 * 60 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  return cached('unit', { unit }, (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })).format(value);
}

export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  const maximumFractionDigits = unit === 'megabyte' && value < 10 ? 1 : 0;
  return cached('bytes', { unit, maximumFractionDigits }, (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits })).format(value);
}

/** A span of seconds in full, in its largest unit that leaves no rest: "90 sec", "2 min", "1 hr". */
export function formatSeconds(seconds: number): string {
  const [value, unit] = seconds >= 3600 && seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : seconds >= 60 && seconds % 60 === 0 ? [seconds / 60, 'minute'] : [Math.round(seconds), 'second'];
  return cached('unit', { unit }, (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })).format(value);
}
