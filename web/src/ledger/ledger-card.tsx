import type { LedgerRow } from '@rapport/contract';
import { formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { reasonWords } from '../i18n/reason-words.ts';
import { Badge } from '../ui/badge.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { CaseLink } from './case-link.tsx';
import { fateOf, needsAttention } from './ledger-words.ts';

/** One message on a phone. */
export function LedgerCard({ row, onOpen }: { row: LedgerRow; onOpen: () => void }) {
  const { look, words } = fateOf(row);
  const isIn = row.direction === 'in';
  const isLoud = needsAttention(row);
  return (
    <li className={classes('relative flex flex-col gap-1 px-3.5 py-3 first:rounded-t-lg last:rounded-b-lg', isLoud && (look.tone === 'clay' ? 'bg-clay-soft/60' : 'bg-honey-soft/70'))}>
      <p className="flex items-center gap-1.5 text-sm text-ink-3">
        <Icon name={isIn ? 'arrow-down' : 'arrow-up'} size={14} className={isIn ? 'text-accent' : ''} />
        <span className="sr-only">{t(isIn ? 'ledger.in' : 'ledger.out')}</span>
        <bdi className="min-w-0 grow truncate">{isIn ? row.sender : row.recipient}</bdi>
        <time dateTime={row.at} title={formatFull(row.at)}>{formatShort(row.at)}</time>
      </p>
      <button type="button" onClick={onOpen} dir="auto" className="text-start font-medium after:absolute after:inset-0">{row.subject || t('ledger.noSubject')}</button>
      {row.reason && <p className={classes('text-sm', isLoud ? (look.tone === 'clay' ? 'text-clay' : 'text-honey') : 'text-ink-3')}>{reasonWords(row.reason)}</p>}
      <p className="mt-0.5 flex items-center justify-between gap-2"><Badge tone={look.tone} icon={look.icon}>{words}</Badge><CaseLink row={row} className="relative" /></p>
    </li>
  );
}
