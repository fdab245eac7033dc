import type { Report } from '@rapport/contract';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Card } from '../ui/page.tsx';
import type { Opened } from './queries.ts';

/** Since when the unfinished cases have been there; each number opens its cases. */
export function Ages({ ages, onOpen }: { ages: Report['ages']; onOpen: (opened: Opened) => void }) {
  const most = Math.max(1, ...ages.map((age) => age.count));
  return (
    <Card title={t('insights.ages')} description={t('insights.agesLead')}>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-2">
        {ages.map(({ belowDays, count }, age) => {
          const from = ages[age - 1]?.belowDays;
          const words = typeof from !== 'number' ? t('insights.belowOne') : belowDays === null ? t('insights.older', { days: from }) : t('insights.between', { from, days: belowDays });
          return (
            <div key={belowDays ?? 'more'} className="contents">
              <dt className="text-ink-2">{words}</dt>
              <dd aria-hidden="true" className="h-3 rounded-sm bg-sunken"><span className="block h-full rounded-sm bg-accent" style={{ width: `${(count / most) * 100}%` }} /></dd>
              <dd className="text-end"><button type="button" aria-label={t('insights.openRows', { name: words, value: formatNumber(count) })} className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ metric: 'backlog', narrowed: { age } })}>{formatNumber(count)}</button></dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
