import type { Compared, MetricId } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { formatMetric, wordsOf } from './metric-words.ts';

interface Props {
  metric: MetricId;
  number: Compared;
  p90?: Compared;
  onOpen: (metric: MetricId) => void;
}

/** One number with what it means and what it was before; it opens the cases behind it. */
export function MetricTile({ metric, number, p90, onOpen }: Props) {
  const words = wordsOf(metric);
  return (
    <section className="flex min-w-0 break-inside-avoid flex-col gap-1 rounded-lg border border-line bg-surface p-4">
      <h2 className="text-sm font-medium text-ink-2">{words.name}</h2>
      <button type="button" onClick={() => onOpen(metric)} aria-label={t('insights.openRows', { name: words.name, value: formatMetric(metric, number.value) })} className="w-fit rounded-sm text-start text-xl font-semibold tabular-nums hover:text-accent hover:underline">{formatMetric(metric, number.value)}</button>
      {p90 && <p className="text-sm text-ink-2">{t('insights.p90', { value: formatMetric(metric, p90.value) })}</p>}
      <p className="text-sm text-ink-3">{t('insights.before', { value: formatMetric(metric, number.before) })}</p>
      <details className="text-sm text-ink-2">
        <summary className="w-fit cursor-pointer text-ink-3 print:hidden">{t('insights.meaning')}</summary>
        <p className="mt-1 text-pretty">{words.means}</p>
        <p className="mt-1 text-pretty">{words.belongs}</p>
        <p className="mt-1 text-pretty text-ink-3">{t('insights.without', { what: words.without })}</p>
      </details>
    </section>
  );
}
