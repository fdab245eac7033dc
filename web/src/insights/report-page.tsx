import type { Report } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { can, useSession } from '../data/session.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Page } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Ages } from './ages.tsx';
import { DayChart } from './day-chart.tsx';
import { comparisons, questionOf, type ReportFilter, type ReportQuestion } from './filter.ts';
import { Filters } from './filters.tsx';
import { GroupTable } from './group-table.tsx';
import { HourMap } from './hour-map.tsx';
import { MetricTile } from './metric-tile.tsx';
import { reportQuery, type Opened } from './queries.ts';
import { ReportTabs } from './report-tabs.tsx';
import { RowsDialog } from './rows-dialog.tsx';
import { useLightPrint } from './use-light-print.ts';
import './print.css';

const route = getRouteApi('/workspace/reports');

function Tiles({ report, onOpen }: { report: Report; onOpen: (opened: Opened) => void }) {
  const open = (metric: Opened['metric']) => onOpen({ metric });
  return (
    <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-4 print:grid-cols-4">
      {(['created', 'received', 'sent', 'resolved', 'reopened', 'backlog'] as const).map((metric) => <MetricTile key={metric} metric={metric} number={report[metric]} onOpen={open} />)}
      <MetricTile metric="first_response" number={report.firstResponse.median} p90={report.firstResponse.p90} onOpen={open} />
      <MetricTile metric="full_response" number={report.fullResponse.median} p90={report.fullResponse.p90} onOpen={open} />
      <MetricTile metric="resolution" number={report.resolution.median} p90={report.resolution.p90} onOpen={open} />
      <MetricTile metric="replies" number={report.replies} onOpen={open} />
      <MetricTile metric="reopened_share" number={report.reopenedShare} onOpen={open} />
    </div>
  );
}

const isEmpty = (report: Report) => [report.created, report.received, report.backlog, report.resolved].every((each) => !each.value && !each.before);
const csvAddress = (question: ReportQuestion) => `/api/v1/insights/report.csv?${new URLSearchParams(Object.entries(question).filter(([, value]) => value !== undefined))}`;

/** Reports: the numbers say what they mean and open the cases behind them. */
export function ReportPage() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const session = useSession();
  const question = questionOf(filter, session.account.timeZone);
  useLightPrint();
  const report = useQuery(reportQuery(question));
  const [opened, setOpened] = useState<Opened>();
  const choose = (next: ReportFilter) => void navigate({ to: '/reports', search: next, replace: true });
  const { by: _by, ...others } = filter;
  const isNarrowed = Object.keys(others).some((name) => name !== 'days');
  return (
    <div data-report className="contents">
    <Page
      title={t('insights.title')} description={t('insights.lead')} width="xl" before={<ReportTabs days={filter.days} from={filter.from} to={filter.to} />}
      actions={<span className="flex gap-2 print:hidden"><Button icon="file-text" className="max-md:hidden" onClick={() => window.print()}>{t('insights.print')}</Button><a href={csvAddress(question)} download className={buttonLook('plain', 'md')}><Icon name="download" />{t('insights.csv')}</a></span>}
    >
      <Filters filter={filter} question={question} onChange={choose} />
      <LoadState query={report} explain={explain} skeleton={<div className="grid grid-cols-2 gap-3 md:grid-cols-5">{Array.from({ length: 10 }, (_, i) => <Skeleton key={i} className="h-28 w-full" />)}</div>}>
        {(data) => (
          <>
            {!data.isComplete && <Banner tone="info" icon="hourglass">{t('insights.filling')}</Banner>}
            {isEmpty(data) ? <div className="rounded-lg border border-line bg-surface"><EmptyState icon="table" title={t(isNarrowed ? 'insights.nothingTitle' : 'insights.emptyTitle')} action={isNarrowed ? <Button icon="x" onClick={() => choose({})}>{t('views.clear')}</Button> : <Link to="/cases/$view" params={{ view: 'open' }} className={buttonLook()}>{t('empty.toOpen')}</Link>}>{t(isNarrowed ? 'insights.nothing' : 'insights.empty')}</EmptyState></div> : (
              <>
                <p className="text-sm text-ink-3">{t('insights.compared', { from: formatDate(`${data.from}T12:00`), to: formatDate(`${data.to}T12:00`), zone: data.timeZone, beforeFrom: formatDate(`${data.beforeFrom}T12:00`), beforeTo: formatDate(`${data.beforeTo}T12:00`) })}</p>
                <Tiles report={data} onOpen={setOpened} />
                <DayChart days={data.days} onOpen={setOpened} />
                <div className="flex flex-col gap-2">
                  <div className="flex flex-wrap items-center justify-between gap-2">
                    <h2 className="text-md font-semibold">{t('insights.groups')}</h2>
                    <Select ariaLabel={t('insights.groups')} className="w-40! print:hidden" value={question.by} onChange={(next) => choose({ ...others, ...(next === 'team' ? {} : { by: next }) })} options={comparisons.filter((value) => value !== 'agent' || can(session, 'report.agents') || session.caseScope === 'own').map((value) => ({ value, label: t(`insights.by.${value}`) }))} />
                  </div>
                  {question.by === 'tag' && <p className="text-sm text-ink-3">{t('insights.tagsOverlap')}</p>}
                  <GroupTable groups={data.groups} question={question} onOpen={setOpened} />
                </div>
                <Ages ages={data.ages} onOpen={setOpened} />
                <HourMap hours={data.hours} onOpen={setOpened} />
              </>
            )}
          </>
        )}
      </LoadState>
      {opened && <RowsDialog question={question} opened={opened} onClose={() => setOpened(undefined)} />}
    </Page>
    </div>
  );
}
