import type { CaseField, CaseRow, CaseSort, FieldValue, ViewColumn } from '@rapport/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { setOpenList } from '../cases/open-list.ts';
import { kindWord, promiseMark } from '../cases/properties/property-words.ts';
import { priorityLook, priorityWord, stateOf, statusLook, statusWord, subjectOf, tagTone } from '../cases/words.ts';
import { useCommand } from '../commands/registry.ts';
import type { listQuery } from '../data/cases.ts';
import { explain } from '../data/explain.ts';
import type { OwnView } from '../data/views.ts';
import { formatDate, formatFull, formatNumber, formatShort, formatSpan } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { DueChip } from '../service-levels/due-chip.tsx';
import { useNow } from '../ui/use-now.ts';
import { columnWord, fieldIdOf, fieldValueWord, isFieldColumn, type TableColumn } from './column-words.ts';
import { nextSort, wayOf } from './sorts.ts';

interface Props {
  view: OwnView;
  columns: readonly TableColumn[];
  sort: CaseSort;
  onSort: (sort: CaseSort) => void;
  /** The account's own fields. */
  fields: readonly CaseField[];
  query: ReturnType<typeof listQuery>;
  title: ReactNode;
  name: string;
  bar: ReactNode;
  tools: ReactNode;
  empty: ReactNode;
  onBack: (() => void) | undefined;
}

const quiet = (text: ReactNode) => <span className="whitespace-nowrap text-ink-2">{text}</span>;
const time = (at: string) => <time dateTime={at} title={formatFull(at)} className="whitespace-nowrap text-ink-2">{formatShort(at)}</time>;

function cellOf(column: ViewColumn, row: CaseRow, now: number): ReactNode {
  switch (column) {
    case 'number': return <bdi className="text-ink-3 tabular-nums">#{row.number}</bdi>;
    case 'customer': return <span className="flex min-w-0 items-center gap-2"><Avatar name={row.customer.name} size={22} /><bdi className="max-w-44 truncate">{row.customer.name}</bdi></span>;
    case 'subject': return <bdi className="block max-w-[28rem] min-w-40 truncate">{subjectOf(row)}</bdi>;
    case 'status': return <Badge tone={statusLook(stateOf(row)).tone} icon={statusLook(stateOf(row)).icon}>{statusWord(stateOf(row))}</Badge>;
    case 'priority': return row.priority === 'normal' ? quiet(priorityWord('normal')) : <Badge tone={priorityLook(row.priority).tone} icon={priorityLook(row.priority).icon}>{priorityWord(row.priority)}</Badge>;
    case 'kind': return quiet(kindWord(row.kind));
    case 'assignee': return row.assignee ? <bdi className="whitespace-nowrap">{row.assignee.name}</bdi> : <span className="whitespace-nowrap text-ink-3">{t('assign.nobody')}</span>;
    case 'team': return quiet(row.team?.name ?? '–');
    case 'tags': return <span className="flex gap-1">{row.tags.slice(0, 3).map((tag) => <Badge key={tag} tone={tagTone(tag)}>{tag}</Badge>)}{row.tags.length > 3 && quiet(`+${row.tags.length - 3}`)}</span>;
    case 'waiting': return row.waitingSince ? quiet(formatSpan(Math.max(60_000, now - Date.parse(row.waitingSince)))) : quiet('–');
    case 'due': return row.due ? <DueChip due={row.due} now={now} isAlways /> : quiet('–');
    case 'promise': return row.nextPromiseAt ? <span title={formatFull(row.nextPromiseAt)} className={promiseMark(row, now)?.isOverdue ? 'font-semibold text-clay' : 'text-ink-2'}>{promiseMark(row, now)?.text ?? formatDate(row.nextPromiseAt)}</span> : quiet('–');
    case 'activity': return time(row.lastActivityAt);
    case 'created': return time(row.createdAt);
    case 'messages': return quiet(formatNumber(row.messageCount));
  }
}

const isNumeric = (column: TableColumn, fields: readonly CaseField[]) => isFieldColumn(column) && fields.some(({ id, type }) => id === fieldIdOf(column) && (type === 'number' || type === 'money'));

