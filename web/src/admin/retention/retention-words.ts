import type { RetentionAction, RetentionPreview, RetentionRule, RetentionRun } from '@rapport/contract';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

const YEAR = 365;
const usualDays = [30, 90, 180, YEAR, 2 * YEAR, 3 * YEAR, 5 * YEAR, 10 * YEAR];
const spanWords = (days: number) => (days % YEAR === 0 ? t('retention.years', { count: days / YEAR }) : t('retention.days', { count: days }));
/** The usual spans, and the one that is set if it is another. */
export const spanOptions = (set: number) => [...new Set([...usualDays, set])].sort((a, b) => a - b).map((days) => ({ value: String(days), label: spanWords(days) }));

export const actionWords = (action: RetentionAction) => t(`retention.action.${action}`);
export const ruleWords = (rule: RetentionRule) => (rule.action === 'keep' ? actionWords('keep') : t('retention.rule', { what: actionWords(rule.action), span: spanWords(rule.days) }));

const counted = (count: number, isMore: boolean) => (isMore ? t('retention.moreThan', { count: formatNumber(count) }) : formatNumber(count));
export const dueWords = ({ due, isMore }: Pick<RetentionPreview, 'due' | 'isMore'>) => t('retention.due', { count: due, shown: counted(due, isMore) });
export const soonWords = ({ soon, isMoreSoon }: RetentionPreview) => t('retention.soon', { count: soon, shown: counted(soon, isMoreSoon) });

export function heldWords({ held }: RetentionPreview): string {
  const reasons = (['tag', 'related', 'promise', 'sending'] as const).filter((each) => held[each] > 0);
  return t('retention.held', { reasons: reasons.map((each) => t(`retention.held.${each}`, { count: held[each] })).join(', ') });
}

/** What a night did, in the parts there are. */
export function nightWords(run: RetentionRun): string {
  const parts = (['words', 'cases', 'customers', 'held', 'failed'] as const).filter((each) => run[each] > 0);
  return parts.map((each) => t(`retention.night.${each}`, { count: run[each] })).join(' · ') || t('retention.night.nothing');
}
