import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  align?: 'start' | 'end';
  /** Dropped first when the window is narrow. */
  isSecondary?: boolean;
  className?: string;
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

/** A real table with a head that stays in sight. It scrolls within its own frame, never the page sideways. */
export function DataTable<Row>({ caption, columns, rows, rowKey, footer }: Props<Row>) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="region" aria-label={caption}>
      <table className="w-full border-collapse text-base">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-1 bg-surface">
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th key={column.id} scope="col" className={classes('h-9 px-3 text-sm font-medium whitespace-nowrap text-ink-3', column.align === 'end' ? 'text-end' : 'text-start', column.isSecondary && 'max-lg:hidden')}>{column.header}</th>
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
