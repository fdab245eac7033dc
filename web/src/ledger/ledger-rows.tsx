import type { LedgerRow } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { useHasRoomForViews } from '../ui/use-media.ts';
import { LedgerCard } from './ledger-card.tsx';
import { LedgerTableRow } from './ledger-table-row.tsx';

const head = 'h-9 px-3 text-sm font-medium whitespace-nowrap text-ink-3';

/** The messages as a table, or one under the other where a table has no room. */
export function LedgerRows({ rows, onOpen }: { rows: readonly LedgerRow[]; onOpen: (row: LedgerRow) => void }) {
  const hasRoom = useHasRoomForViews();
  if (!hasRoom) return <ul aria-label={t('ledger.messages')} className="divide-y divide-line rounded-lg border border-line bg-surface">{rows.map((row) => <LedgerCard key={row.id} row={row} onOpen={() => onOpen(row)} />)}</ul>;
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="region" aria-label={t('ledger.messages')}>
      <table className="w-full table-fixed border-collapse">
        <caption className="sr-only">{t('ledger.messages')}</caption>
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={`${head} w-28 text-start`}>{t('ledger.time')}</th>
            <th scope="col" className={`${head} w-[30%] text-start`}>{t('ledger.who')}</th>
            <th scope="col" className={`${head} text-start`}>{t('ledger.subject')}</th>
            <th scope="col" className={`${head} w-40 text-start`}>{t('ledger.fate')}</th>
            <th scope="col" className={`${head} w-20 text-end`}>{t('ledger.case')}</th>
            <th scope="col" className={`${head} w-22 text-end`}>{t('ledger.size')}</th>
          </tr>
        </thead>
        <tbody>{rows.map((row) => <LedgerTableRow key={row.id} row={row} onOpen={() => onOpen(row)} />)}</tbody>
      </table>
    </div>
  );
}
