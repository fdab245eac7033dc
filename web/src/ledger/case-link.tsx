import type { LedgerRow } from '@rapport/contract';
import { Link } from '@tanstack/react-router';
import { t } from '../i18n/index.ts';
import { caseAddress } from '../data/case-address.ts';
import { classes } from '../ui/classes.ts';

/** The case a message belongs to; a dash when it belongs to none. */
export function CaseLink({ row, className = '' }: { row: LedgerRow; className?: string }) {
  if (row.caseNumber === null) return <span className="text-ink-3">–</span>;
  return <Link to={caseAddress(row.caseNumber)} aria-label={t('ledger.openCase', { number: row.caseNumber })} className={classes('font-medium text-accent underline-offset-2 hover:underline', className)}><bdi>#{row.caseNumber}</bdi></Link>;
}
