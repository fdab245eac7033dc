import type { CaseRow } from '@rapport/contract';
import { Link } from '@tanstack/react-router';
import { stateOf, statusLook, statusWord, subjectOf } from '../cases/words.ts';
import { formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';

/** Cases of a person or company, one under the other. */
export function CaseLines({ rows, hasNames = false }: { rows: readonly CaseRow[]; hasNames?: boolean }) {
  if (rows.length === 0) return <p className="text-ink-3">{t('customers.noCases')}</p>;
  return (
    <ul className="-my-2 divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to="/cases/$view/$number" params={{ view: row.shelf, number: String(row.number) }} className="-mx-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-2 py-2 hover:bg-hover">
            <span dir="auto" className="align-frame min-w-0 grow basis-48 truncate">{subjectOf(row)}</span>
            {hasNames && <bdi className="text-sm text-ink-2">{row.customer.name}</bdi>}
            <Badge tone={statusLook(stateOf(row)).tone} icon={statusLook(stateOf(row)).icon}>{statusWord(stateOf(row))}</Badge>
            <span className="text-sm text-ink-3"><bdi>#{row.number}</bdi> · <time dateTime={row.lastActivityAt} title={formatFull(row.lastActivityAt)}>{formatShort(row.lastActivityAt)}</time></span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
