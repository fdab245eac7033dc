import type { CaseDue, ClockKind } from '@rapport/contract';
import { formatFull, formatSpan } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const clockWord = (kind: ClockKind) => t(`clock.${kind}`);

/** Open minutes in the units people speak in: 45 min, 8 hr, 1 hr 30 min. */
export function minutesWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [...(hours > 0 ? [t('clock.hours', { count: hours })] : []), ...(rest > 0 || hours === 0 ? [t('clock.minutes', { count: rest })] : [])].join(' ');
}

export interface DueMark {
  isOverdue: boolean;
  /** Within the hour. */
  isSoon: boolean;
  /** Within the day, or overdue: worth a word in a list. */
  isNear: boolean;
  text: string;
}

/** In how long something is due, or for how long it has been. */
export function dueMark(at: string, now: number): DueMark {
  const ms = Date.parse(at) - now;
  if (ms <= 0) return { isOverdue: true, isSoon: false, isNear: true, text: t('due.overdue', { span: formatSpan(Math.max(MINUTE_MS, -ms)) }) };
  return { isOverdue: false, isSoon: ms < HOUR_MS, isNear: ms < 24 * HOUR_MS, text: t('due.in', { span: formatSpan(ms) }) };
}

/** What is due by which policy and hours, in full. */
export function dueHint(due: CaseDue, policy: { name: string; calendar: string | null } | undefined): string {
  const at = formatFull(due.at);
  return policy ? t('due.hint', { clock: clockWord(due.kind), at, policy: policy.name, calendar: policy.calendar ?? t('due.roundTheClock') }) : t('due.plainHint', { clock: clockWord(due.kind), at });
}
