import { useInfiniteQuery } from '@tanstack/react-query';
import { explain } from '../../data/explain.ts';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { auditQuery } from '../queries.ts';
import { AuditLine } from './audit-line.tsx';

export function AuditPage() {
  const audit = useInfiniteQuery(auditQuery);
  return (
    <Page title={t('settings.audit')} description={t('audit.lead')}>
      <LoadState query={audit} explain={explain}>
        {(records) => {
          if (records.length === 0) return <div className="rounded-lg border border-line bg-surface"><EmptyState icon="history" title={t('audit.emptyTitle')}>{t('audit.empty')}</EmptyState></div>;
          const days = [...Map.groupBy(records, (record) => formatDay(record.at))];
          return (
            <div className="flex flex-col gap-5">
              {days.map(([day, ofDay]) => (
                <section key={day} aria-label={day}>
                  <h2 className="mb-1.5 text-sm font-medium text-ink-3">{day}</h2>
                  <ol className="divide-y divide-line rounded-lg border border-line bg-surface">{ofDay.map((record) => <AuditLine key={record.id} record={record} />)}</ol>
                </section>
              ))}
              <MoreButton query={audit} label={t('audit.more')} />
            </div>
          );
        }}
      </LoadState>
    </Page>
  );
}
