import type { Compared, SurveyReport } from '@rapport/contract';
import { verdictOf } from '@rapport/contract/survey-scales';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { caseAddress } from '../data/case-address.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { can, useSession } from '../data/session.ts';
import { formatDate, formatFull, formatNumber, formatPercent, formatShort } from '../i18n/format.ts';
import { currentLocale, t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { buttonLook } from '../ui/button.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Switch } from '../ui/switch.tsx';
import { Filters } from './filters.tsx';
import { ReportTabs } from './report-tabs.tsx';
import { readSurveyFilter, surveyComparisons, surveyKindsShown, surveyQuestionOf, type OpenedAnswers, type SurveyFilter, type SurveyQuestion } from './survey-filter.ts';
import { useLightPrint } from './use-light-print.ts';
import './print.css';

const route = getRouteApi('/workspace/reports/surveys');
const FEW = 10;

const reportQuery = (query: SurveyQuestion) => queryOptions({ queryKey: ['insights', 'surveys', query], queryFn: ({ signal }) => client.insights.surveys({ query, signal }), staleTime: 30_000 });
function answersQuery({ by: _by, ...question }: SurveyQuestion, { narrowed }: OpenedAnswers, hasComment: boolean) {
  const query = { ...question, ...narrowed, ...(hasComment ? { hasComment: 'true' as const } : {}) };
  return infiniteQueryOptions({
    queryKey: ['insights', 'survey-rows', query], queryFn: ({ pageParam, signal }) => client.insights.surveyRows({ query: { ...query, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '', getNextPageParam: (page) => page.nextCursor ?? undefined, select: (data) => data.pages.flatMap((page) => page.items),
  });
}

const decimal = (value: number) => new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(value);
/** CSAT as a share, effort as a mean, NPS as a signed number. */
function scoreWords(kind: SurveyReport['kind'], value: number | null): string {
  if (value === null) return '–';
  if (kind === 'csat') return formatPercent(value);
  return kind === 'effort' ? decimal(value) : new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(value);
}

interface Opener { onOpen: (opened: OpenedAnswers) => void }

function Tile({ name, means, value, before, few, onOpen }: { name: string; means: string; value: string; before: string; few?: number | undefined; onOpen: () => void }) {
  return (
    <section className="flex min-w-0 break-inside-avoid flex-col gap-1 rounded-lg border border-line bg-surface p-4">
      <h2 className="text-sm font-medium text-ink-2">{name}</h2>
      <button type="button" onClick={onOpen} aria-label={t('insights.openRows', { name, value })} className="w-fit rounded-sm text-start text-xl font-semibold tabular-nums hover:text-accent hover:underline">{value}</button>
      <p className="text-sm text-ink-3">{t('insights.before', { value: before })}</p>
      {few !== undefined && <p className="text-sm text-pretty text-honey">{t('surveyReport.few', { count: few })}</p>}
      <details className="text-sm text-ink-2"><summary className="w-fit cursor-pointer text-ink-3 print:hidden">{t('insights.meaning')}</summary><p className="mt-1 text-pretty">{means}</p></details>
    </section>
  );
}

function Tiles({ report, onOpen }: { report: SurveyReport } & Opener) {
  const { kind, answered } = report;
  const open = (name: string, narrowed: OpenedAnswers['narrowed'] = {}) => () => onOpen({ name, narrowed });
  const number = ({ value, before }: Compared, words: (value: number | null) => string) => ({ value: words(value), before: words(before) });
  const plain = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value));
  const score = t(`surveyReport.score.${kind}`);
  return (
    <div className="grid grid-cols-2 items-start gap-3 md:grid-cols-4 print:grid-cols-4">
      <Tile name={score} means={t(`surveyReport.means.${kind}`)} {...number(report.score, (value) => scoreWords(kind, value))} few={answered.value !== null && answered.value > 0 && answered.value < FEW ? answered.value : undefined} onOpen={open(score, { answered: 'true' })} />
      <Tile name={t('surveyReport.asked')} means={t('surveyReport.means.asked')} {...number(report.asked, plain)} onOpen={open(t('surveyReport.asked'))} />
      <Tile name={t('surveyReport.answered')} means={t('surveyReport.means.answered')} {...number(answered, plain)} onOpen={open(t('surveyReport.answered'), { answered: 'true' })} />
      <Tile name={t('surveyReport.share')} means={t('surveyReport.means.share')} {...number(report.share, percent)} onOpen={open(t('surveyReport.answered'), { answered: 'true' })} />
    </div>
  );
}

/** How often each score was given, as bars that open their answers. */
function Scores({ report: { kind, scores }, onOpen }: { report: SurveyReport } & Opener) {
  const most = Math.max(1, ...scores.map(({ count }) => count));
  return (
    <Card title={t('surveyReport.scores')}>
      <ul className="flex h-40 items-end gap-1.5">
        {scores.map(({ score, count }) => {
          const tone = scoreTone(kind, score);
          return (
            <li key={score} className="flex h-full min-w-6 flex-1 flex-col">
              <button type="button" onClick={() => onOpen({ name: t('surveyReport.scoreTitle', { score }), narrowed: { score } })} aria-label={t('surveyReport.scoreCount', { score, count })} className="group flex h-full w-full flex-col justify-end rounded-sm">
                <span className="text-center text-xs text-ink-2 tabular-nums">{formatNumber(count)}</span>
                <span style={{ height: `${(count / most) * 75}%` }} className={`min-h-0.5 w-full rounded-t-sm border ${tone} group-hover:opacity-80`} />
                <span className="border-t border-line-strong pt-1 text-center text-sm font-medium tabular-nums group-hover:underline">{score}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
const tones = { bad: 'bg-clay-soft border-clay', middling: 'bg-honey-soft border-honey', good: 'bg-moss-soft border-moss' } as const;
const scoreTone = (kind: SurveyReport['kind'], score: number): string => tones[verdictOf(kind, score)];

const [WIDTH, HEIGHT] = [800, 160];
const verdicts = ['good', 'middling', 'bad'] as const;
const fills = { good: 'fill-moss-soft stroke-moss', middling: 'fill-honey-soft stroke-honey', bad: 'fill-clay-soft stroke-clay' } as const;

/** Answers day by day, stacked good over bad, with the same numbers as a table. */
function Days({ report: { days, kind }, onOpen }: { report: SurveyReport } & Opener) {
  const size = days.length > 120 ? 7 : 1;
  const bars = Array.from({ length: Math.ceil(days.length / size) }, (_, i) => {
    const list = days.slice(i * size, (i + 1) * size);
    const sum = (key: 'asked' | 'answered' | 'good' | 'middling' | 'bad') => list.reduce((total, each) => total + each[key], 0);
    return { from: list[0]!.day, to: list.at(-1)!.day, asked: sum('asked'), answered: sum('answered'), good: sum('good'), middling: sum('middling'), bad: sum('bad') };
  });
  const most = Math.max(1, ...bars.map(({ answered }) => answered));
  const step = WIDTH / bars.length;
  const label = (day: string) => formatDate(`${day}T12:00`);
  const number = (name: string, value: number, narrowed: OpenedAnswers['narrowed']) => <button type="button" className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ name, narrowed })}>{formatNumber(value)}</button>;
  type Bar = (typeof bars)[number];
  const columns: Column<Bar>[] = [
    { id: 'day', header: t('insights.day'), cell: (bar) => label(bar.from) },
    { id: 'asked', header: t('surveyReport.asked'), align: 'end', cell: ({ from, to, asked }) => number(t('surveyReport.asked'), asked, { from, to }) },
    ...verdicts.map((verdict): Column<Bar> => ({ id: verdict, header: t(`surveyReport.${verdict}`), align: 'end', cell: ({ from, to, [verdict]: value }) => number(t(`surveyReport.${verdict}`), value, { from, to, verdict }) })),
  ];
  return (
    <Card title={t(size === 7 ? 'surveyReport.byWeek' : 'surveyReport.byDay')}>
      <p className="mb-2 flex flex-wrap gap-4 text-sm text-ink-2">{verdicts.map((verdict) => <span key={verdict} className="flex items-center gap-1.5"><span aria-hidden="true" className={`size-3 rounded-sm border ${tones[verdict]}`} />{t(`surveyReport.${verdict}`)}</span>)}</p>
      <svg role="img" aria-label={t('surveyReport.chart')} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-40 w-full border-b border-line-strong" data-kind={kind}>
        {bars.map((bar, i) => {
          let top = HEIGHT;
          return verdicts.toReversed().map((verdict) => {
            const height = (bar[verdict] / most) * HEIGHT;
            top -= height;
            return height > 0 && <rect key={`${bar.from}${verdict}`} x={i * step + step * 0.12} width={Math.max(1, step * 0.76)} y={top} height={height} className={fills[verdict]} vectorEffect="non-scaling-stroke" />;
          });
        })}
      </svg>
      <p className="mt-1 flex justify-between text-sm text-ink-3"><span>{label(days[0]!.day)}</span><span>{label(days.at(-1)!.day)}</span></p>
      <details className="mt-2"><summary className="w-fit cursor-pointer text-sm text-ink-2">{t('insights.asTable')}</summary><div className="mt-2"><DataTable caption={t('surveyReport.chart')} rows={bars} rowKey={(bar) => bar.from} columns={columns} /></div></details>
    </Card>
  );
}

function Groups({ report: { groups, kind }, by, onOpen }: { report: SurveyReport; by: SurveyQuestion['by'] } & Opener) {
  type Group = SurveyReport['groups'][number];
  const nameOf = ({ key, name }: Group) => (by === 'channel' && (key === 'email' || key === 'chat') ? t(`views.channel.${key}`) : (name ?? t('insights.none')));
  const number = (group: Group, header: string, shown: string, narrowed: OpenedAnswers['narrowed']) => <button type="button" className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ name: `${nameOf(group)} · ${header}`, narrowed: { ...narrowed, [by]: group.key ?? 'none' } })}>{shown}</button>;
  const column = (id: 'asked' | 'answered' | 'bad', header: string, narrowed: OpenedAnswers['narrowed'], isSecondary = false): Column<Group> => ({ id, header, align: 'end', isSecondary, cell: (group) => number(group, header, formatNumber(group[id]), narrowed) });
  const score = t(`surveyReport.score.${kind}`);
  const columns: Column<Group>[] = [
    { id: 'name', header: by === 'survey' ? t('surveyReport.by.survey') : t(`insights.by.${by}`), cell: (group) => <bdi className="font-medium">{nameOf(group)}</bdi> },
    column('asked', t('surveyReport.asked'), {}, true), column('answered', t('surveyReport.answered'), { answered: 'true' }), column('bad', t('surveyReport.bad'), { verdict: 'bad' }),
    { id: 'score', header: score, align: 'end', cell: (group) => (group.score === null ? '–' : number(group, score, scoreWords(kind, group.score), { answered: 'true' })) },
  ];
  return <DataTable caption={t('insights.groups')} columns={columns} rows={groups} rowKey={(group) => group.key ?? ''} />;
}

/** What customers answered, behind one number. */
function AnswersDialog({ question, opened, onClose }: { question: SurveyQuestion; opened: OpenedAnswers; onClose: () => void }) {
  const [hasComment, setHasComment] = useState(false);
  const rows = useInfiniteQuery(answersQuery(question, opened, hasComment));
  return (
    <Dialog title={opened.name} isOpen width="md" onClose={onClose}>
      <Switch label={t('surveyReport.comments')} isOn={hasComment} onChange={setHasComment} />
      <LoadState query={rows} explain={explain} skeleton={<Skeleton className="h-40 w-full" />}>
        {(items) => (
          <>
            {items.length === 0 && <p className="text-ink-2">{t('insights.noRows')}</p>}
            <ul className="mt-3 divide-y divide-line">
              {items.map((row) => (
                <li key={row.askId} className="flex flex-col gap-1 py-2">
                  <p className="flex items-baseline gap-3">
                    <span className={`w-10 shrink-0 rounded-sm border text-center text-sm font-semibold tabular-nums ${row.score === null ? 'border-line text-ink-3' : scoreTone(question.kind, row.score)}`}>{row.score ?? '–'}</span>
                    <Link to={caseAddress(row.number)} className="min-w-0 grow truncate hover:text-accent hover:underline"><span className="me-2 text-ink-3">#{row.number}</span><bdi>{row.subject || t('ledger.noSubject')}</bdi></Link>
                    <time dateTime={row.askedAt} title={formatFull(row.askedAt)} className="shrink-0 text-sm text-ink-3">{formatShort(row.askedAt)}</time>
                  </p>
                  {row.comment !== '' && <p dir="auto" className="ms-13 text-base break-words whitespace-pre-line text-ink-2">{row.comment}</p>}
                  {row.score === null && <p className="ms-13"><Badge>{t('surveyReport.notAnswered')}</Badge></p>}
                </li>
              ))}
            </ul>
            <MoreButton query={rows} label={t('ledger.more')} />
          </>
        )}
      </LoadState>
    </Dialog>
  );
}

/** What customers say in surveys; every number says what it means and opens the answers behind it. */
export function SurveyReportPage() {
  const filter = route.useSearch();
  const navigate = useNavigate();
  const session = useSession();
  const question = surveyQuestionOf(filter, session.account.timeZone);
  useLightPrint();
  const report = useQuery(reportQuery(question));
  const [opened, setOpened] = useState<OpenedAnswers>();
  const choose = (next: SurveyFilter) => void navigate({ to: '/reports/surveys', search: next, replace: true });
  const { by: _by, ...others } = filter;
  const { of: _of, ...sameTime } = filter;
  const { survey: _survey, of: _kind, ...narrowing } = others;
  return (
    <div data-report className="contents">
      <Page title={t('surveyReport.title')} description={t('surveyReport.lead')} width="xl" before={<ReportTabs days={filter.days} from={filter.from} to={filter.to} />}>
        <div><Segments label={t('surveys.what')} value={question.kind} onChange={(kind) => choose(kind === 'csat' ? sameTime : { ...sameTime, of: kind })} options={surveyKindsShown.map((kind) => ({ value: kind, label: t(`surveys.kind.${kind}`) }))} /></div>
        <Filters filter={narrowing} question={question} names={['team', 'inbox', 'agent', 'channel']} onChange={(next) => choose({ ...readSurveyFilter({ ...next }), ...(filter.of ? { of: filter.of } : {}), ...(filter.by ? { by: filter.by } : {}), ...(filter.survey ? { survey: filter.survey } : {}) })} />
        <LoadState query={report} explain={explain} skeleton={<div className="grid grid-cols-2 gap-3 md:grid-cols-4">{Array.from({ length: 4 }, (_, i) => <Skeleton key={i} className="h-28 w-full" />)}</div>}>
          {(data) => data.asked.value === 0 && !data.asked.before ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="smile" title={t('surveyReport.empty')} action={can(session, 'survey.manage') ? <Link to="/admin/surveys" className={buttonLook()}>{t('settings.surveys')}</Link> : undefined}>{t('surveyReport.emptyLead')}</EmptyState></div>
          ) : (
            <>
              <Tiles report={data} onOpen={setOpened} />
              <div className="grid gap-5 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"><Scores report={data} onOpen={setOpened} /><Days report={data} onOpen={setOpened} /></div>
              <div className="flex flex-col gap-2">
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <h2 className="text-md font-semibold">{t('insights.groups')}</h2>
                  <Select ariaLabel={t('insights.groups')} className="w-40! print:hidden" value={question.by} onChange={(next) => choose({ ...others, ...(next === 'team' ? {} : { by: next }) })} options={surveyComparisons.filter((value) => value !== 'agent' || can(session, 'report.agents') || session.caseScope === 'own').map((value) => ({ value, label: value === 'survey' ? t('surveyReport.by.survey') : t(`insights.by.${value}`) }))} />
                </div>
                <Groups report={data} by={question.by} onOpen={setOpened} />
              </div>
            </>
          )}
        </LoadState>
        {opened && <AnswersDialog question={question} opened={opened} onClose={() => setOpened(undefined)} />}
      </Page>
    </div>
  );
}
