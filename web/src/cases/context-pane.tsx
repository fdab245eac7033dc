import type { CaseDetail, CaseRow, Customer } from '@rapport/contract';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo, useState, type ReactNode } from 'react';
import { LanguageLine } from '../automation/language-line.tsx';
import { isProblem, client } from '../data/client.ts';
import { customerCasesQuery, customerQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import { identityIcon, identityWord } from '../customers/identity-word.ts';
import { t } from '../i18n/index.ts';
import { formatDate, formatFull, formatShort } from '../i18n/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { LinksPart } from './moving/lazily.tsx';
import { FieldsPart } from './properties/fields-part.tsx';
import { FollowersPart } from './properties/followers-part.tsx';
import { PromisesPart } from './properties/promises-part.tsx';
import { toneInk } from './tone-ink.ts';
import { stateOf, statusLook, statusWord, subjectOf } from './words.ts';

function Part({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3.5">
      <header className="mb-1.5 flex min-h-6 items-center justify-between"><h3 className="text-sm font-semibold">{title}</h3>{action}</header>
      {children}
    </section>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text);
  showToast(t('done.copied', { what: text }), { icon: 'copy', ms: 2500 });
}

function Identities({ customer }: { customer: Customer }) {
  return (
    <ul className="flex flex-col">
      {customer.identities.map((one) => (
        <li key={one.id} className="group flex min-h-7 items-center gap-2 text-sm">
          <Icon name={identityIcon[one.kind]} size={14} className="text-ink-3" />
          <bdi className="min-w-0 truncate" title={identityWord(one)}>{identityWord(one)}</bdi>
          {one.isVerified && <span title={t('customer.verified')} className="text-moss"><Icon name="badge-check" size={14} /><span className="sr-only">{t('customer.verified')}</span></span>}
          <span className="grow" />
          {one.kind !== 'visitor' && <IconButton icon="copy" size={24} label={t('customer.copy', { what: one.value })} onClick={() => void copy(one.value)} className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-100" />}
        </li>
      ))}
    </ul>
  );
}

function CustomerNote({ customer }: { customer: Customer }) {
  const canEdit = useCan('customer.edit');
  const cache = useQueryClient();
  const [text, setText] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const saved = await client.customers.update({ params: { customerId: customer.id }, body: { version: customer.version, note: text ?? '' } });
      cache.setQueryData(customerQuery(customer.id).queryKey, saved);
      setText(undefined);
    } catch (error) {
      showTrouble(explain(error));
      if (isProblem(error, 'changed_meanwhile')) void cache.invalidateQueries({ queryKey: customerQuery(customer.id).queryKey });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Part title={t('customer.note')} action={canEdit && text === undefined && <IconButton icon="pencil" size={24} label={t('customer.editNote')} onClick={() => setText(customer.note)} />}>
      {text === undefined ? (
        customer.note ? <p dir="auto" className="text-sm break-words whitespace-pre-wrap text-ink-2">{customer.note}</p> : <p className="text-sm text-ink-3">{t('customer.noNote')}</p>
      ) : (
        <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <textarea dir="auto" autoFocus value={text} onChange={(event) => setText(event.target.value)} maxLength={5000} aria-label={t('customer.note')} className="field-sizing-content min-h-16 w-full resize-none rounded-md border border-line-strong/60 bg-raised px-2.5 py-2 text-sm" />
          <div className="flex justify-end gap-2"><Button size="sm" tone="quiet" onClick={() => setText(undefined)}>{t('ui.cancel')}</Button><Button size="sm" tone="primary" type="submit" isBusy={isBusy}>{t('ui.save')}</Button></div>
        </form>
      )}
    </Part>
  );
}

function CaseLink({ row, isCurrent }: { row: CaseRow; isCurrent: boolean }) {
  const state = stateOf(row);
  const look = statusLook(state);
  return (
    <li>
      <Link
        to="/cases/$view/$number" params={{ view: row.shelf === 'open' ? 'open' : row.shelf, number: String(row.number) }} aria-current={isCurrent ? 'true' : undefined}
        className={classes('-mx-2 flex gap-2 rounded-md px-2 py-1.5 hover:bg-hover', isCurrent && 'bg-hover')}
      >
        <span title={statusWord(state)} className={classes('pt-0.5', toneInk(look.tone))}><Icon name={look.icon} size={14} /><span className="sr-only">{statusWord(state)}</span></span>
        <span className="min-w-0 grow">
          <span dir="auto" className="align-frame line-clamp-2 text-sm">{subjectOf(row)}</span>
          <span className="text-xs text-ink-3"><bdi>#{row.number}</bdi> · <time dateTime={row.lastActivityAt} title={formatFull(row.lastActivityAt)}>{formatShort(row.lastActivityAt)}</time></span>
        </span>
      </Link>
    </li>
  );
}

const FEW = 6;

function CustomerCases({ rows, total, currentId, more }: { rows: readonly CaseRow[]; total: number; currentId: string; /** Loads further ones; nothing when all are there. */ more: (() => void) | undefined }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? rows : rows.slice(0, FEW);
  return (
    <>
      <ul>{shown.map((one) => <CaseLink key={one.id} row={one} isCurrent={one.id === currentId} />)}</ul>
      {rows.length > shown.length && <Button size="sm" tone="quiet" className="-mx-2 mt-1" onClick={() => setAll(true)}>{t('customer.allCases', { count: total })}</Button>}
      {isAll && more && <Button size="sm" tone="quiet" className="-mx-2 mt-1" onClick={more}>{t('search.more')}</Button>}
    </>
  );
}

function CaseFacts({ row, inbox }: { row: CaseRow; inbox: { name: string; address: string } | undefined }) {
  return (
    <Part title={t('customer.case')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-ink-3">{t('customer.number')}</dt><dd><bdi>#{row.number}</bdi></dd>
        <dt className="text-ink-3">{t('customer.inbox')}</dt><dd className="min-w-0 truncate" title={inbox?.address}>{inbox?.name ?? '–'}</dd>
        <dt className="text-ink-3">{t('customer.created')}</dt><dd><time dateTime={row.createdAt} title={formatFull(row.createdAt)}>{formatDate(row.createdAt)}</time></dd>
        {row.waitingSince && <><dt className="text-ink-3">{t('customer.waiting')}</dt><dd><time dateTime={row.waitingSince}>{formatFull(row.waitingSince)}</time></dd></>}
      </dl>
    </Part>
  );
}

/** Whom the case is about: the person, how to reach them, and everything else they wrote to us about. */
export const ContextPane = memo(function ContextPane({ row, detail }: { row: CaseRow; detail: CaseDetail | undefined }) {
  // They come with the case.
  const isThere = detail !== undefined;
  const customer = useQuery({ ...customerQuery(row.customer.id), enabled: isThere }).data;
  const casesQuery = useInfiniteQuery({ ...customerCasesQuery(row.customer.id), enabled: isThere });
  const cases = casesQuery.data;
  const inbox = useQuery(inboxesQuery).data?.find((one) => one.id === row.inboxId);
  const others = detail?.participants.filter((one) => !one.isCustomer) ?? [];
  return (
    <aside aria-label={t('customer.pane')} aria-busy={!customer || !cases} className="flex h-full w-full shrink-0 flex-col overflow-y-auto bg-surface md:w-71 md:border-s md:border-line">
      <header className="flex items-center gap-3 px-4 py-4">
        <Avatar name={row.customer.name} size={44} />
        <div className="min-w-0">
          <h2 dir="auto" className="align-frame text-md leading-snug font-semibold break-words"><Link to="/customers/$customerId" params={{ customerId: row.customer.id }} title={t('customers.open')} className="hover:underline">{row.customer.name}</Link></h2>
          <p className="flex h-5 items-center text-sm text-ink-3">{customer ? t('customer.since', { date: formatDate(customer.createdAt) }) : <Skeleton className="h-3 w-28" />}</p>
        </div>
      </header>
      {/* All at once: three answers that come one after the other would push each other about. */}
      {customer && cases && detail ? (
        <>
          <div className="px-4 pb-3">
            <Identities customer={customer} />
            <LanguageLine customer={customer} caseId={row.id} />
          </div>
          <CustomerNote key={customer.id} customer={customer} />
          {others.length > 0 && (
            <Part title={t('customer.others')}>
              <ul>{others.map((one) => <li key={one.address} className="flex min-h-7 items-center gap-2 text-sm"><Avatar name={one.name ?? one.address} size={18} /><bdi className="min-w-0 truncate" title={one.address}>{one.name ?? one.address}</bdi></li>)}</ul>
            </Part>
          )}
          <Part title={t('customer.cases', { count: customer.caseCount })}>
            <CustomerCases key={customer.id} rows={cases.pages.flatMap((page) => page.items)} total={customer.caseCount} currentId={row.id} more={casesQuery.hasNextPage ? () => void casesQuery.fetchNextPage() : undefined} />
          </Part>
          <LinksPart row={row} />
          <FieldsPart detail={detail} />
          <PromisesPart key={`promises ${detail.id}`} detail={detail} />
          <FollowersPart detail={detail} />
          <CaseFacts row={row} inbox={inbox} />
        </>
      ) : (
        <div className="flex flex-col gap-4 px-4"><Skeleton className="h-3 w-44" /><Skeleton className="h-3 w-24" /><Skeleton className="mt-6 h-3 w-32" /><Skeleton className="h-3 w-full" /><Skeleton className="h-3 w-2/3" /></div>
      )}
    </aside>
  );
});
