import type { OpenHours, OpenSpan } from '@rapport/contract';
import { currentLocale, t } from '../../i18n/index.ts';

/** Monday is the first; the first of January 2024 was one. */
export const weekdayWord = (day: number, width: 'long' | 'short' = 'long') => new Intl.DateTimeFormat(currentLocale(), { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));

const spansWords = (spans: readonly OpenSpan[]) => spans.map(({ from, until }) => (from === '00:00' && until === '24:00' ? t('calendars.allDay') : `${from}–${until}`)).join(', ');

/** The week in a line: days that are alike stand together, closed ones are left out. */
export function weekWords(week: OpenHours['week']): string {
  const groups: { first: number; last: number; words: string }[] = [];
  for (const [day, spans] of week.entries()) {
    const words = spansWords(spans);
    const group = groups.at(-1);
    if (group && group.words === words && group.last === day - 1) group.last = day;
    else groups.push({ first: day, last: day, words });
  }
  const open = groups.filter(({ words }) => words !== '');
  return open.length === 0 ? t('calendars.neverOpen') : open.map(({ first, last, words }) => `${first === last ? weekdayWord(first, 'short') : `${weekdayWord(first, 'short')}–${weekdayWord(last, 'short')}`} ${words}`).join(' · ');
}
