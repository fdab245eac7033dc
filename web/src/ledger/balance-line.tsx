import { Link } from '@tanstack/react-router';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { classes } from '../ui/classes.ts';
import type { Look } from './ledger-words.ts';
import type { LedgerFilter } from './filter.ts';

interface Part {
  id: string;
  count: number;
  words: string;
  look: Look;
  filter: LedgerFilter;
  isActive: boolean;
}

interface Props {
  title: string;
  total: number;
  all: LedgerFilter;
  isAllActive: boolean;
  parts: readonly Part[];
}

const linkLook = 'inline-flex items-baseline gap-1.5 rounded-md px-1.5 py-1 hover:bg-hover aria-current:bg-press';

/**
 * One sum: the bar shows the shares, the line below says them as an addition that anybody can check. Every part has at least a sliver of the bar, or the one mail that
 * matters would be too thin to see among ten thousand.
 */
export function BalanceLine({ title, total, all, isAllActive, parts }: Props) {
  const present = parts.filter((part) => part.count > 0);
  return (
    <div className="px-4 py-4 md:px-5">
      <div aria-hidden="true" className="mb-3 flex h-3 gap-px overflow-hidden rounded-full bg-hover">
        {present.map((part) => <span key={part.id} className={classes('min-w-1.5 transition-opacity duration-140', part.look.bar, present.some((other) => other.isActive) && !part.isActive && 'opacity-35')} style={{ flexGrow: part.count }} />)}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-1 gap-y-0.5">
        <Link to="/ledger" search={all} aria-current={isAllActive || undefined} className={classes(linkLook, '-ms-1.5')}>
          <span className="text-lg font-semibold">{formatNumber(total)}</span> <span className="font-medium">{title}</span>
        </Link>
        {parts.map((part, index) => (
          <span key={part.id} className="inline-flex items-baseline gap-x-1">
            <span aria-hidden="true" className="text-ink-3">{index === 0 ? '=' : '+'}</span>
            <Link to="/ledger" search={part.filter} aria-current={part.isActive || undefined} className={classes(linkLook, part.count === 0 && 'text-ink-3')} title={t(`ledger.about.${part.id}` as 'ledger.about.new_case')}>
              <span aria-hidden="true" className={classes('size-2 self-center rounded-full', part.count === 0 ? 'bg-line' : part.look.bar)} />
              <span className={part.count === 0 ? '' : 'font-semibold'}>{formatNumber(part.count)}</span> <span className={part.count === 0 ? '' : 'text-ink-2'}>{part.words}</span>
            </Link>
          </span>
        ))}
      </div>
    </div>
  );
}
