import type { Report } from '@rapport/contract';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import type { ReportQuestion } from './filter.ts';
import { formatMetric, wordsOf } from './metric-words.ts';
import type { Opened } from './queries.ts';

type Group = Report['groups'][number];
const COUNTED = ['created', 'received', 'sent', 'resolved', 'reopened'] as const;
const kinds = ['question', 'request', 'problem', 'complaint', 'dispute', 'feedback'];

/** The same numbers by team, inbox, person, kind, channel or tag, in the order of names. */
export function GroupTable({ groups, by, onOpen }: { groups: Report['groups']; by: ReportQuestion['by']; onOpen: (opened: Opened) => void }) {
  const canOpen = (group: Group) => group.key !== null || by === 'team' || by === 'agent';
  const nameOf = (group: Group) => (group.name === null ? t('insights.none') : by === 'kind' && kinds.includes(group.name) ? t(`kind.${group.name}` as 'kind.question') : group.name);
  const columns: Column<Group>[] = [
    { id: 'name', header: t(`insights.by.${by}`), cell: (group) => <bdi className="font-medium">{nameOf(group)}</bdi> },
    ...COUNTED.map((key): Column<Group> => ({
      id: key, header: wordsOf(key).name, align: 'end', isSecondary: key === 'sent' || key === 'reopened',
      cell: (group) => (canOpen(group) ? <button type="button" className="tabular-nums hover:text-accent hover:underline" onClick={() => onOpen({ metric: key, count: group[key], narrowed: { [by]: group.key ?? 'none' } })}>{formatNumber(group[key])}</button> : <span className="tabular-nums">{formatNumber(group[key])}</span>),
    })),
    { id: 'first', header: wordsOf('first_response').name, align: 'end', cell: (group) => formatMetric('first_response', group.firstResponseMedian), className: 'tabular-nums' },
    { id: 'resolution', header: wordsOf('resolution').name, align: 'end', cell: (group) => formatMetric('resolution', group.resolutionMedian), className: 'tabular-nums' },
  ];
  return <DataTable caption={t('insights.groups')} columns={columns} rows={groups} rowKey={(group) => group.key ?? ''} />;
}
