import { mostSorted, viewColumns, type CaseField, type CaseSort } from '@rapport/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { CaseList } from '../cases/case-list.tsx';
import { caseFieldsQuery } from '../data/case-properties.ts';
import type { listQuery } from '../data/cases.ts';
import { filteredQuery } from '../data/view-queries.ts';
import type { OwnView } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton, iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Picker } from '../ui/picker.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { BrokenView } from './broken-view.tsx';
import { columnOfField, columnWord, fieldIdOf, isFieldColumn, type TableColumn } from './column-words.ts';
import { FilterBar } from './filter-bar.tsx';
import { OwnTable } from './own-table.tsx';
import { SaveBar } from './save-bar.tsx';
import { sortWord } from './sort-words.ts';
import { offeredSorts } from './sorts.ts';
import { useOwnView, type OwnViewState } from './use-own-view.ts';
import { ViewFace } from './view-face.tsx';

/** The order, the look and, for a table, the columns. */
function Tools({ state, fields, hasTable }: { state: OwnViewState; fields: readonly CaseField[]; hasTable: boolean }) {
  const [open, setOpen] = useState<'sort' | 'columns'>();
  const { content, change } = state;
  const picker = (what: 'sort' | 'columns') => ({ isOpen: open === what, onOpenChange: (isOpen: boolean) => setOpen(isOpen ? what : undefined) });
  const trigger = (icon: 'arrow-up-down' | 'columns-3', label: string) => <button type="button" aria-label={label} data-tip={label} className={`${iconButtonLook} size-8`}><Icon name={icon} /></button>;
  // One that is retired or gone can still be taken away.
  const offered = [...new Set<TableColumn>([...viewColumns, ...fields.filter((field) => !field.isRetired).map(columnOfField), ...content.columns])];
  const toggle = (column: TableColumn) => {
    const columns = content.columns.includes(column) ? content.columns.filter((one) => one !== column) : [...content.columns, column];
    if (columns.length > 0 && columns.length <= 30 && columns.filter(isFieldColumn).length <= 20) change({ columns });
  };
  return (
    <>
      <Picker {...picker('sort')} trigger={trigger('arrow-up-down', t('views.sort'))} label={t('views.sort')} placeholder={t('views.sort')} options={offeredSorts(content.sort).map((sort) => ({ id: sort, label: sortWord(sort, fields), isChosen: sort === content.sort }))} onPick={(sort) => change({ sort: sort as CaseSort })} />
      {hasTable && content.layout === 'table' && <Picker {...picker('columns')} isMany trigger={trigger('columns-3', t('views.columns'))} label={t('views.columns')} placeholder={t('views.columns')} options={offered.map((column) => ({ id: column, label: columnWord(column, fields), isChosen: content.columns.includes(column) }))} onPick={(column) => toggle(column as TableColumn)} />}
      {hasTable && <IconButton icon={content.layout === 'table' ? 'list' : 'table'} label={t(content.layout === 'table' ? 'views.asList' : 'views.asTable')} onClick={() => change({ layout: content.layout === 'table' ? 'list' : 'table' })} />}
    </>
  );
}

/** Says so when there are more cases than can be put in the order that was asked for. */
function PartlySorted({ query: asked }: { query: ReturnType<typeof listQuery> }) {
  const query = useInfiniteQuery(asked);
  if (!query.data?.pages[0]?.isPartlySorted) return null;
  return <p role="status" className="flex basis-full items-center gap-1.5 text-sm text-honey"><Icon name="info" size={14} className="shrink-0" />{t('views.partlySorted', { count: mostSorted })}</p>;
}

interface Props {
  view: OwnView;
  openId: string | undefined;
  /** No case is open: then a table has the room. */
  isAlone: boolean;
  onBack: (() => void) | undefined;
  beside: ReactNode;
}

/** A list that people made, or are about to: its filter, its cases, and what stands beside it. */
export function OwnViewList({ view, openId, isAlone, onBack, beside }: Props) {
  const state = useOwnView(view);
  const isPhone = useIsPhone();
  const fields = useQuery(caseFieldsQuery).data ?? [];
  if (state === 'pending') return <div aria-busy="true" className="flex h-full grow flex-col gap-3 bg-surface p-6"><Skeleton className="h-4 w-1/3" /><Skeleton className="h-3 w-1/4" /></div>;
  if (state === 'gone') return <><div className="grid h-full w-full shrink-0 place-items-center bg-surface md:w-[320px] md:border-e md:border-line"><EmptyState icon="search-x" title={t('views.goneTitle')} action={<Link to="/cases/$view" params={{ view: 'open' }} className={buttonLook()}>{t('empty.toOpen')}</Link>}>{t('views.goneHint')}</EmptyState></div>{beside}</>;
  const { content, saved } = state;
  const title = <span className="flex min-w-0 items-center gap-2">{saved && <ViewFace view={saved} />}<bdi className="truncate">{saved?.name ?? t('views.unsaved')}</bdi></span>;
  const isTable = content.layout === 'table' && isAlone && !isPhone;
  const query = filteredQuery(content.filter, content.sort, isTable ? content.columns.filter(isFieldColumn).map(fieldIdOf).join(',') : '');
  const bar = <FilterBar filter={content.filter} onChange={(filter) => state.change({ filter })}><SaveBar state={state} /><PartlySorted query={query} /></FilterBar>;
  const empty = <EmptyState icon="list-filter" title={t('views.empty')} action={Object.keys(content.filter).length > 0 && <Button icon="x" onClick={() => state.change({ filter: {} })}>{t('views.clear')}</Button>}>{t('views.emptyHint')}</EmptyState>;
  const tools = <Tools state={state} fields={fields} hasTable={!isPhone} />;
  if (saved && !state.isUnsaved && saved.missing.length > 0) {
    return (
      <>
        <section aria-label={saved.name} className="flex h-full w-full min-w-0 shrink-0 flex-col bg-surface md:w-[min(var(--list-width,20rem),48%)] md:border-e md:border-line">
          <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2 max-md:ps-1.5">{onBack && <IconButton icon="chevron-left" size={40} label={t('view.all')} onClick={onBack} />}<h2 className="min-w-0 truncate text-md font-semibold">{title}</h2></header>
          {bar}
          <BrokenView view={saved} />
        </section>
        {beside}
      </>
    );
  }
  if (isTable) return <OwnTable key={saved?.id ?? 'unsaved'} view={view} columns={content.columns} fields={fields} sort={content.sort} onSort={(sort) => state.change({ sort })} query={query} title={title} name={saved?.name ?? t('views.unsaved')} bar={bar} tools={tools} empty={empty} onBack={onBack} />;
  return (
    <>
      <CaseList key={saved?.id ?? 'unsaved'} view={view} openId={openId} onBack={onBack} own={{ query, title, bar, tools, empty, whole: { by: 'filter', filter: content.filter } }} />
      {beside}
    </>
  );
}

