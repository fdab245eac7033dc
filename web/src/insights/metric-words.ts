import { metrics, type MetricId } from '@rapport/contract/metrics';
import { currentLocale } from '../i18n/index.ts';
import { formatNumber } from '../i18n/format.ts';

/** The definition of a number in the language that is shown; English where there is none. */
export const wordsOf = (metric: MetricId) => metrics[metric][currentLocale() === 'de' ? 'de' : 'en'];

const unit = (value: number, name: string) => new Intl.NumberFormat(currentLocale(), { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
export function formatSeconds(seconds: number): string {
  if (seconds < 3600) return unit(Math.round(seconds / 60), 'minute');
  return seconds < 172_800 ? unit(seconds / 3600, 'hour') : unit(seconds / 86_400, 'day');
}
export function formatMetric(metric: MetricId, value: number | null): string {
  if (value === null) return '–';
  switch (metrics[metric].unit) {
    case 'seconds': return formatSeconds(value);
    case 'share': return new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 1 }).format(value);
    case 'replies': return new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 1 }).format(value);
    default: return formatNumber(value);
  }
}
