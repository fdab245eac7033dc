import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Dropped first when the window is narrow. */
  isSecondary?: boolean;
  className?: string;
  /** Which way the rows are ordered by it now. */
  sorted?: 'asc' | 'desc' | undefined;
  /** Its heading is a button that orders the rows by it. */
  onSort?: () => void;
}

interface Props<Row> {
  /** Read out as the table's name. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Below the last row: a "load more" button, a skeleton. */
  footer?: ReactNode;
}

/** The arrow shows which way the rows go; without an order by this column it shows under the pointer what would come. */
function SortButton<Row>({ column: { header, align, sorted, onSort } }: { column: Column<Row> }) {
  return (
    <button type="button" onClick={onSort} className={classes('group -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 hover:bg-hover hover:text-ink', sorted && 'text-ink', align === 'end' && 'flex-row-reverse')}>
      {header}
      <Icon name={sorted === 'desc' ? 'arrow-down' : 'arrow-up'} size={13} className={classes('shrink-0', sorted ? 'text-accent' : 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60')} />
    </button>
  );
}

/** A real table with a head that stays in sight. It scrolls within its own frame, never the page sideways. */
export function DataTable<Row>({ caption, columns, rows, rowKey, footer }: Props<Row>) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-base">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-1 bg-surface">
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th key={column.id} scope="col" {...(column.onSort ? { 'aria-sort': column.sorted === 'asc' ? 'ascending' : column.sorted === 'desc' ? 'descending' : 'none' } : {})} className={classes('h-9 px-3 text-sm font-medium whitespace-nowrap text-ink-3', column.align === 'end' ? 'text-end' : 'text-start', column.isSecondary && 'max-lg:hidden')}>{column.onSort ? <SortButton column={column} /> : column.header}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-b-0 hover:bg-hover">
              {columns.map((column) => <td key={column.id} className={classes('px-3 py-2.5', column.align === 'end' && 'text-end', column.isSecondary && 'max-lg:hidden', column.className)}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      {footer}
    </div>
  );
}
