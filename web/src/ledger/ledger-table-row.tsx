import type { LedgerRow } from '@rapport/contract';
import { formatBytes, formatClock, formatDate, formatFull, daysAgo } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { Badge } from '../ui/badge.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { CaseLink } from './case-link.tsx';
import { fateOf, needsAttention } from './ledger-words.ts';

const cell = 'px-3 py-2 align-top';

export function LedgerTableRow({ row, onOpen }: { row: LedgerRow; onOpen: () => void }) {
  const { look, words } = fateOf(row);
  const isIn = row.direction === 'in';
  const isLoud = needsAttention(row);
  return (
    <tr className={classes('relative border-b border-line last:border-b-0 hover:bg-hover', isLoud && (look.tone === 'clay' ? 'bg-clay-soft/60' : 'bg-honey-soft/70'))}>
      <td className={classes(cell, 'whitespace-nowrap')}>
        <time dateTime={row.at} title={formatFull(row.at)}>{formatClock(row.at)}</time>
        {daysAgo(row.at) > 0 && <span className="block text-sm text-ink-3">{formatDate(row.at)}</span>}
      </td>
      <td className={cell}>
        <span className="flex min-w-0 items-center gap-1.5">
          <Icon name={isIn ? 'arrow-down' : 'arrow-up'} size={14} className={isIn ? 'text-accent' : 'text-ink-3'} />
          <span className="sr-only">{t(isIn ? 'ledger.in' : 'ledger.out')}</span>
          <bdi className="truncate">{isIn ? row.sender : row.recipient}</bdi>
        </span>
        <span className="block truncate ps-5 text-sm text-ink-3">{isIn ? t('ledger.to', { address: row.recipient }) : t('ledger.from', { address: row.sender })}{row.door && ` · ${t(`ledger.door.${row.door}`)}`}</span>
      </td>
      <td className={cell}>
        <button type="button" onClick={onOpen} dir="auto" className="block max-w-full truncate text-start font-medium after:absolute after:inset-0">{row.subject || t('ledger.noSubject')}</button>
        {row.reason && <span className={classes('block text-sm text-pretty', isLoud ? (look.tone === 'clay' ? 'text-clay' : 'text-honey') : 'text-ink-3')}>{reasonWords(row.reason)}</span>}
      </td>
      <td className={cell}><Badge tone={look.tone} icon={look.icon}>{words}</Badge></td>
      <td className={classes(cell, 'text-end')}><CaseLink row={row} className="relative" /></td>
      <td className={classes(cell, 'text-end whitespace-nowrap text-ink-3')}>{formatBytes(row.bytes)}</td>
    </tr>
  );
}
