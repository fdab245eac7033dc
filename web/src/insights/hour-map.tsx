import type { Report } from '@rapport/contract';
import { currentLocale, t } from '../i18n/index.ts';
import { Card } from '../ui/page.tsx';
import type { Opened } from './queries.ts';

// The second of January 2023 was a Monday.
const weekday = (number: number) => new Intl.DateTimeFormat(currentLocale(), { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2023, 0, 1 + number)));

/** When messages come, hour by weekday: a table whose cells are also shaded, so that no number stands in colour alone. */
export function HourMap({ hours, onOpen }: { hours: Report['hours']; onOpen: (opened: Opened) => void }) {
  const most = Math.max(1, ...hours.map((hour) => hour.count));
  const at = (day: number, hour: number) => hours.find((each) => each.weekday === day && each.hour === hour)?.count ?? 0;
  return (
    <Card title={t('insights.hours')} description={t('insights.hoursLead')}>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t('insights.hours')}>
        <table className="w-full border-separate border-spacing-0.5 text-xs tabular-nums">
          <caption className="sr-only">{t('insights.hours')}</caption>
          <thead><tr><td />{Array.from({ length: 24 }, (_, hour) => <th key={hour} scope="col" className="font-medium text-ink-3">{hour}</th>)}</tr></thead>
          <tbody>
            {[1, 2, 3, 4, 5, 6, 7].map((day) => (
              <tr key={day}>
                <th scope="row" className="pe-2 text-start font-medium text-ink-3">{weekday(day)}</th>
                {Array.from({ length: 24 }, (_, hour) => {
                  const count = at(day, hour);
                  return (
                    <td key={hour} className="h-7 min-w-6 rounded-sm bg-sunken p-0 text-center" style={count > 0 ? { background: `color-mix(in oklch, var(--accent-line) ${Math.round(15 + (count / most) * 60)}%, var(--surface))` } : undefined}>
                      {count > 0 && <button type="button" className="size-full rounded-sm hover:outline-1 hover:outline-accent" onClick={() => onOpen({ metric: 'received', narrowed: { weekday: day, hour } })}>{count}</button>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
