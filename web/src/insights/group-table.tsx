import type { MetricId, Report } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { kinds, priorities, type ReportQuestion } from './filter.ts';
import { formatMetric, wordsOf } from './metric-words.ts';
import type { Opened } from './queries.ts';

type Group = Report['groups'][number];
const COUNTED = ['created', 'received', 'sent', 'resolved', 'reopened'] as const;

function nameOf({ name }: Group, by: ReportQuestion['by']): string {
  if (name === null) return t('insights.none');
  const kind = by === 'kind' && kinds.find((one) => one === name);
  const priority = by === 'priority' && priorities.find((one) => one === name);
  return kind ? t(`kind.${kind}`) : priority ? t(`priority.${priority}`) : name;
}

/** The same numbers by team, inbox, person, kind, channel, priority or tag, in the order of names. */
export function GroupTable({ groups, question, onOpen }: { groups: Report['groups']; question: ReportQuestion; onOpen: (opened: Opened) => void }) {
  const { by } = question;
  // Cases with two tags: the list can be asked for one of them only.
  const canOpen = (group: Group) => by !== 'tag' || question.tag === undefined || question.tag === group.key;
  const narrowed = ({ key }: Group): NonNullable<Opened['narrowed']> => (key === null ? (by === 'tag' ? { untagged: 'true' } : { [by]: 'none' }) : { [by]: key });
  const number = (metric: MetricId, group: Group, value: number | null) => {
    const shown = formatMetric(metric, value);
    return value !== null && canOpen(group) ? <button type="button" className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ metric, narrowed: narrowed(group) })}>{shown}</button> : <span className="tabular-nums">{shown}</span>;
  };
  const columns: Column<Group>[] = [
    { id: 'name', header: t(`insights.by.${by}`), cell: (group) => <bdi className="font-medium">{nameOf(group, by)}</bdi> },
    ...COUNTED.map((key): Column<Group> => ({ id: key, header: wordsOf(key).name, align: 'end', isSecondary: key === 'sent' || key === 'reopened', cell: (group) => number(key, group, group[key]) })),
    { id: 'first', header: wordsOf('first_response').name, align: 'end', cell: (group) => number('first_response', group, group.firstResponseMedian) },
    { id: 'full', header: wordsOf('full_response').name, align: 'end', isSecondary: true, cell: (group) => number('full_response', group, group.fullResponseMedian) },
    { id: 'resolution', header: wordsOf('resolution').name, align: 'end', cell: (group) => number('resolution', group, group.resolutionMedian) },
  ];
  return <DataTable caption={t('insights.groups')} columns={columns} rows={groups} rowKey={(group) => group.key ?? ''} />;
}
