import type { Report } from '@rapport/contract';
import { formatDate, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Card } from '../ui/page.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { wordsOf } from './metric-words.ts';
import type { Opened } from './queries.ts';

const [WIDTH, HEIGHT] = [800, 180];

/** What came and what was solved, day by day, with the same numbers as a table. Bars of days, or of weeks where days would be too thin. */
export function DayChart({ days, onOpen }: { days: Report['days']; onOpen: (opened: Opened) => void }) {
  const size = days.length > 120 ? 7 : 1;
  const bars = Array.from({ length: Math.ceil(days.length / size) }, (_, i) => {
    const list = days.slice(i * size, (i + 1) * size);
    const sum = (key: 'created' | 'resolved') => list.reduce((total, each) => total + each[key], 0);
    return { from: list[0]!.day, to: list.at(-1)!.day, created: sum('created'), resolved: sum('resolved'), backlog: list.at(-1)!.backlog };
  });
  const most = Math.max(1, ...bars.flatMap((bar) => [bar.created, bar.resolved]));
  const step = WIDTH / bars.length;
  const thick = Math.max(1, step * 0.38);
  const label = (day: string) => formatDate(`${day}T12:00`);
  const columns = (['created', 'resolved', 'backlog'] as const).map((key) => ({
    id: key, header: wordsOf(key).name, align: 'end' as const,
    cell: (bar: (typeof bars)[number]) => <button type="button" className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ metric: key, narrowed: { from: bar.from, to: bar.to } })}>{formatNumber(bar[key])}</button>,
  }));
  return (
    <Card title={t(size === 7 ? 'insights.byWeek' : 'insights.byDay')}>
      <p className="mb-2 flex flex-wrap gap-4 text-sm text-ink-2">
        <span className="flex items-center gap-1.5"><span aria-hidden="true" className="size-3 rounded-sm bg-accent" />{wordsOf('created').name}</span>
        <span className="flex items-center gap-1.5"><span aria-hidden="true" className="size-3 rounded-sm border border-moss bg-moss-soft" />{wordsOf('resolved').name}</span>
      </p>
      <svg role="img" aria-label={t('insights.chart')} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-44 w-full border-b border-line-strong">
        {bars.map((bar, i) => (
          <g key={bar.from}>
            <title>{`${label(bar.from)}: ${bar.created} / ${bar.resolved}`}</title>
            <rect x={i * step + step * 0.1} width={thick} y={HEIGHT - (bar.created / most) * HEIGHT} height={(bar.created / most) * HEIGHT} className="fill-accent" />
            <rect x={i * step + step * 0.1 + thick} width={thick} y={HEIGHT - (bar.resolved / most) * HEIGHT} height={(bar.resolved / most) * HEIGHT} className="fill-moss-soft stroke-moss" vectorEffect="non-scaling-stroke" />
          </g>
        ))}
      </svg>
      <p className="mt-1 flex justify-between text-sm text-ink-3"><span>{label(days[0]!.day)}</span><span>{label(days.at(-1)!.day)}</span></p>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer text-sm text-ink-2">{t('insights.asTable')}</summary>
        <div className="mt-2"><DataTable caption={t('insights.chart')} rows={bars} rowKey={(bar) => bar.from} columns={[{ id: 'day', header: t('insights.day'), cell: (bar) => label(bar.from) }, ...columns]} /></div>
      </details>
    </Card>
  );
}
