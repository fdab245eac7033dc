import type { Report } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { inboxesQuery, teamsQuery } from '../data/people.ts';
import { formatDate, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DayChart } from './day-chart.tsx';
import { questionOf, type ReportFilter, type ReportQuestion } from './filter.ts';
import { GroupTable } from './group-table.tsx';
import { HourMap } from './hour-map.tsx';
import { MetricTile } from './metric-tile.tsx';
import { reportQuery, type Opened } from './queries.ts';
import { RowsDialog } from './rows-dialog.tsx';

const route = getRouteApi('/workspace/reports');

function Filters({ filter, onChange }: { filter: ReportFilter; onChange: (filter: ReportFilter) => void }) {
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const { days, inbox, team, ...rest } = filter;
  const change = (next: { days?: string; inbox?: string; team?: string }) => {
    const chosen = { days, inbox, team, ...next };
    onChange({ ...rest, ...(chosen.days && chosen.days !== '28' ? { days: chosen.days as NonNullable<ReportFilter['days']> } : {}), ...(chosen.inbox ? { inbox: chosen.inbox } : {}), ...(chosen.team ? { team: chosen.team } : {}) });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <Segments label={t('insights.period')} value={days ?? '28'} onChange={(next) => change({ days: next })} options={(['7', '28', '90', '365'] as const).map((value) => ({ value, label: t('insights.days', { days: Number(value) }) }))} />
      <Select ariaLabel={t('insights.by.team')} className="w-44!" value={team ?? ''} onChange={(next) => change({ team: next })} options={[{ value: '', label: t('insights.anyTeam') }, ...teams.map((one) => ({ value: one.id, label: one.name })), { value: 'none', label: t('assign.noTeam') }]} />
      {inboxes.length > 1 && <Select ariaLabel={t('insights.by.inbox')} className="w-44!" value={inbox ?? ''} onChange={(next) => change({ inbox: next })} options={[{ value: '', label: t('ledger.anyInbox') }, ...inboxes.map((one) => ({ value: one.id, label: one.name }))]} />}
    </div>
  );
}

function Tiles({ report, onOpen }: { report: Report; onOpen: (opened: Opened) => void }) {
  const open = (metric: Opened['metric'], value: number | null) => () => onOpen({ metric, count: value ?? 0 });
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(min(10.5rem,45%),1fr))] items-start gap-3">
      {(['created', 'received', 'sent', 'resolved', 'reopened', 'backlog'] as const).map((metric) => <MetricTile key={metric} metric={metric} number={report[metric]} onOpen={open(metric, report[metric].value)} />)}
      <MetricTile metric="first_response" number={report.firstResponse.median} p90={report.firstResponse.p90} onOpen={open('first_response', null)} />
      <MetricTile metric="resolution" number={report.resolution.median} p90={report.resolution.p90} onOpen={open('resolution', null)} />
      <MetricTile metric="replies" number={report.replies} onOpen={open('replies', null)} />
      <MetricTile metric="reopened_share" number={report.reopenedShare} onOpen={open('reopened_share', null)} />
    </div>
  );
}

function Ages({ ages }: { ages: Report['ages'] }) {
  const most = Math.max(1, ...ages.map((age) => age.count));
  return (
    <Card title={t('insights.ages')} description={t('insights.agesLead')}>
      <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-2">
        {ages.map((age) => (
          <div key={age.belowDays ?? 'more'} className="contents">
            <dt className="text-ink-2">{age.belowDays === null ? t('insights.older') : t('insights.below', { days: age.belowDays })}</dt>
            <dd aria-hidden="true" className="h-3 rounded-sm bg-sunken"><span className="block h-full rounded-sm bg-accent" style={{ width: `${(age.count / most) * 100}%` }} /></dd>
            <dd className="text-end tabular-nums">{formatNumber(age.count)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

const isEmpty = (report: Report) => [report.created, report.received, report.backlog, report.resolved].every((each) => !each.value && !each.before);
const csvAddress = (question: ReportQuestion) => `/api/v1/insights/report.csv?${new URLSearchParams(Object.entries(question).filter(([, value]) => value !== undefined))}`;

/** Reports: the numbers say what they mean; those of the tiles, the days, the groups and the hours open the cases behind them. */
export function ReportPage() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const question = questionOf(filter);
  const report = useQuery(reportQuery(question));
  const [opened, setOpened] = useState<Opened>();
  const choose = (next: ReportFilter) => void navigate({ to: '/reports', search: next, replace: true });
  const { by: _by, ...others } = filter;
  return (
    <Page title={t('insights.title')} description={t('insights.lead')} width="xl" actions={<a href={csvAddress(question)} download className={buttonLook('plain', 'md', 'print:hidden')}><Icon name="download" />{t('insights.csv')}</a>}>
      <Filters filter={filter} onChange={choose} />
      <LoadState query={report} explain={explain} skeleton={<div className="grid grid-cols-2 gap-3 md:grid-cols-5">{Array.from({ length: 10 }, (_, i) => <Skeleton key={i} className="h-28 w-full" />)}</div>}>
        {(data) => (
          <>
            {!data.isComplete && <Banner tone="info" icon="hourglass">{t('insights.filling')}</Banner>}
            {isEmpty(data) ? <div className="rounded-lg border border-line bg-surface"><EmptyState icon="table" title={t('insights.emptyTitle')}>{t('insights.empty')}</EmptyState></div> : (
              <>
                <p className="text-sm text-ink-3">{t('insights.compared', { from: formatDate(`${data.from}T12:00`), to: formatDate(`${data.to}T12:00`), zone: question.timeZone, beforeFrom: formatDate(`${data.beforeFrom}T12:00`), beforeTo: formatDate(`${data.beforeTo}T12:00`) })}</p>
                <Tiles report={data} onOpen={setOpened} />
                <DayChart days={data.days} onOpen={setOpened} />
                <div className="flex flex-col gap-2">
                  <div className="flex flex-wrap items-center justify-between gap-2">
                    <h2 className="text-md font-semibold">{t('insights.groups')}</h2>
                    <Select ariaLabel={t('insights.groups')} className="w-40! print:hidden" value={question.by} onChange={(next) => choose({ ...others, ...(next === 'team' ? {} : { by: next }) })} options={(['team', 'inbox', 'agent', 'kind', 'channel', 'tag'] as const).map((value) => ({ value, label: t(`insights.by.${value}`) }))} />
                  </div>
                  {question.by === 'tag' && <p className="text-sm text-ink-3">{t('insights.tagsOverlap')}</p>}
                  <GroupTable groups={data.groups} by={question.by} onOpen={setOpened} />
                </div>
                <Ages ages={data.ages} />
                <HourMap hours={data.hours} onOpen={setOpened} />
              </>
            )}
          </>
        )}
      </LoadState>
      {opened && <RowsDialog question={question} opened={opened} onClose={() => setOpened(undefined)} />}
    </Page>
  );
}
