import { Link } from '@tanstack/react-router';
import { t } from '../i18n/index.ts';

const look = 'inline-flex min-h-9 items-center rounded-t-md border-b-2 border-transparent px-3 text-base font-medium text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-accent';

const here = { exact: true, includeSearch: false };

/** From one report to the other; the period goes along. */
export function ReportTabs({ days, from, to }: { days?: '7' | '90' | '365' | undefined; from?: string | undefined; to?: string | undefined }) {
  const search = { ...(days ? { days } : {}), ...(from && to ? { from, to } : {}) };
  return (
    <nav aria-label={t('surveyReport.reports')} className="mb-4 flex gap-1 border-b border-line print:hidden">
      <Link to="/reports" search={search} className={look} activeOptions={here}>{t('surveyReport.cases')}</Link>
      <Link to="/reports/surveys" search={search} className={look} activeOptions={here}>{t('surveyReport.surveys')}</Link>
    </nav>
  );
}