function fieldCell(field: CaseField | undefined, value: FieldValue | undefined): ReactNode {
  if (!field || value === undefined) return quiet('–');
  return <bdi className="block max-w-60 truncate text-ink-2 tabular-nums">{fieldValueWord(field, value)}</bdi>;
}

/** A view as a table, over the whole width. A case opens beside the list. */
export function OwnTable({ view, columns, fields, sort, onSort, query: asked, title, name, bar, tools, empty, onBack }: Props) {
  const query = useInfiniteQuery(asked);
  const now = useNow(60_000);
  const end = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const values = useMemo(() => new Map(query.data?.pages.flatMap((page) => Object.entries(page.fieldValues ?? {})) ?? []), [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => setOpenList(rows), [rows]);
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return undefined;
    // Made anew after each page, so that a short page that leaves the end in sight asks for the next.
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && void fetchNextPage(), { rootMargin: '600px' });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length]);
  const step = (by: 1 | -1) => () => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    links[Math.min(links.length - 1, Math.max(0, links.indexOf(document.activeElement as HTMLElement) + by))]?.focus();
  };
  useCommand('list.next', step(1));
  useCommand('list.previous', step(-1));
  const sorting = (column: TableColumn): Pick<Column<CaseRow>, 'sorted' | 'onSort'> => {
    const next = nextSort(column, sort);
    return next === undefined ? {} : { sorted: wayOf(column, sort), onSort: () => onSort(next) };
  };
  // Whatever stands first leads to the case.
  const shown: Column<CaseRow>[] = columns.map((column, index) => ({
    id: column, header: columnWord(column, fields), align: column === 'messages' || isNumeric(column, fields) ? 'end' : 'start', ...sorting(column),
    cell: (row) => {
      const isLead = column === 'subject' || (index === 0 && !columns.includes('subject'));
      const cell = isFieldColumn(column) ? fieldCell(fields.find(({ id }) => id === fieldIdOf(column)), values.get(row.id)?.[fieldIdOf(column)]) : cellOf(column, row, now);
      if (!isLead) return cell;
      return <Link to="/cases/$view/$number" params={{ view, number: String(row.number) }} data-row="" className={`flex items-center gap-2 rounded-sm hover:underline ${row.isUnread ? 'font-bold' : 'font-medium'}`}>{row.isUnread && <span className="size-2 shrink-0 rounded-full bg-accent"><span className="sr-only">{t('row.unread')} </span></span>}{cell}</Link>;
    },
  }));
  return (
    <section aria-label={name} className="flex h-full min-w-0 grow flex-col bg-surface">
      <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2">
        {onBack && <IconButton icon="chevron-left" size={40} label={t('view.all')} onClick={onBack} />}
        <h2 className="min-w-0 truncate text-md font-semibold">{title}</h2>
        <span className="ms-1 text-sm text-ink-3">{query.isSuccess && `${formatNumber(rows.length)}${hasNextPage ? '+' : ''}`}</span>
        <span className="grow" />
        {tools}
      </header>
      {bar}
      <div ref={body} aria-busy={query.isFetching} className="min-h-0 grow overflow-y-auto bg-canvas p-4">
        {query.isPending && <div className="flex flex-col gap-3 p-4">{Array.from({ length: 8 }, (_, index) => <Skeleton key={index} className="h-4 w-full" />)}</div>}
        {query.isError && <EmptyState icon="cloud-off" tone="clay" title={t('list.failed')} action={<Button icon="rotate-ccw" onClick={() => void query.refetch()}>{t('page.reload')}</Button>}>{explain(query.error)}</EmptyState>}
        {query.isSuccess && rows.length === 0 && !hasNextPage && empty}
        {rows.length > 0 && <DataTable caption={t('views.table')} columns={shown} rows={rows} rowKey={(row) => row.id} />}
        <div ref={end} className="grid h-10 place-items-center">{isFetchingNextPage && <Icon name="loader-circle" className="text-ink-3 motion-safe:animate-spin" />}</div>
      </div>
    </section>
  );
}
