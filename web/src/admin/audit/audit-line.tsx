import { formatClock, formatFull } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { classes } from '../../ui/classes.ts';
import { AuditSentence } from './audit-sentence.tsx';
import { detailWords } from './audit-details.ts';
import type { AuditRecord } from './audit-words.ts';

const row = 'flex items-center gap-3 px-4 py-2.5';

function Deed({ record, hasMore }: { record: AuditRecord; hasMore: boolean }) {
  return (
    <>
      <Avatar name={record.actor} size={26} />
      <p className="min-w-0 grow text-pretty break-words"><AuditSentence record={record} /></p>
      {record.address && <bdi className="shrink-0 text-sm text-ink-3 max-md:hidden">{record.address}</bdi>}
      <time dateTime={record.at} title={formatFull(record.at)} className="w-16 shrink-0 text-end text-sm text-ink-3">{formatClock(record.at)}</time>
      <Icon name="chevron-down" size={14} className={classes('shrink-0 text-ink-3 transition-transform duration-120 group-open:rotate-180', !hasMore && 'invisible')} />
    </>
  );
}

/** Who did what, whom to, when and from where; a click shows what else was written down. */
export function AuditLine({ record }: { record: AuditRecord }) {
  const detail = detailWords(record.detail);
  if (detail.length === 0) return <li className={row}><Deed record={record} hasMore={false} /></li>;
  return (
    <li>
      <details className="group">
        <summary className={classes(row, 'cursor-default select-none hover:bg-hover [&::-webkit-details-marker]:hidden')}><Deed record={record} hasMore /></summary>
        <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 px-4 pb-3 text-sm md:ps-13.5">{detail.map(([name, value]) => <div key={name} className="contents"><dt className="text-ink-3">{name}</dt><dd className="break-words text-ink-2"><bdi>{value}</bdi></dd></div>)}</dl>
      </details>
    </li>
  );
}
