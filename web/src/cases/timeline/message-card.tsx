import { channelTraits, type MessageEntry } from '@rapport/contract';
import { memo, Suspense, useState } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { t } from '../../i18n/index.ts';
import { formatClock, formatFull } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { useCan } from '../../data/session.ts';
import { wishForward } from '../composer/forward-wish.ts';
import { SplitOffer } from '../moving/split-offer.tsx';
import { Attachments } from './attachments.tsx';
import { DeliveryMark } from './delivery-mark.tsx';
import { MailNotices } from './mail-facts.tsx';
import { HtmlBody } from './html-body.tsx';
import { PlainBody } from './plain-body.tsx';

const MailParts = lazyPart(async () => (await import('./mail-parts.tsx')).MailParts);
const SentDialog = lazyPart(async () => (await import('./sent-dialog.tsx')).SentDialog);

const nameOf = (one: { address: string; name: string | null }) => one.name || one.address;
const fullOf = (one: { address: string; name: string | null }) => (one.name ? `${one.name} <${one.address}>` : one.address);

function Recipients({ entry }: { entry: MessageEntry }) {
  const [isOpen, setOpen] = useState(false);
  const [isSentOpen, setSentOpen] = useState(false);
  const everybody = [...entry.to, ...entry.cc, ...entry.bcc];
  return (
    <div className="text-xs text-ink-3">
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="-mx-1 flex max-w-full items-center gap-0.5 rounded-sm px-1 py-0.5 hover:bg-hover hover:text-ink">
        <span className="truncate">{t('message.to', { names: everybody.slice(0, 2).map(nameOf).join(', ') })}{everybody.length > 2 && ` +${everybody.length - 2}`}</span>
        <Icon name={isOpen ? 'chevron-up' : 'chevron-down'} size={12} />
      </button>
      {isOpen && (
        <dl className="mt-1 mb-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 break-words">
          {([['from', [entry.from]], ['toLabel', entry.to], ['cc', entry.cc], ['bcc', entry.bcc]] as const).map(([id, list]) => list.length > 0 && <div key={id} className="contents"><dt>{t(`message.${id}`)}</dt><dd className="text-ink-2">{list.map(fullOf).map((text) => <bdi key={text} className="block">{text}</bdi>)}</dd></div>)}
          {entry.subject && <div className="contents"><dt>{t('message.subject')}</dt><dd dir="auto" className="text-ink-2">{entry.subject}</dd></div>}
          {entry.direction === 'out' && <div className="contents"><dt>{t('message.sent')}</dt><dd><button type="button" className="text-accent underline underline-offset-2" onClick={() => setSentOpen(true)}>{t('message.showSent')}</button></dd></div>}
          <dt>{t('message.source')}</dt>
          <dd><a className="text-accent underline underline-offset-2" href={`/api/v1/cases/${entry.caseId}/entries/${entry.id}/raw`} download="">{t('message.raw')}</a></dd>
        </dl>
      )}
      {isSentOpen && <Suspense fallback={null}><SentDialog entry={entry} onClose={() => setSentOpen(false)} /></Suspense>}
    </div>
  );
}

/** What a visitor of a chat says of themselves, as their word, and where they are. */
function VisitorSaid({ visitor }: { visitor: NonNullable<MessageEntry['visitor']> }) {
  const isLink = /^https?:\/\//.test(visitor.page);
  return (
    <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      {visitor.email !== '' && <span>{t('message.visitorEmail', { email: visitor.email })}</span>}
      {isLink && <span className="min-w-0 truncate">{t('message.visitorPage')} <a href={visitor.page} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2"><bdi>{visitor.page.replace(/^https?:\/\//, '')}</bdi></a></span>}
    </p>
  );
}

/** A message to or from the customer. Ours are tinted and stand further in. */
export const MessageCard = memo(function MessageCard({ entry }: { entry: MessageEntry }) {
  const isOut = entry.direction === 'out';
  const canReply = useCan('case.reply');
  const { isAddressed } = channelTraits[entry.channel];
  return (
    <article aria-label={t(isOut ? 'message.outBy' : 'message.inBy', { name: entry.author.name, at: formatFull(entry.occurredAt) })} className={classes('flex gap-3', isOut && 'ms-6 md:ms-12')}>
      <Avatar name={entry.author.name} size={32} className="mt-1 max-md:hidden" />
      <div className={classes('min-w-0 grow rounded-lg border px-4 py-3', isOut ? 'border-accent-line/50 bg-ours' : 'border-line bg-surface shadow-lift')}>
        <header className="mb-2">
          <div className="flex flex-wrap items-baseline gap-x-2">
            <span dir="auto" className="font-semibold">{entry.author.name}</span>
            {!isOut && isAddressed && entry.from.address !== entry.author.name && <bdi className="min-w-0 truncate text-xs text-ink-3">{entry.from.address}</bdi>}
            {entry.author.kind === 'bot' && <Badge tone="slate" icon="bot">{t('message.bot')}</Badge>}
            {entry.automatic && <Badge icon="bot">{t(`message.automatic.${entry.automatic}`)}</Badge>}
            {entry.forwardOf && <Badge icon="corner-up-right">{t('message.forwarded')}</Badge>}
            <span className="grow" />
            {canReply && isAddressed && <button type="button" aria-label={t('message.forward')} data-tip={t('message.forward')} onClick={() => wishForward(entry)} className="grid size-6 place-items-center self-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"><Icon name="corner-up-right" size={14} /></button>}
            <time dateTime={entry.occurredAt} title={formatFull(entry.occurredAt)} className="text-xs text-ink-3">{formatClock(entry.occurredAt)}</time>
          </div>
          {isAddressed && <Recipients entry={entry} />}
          {entry.visitor && <VisitorSaid visitor={entry.visitor} />}
          {entry.mail && <MailNotices mail={entry.mail} />}
          {entry.isNewSubject && <SplitOffer entry={entry} />}
          {entry.isNewParticipant && <p className="mt-1.5 flex items-center gap-1.5 text-sm text-honey"><Icon name="triangle-alert" size={14} />{t('message.newParticipant')}</p>}
          {entry.maskedCardNumbers > 0 && <p className="mt-1.5 flex items-center gap-1.5 text-sm text-plum"><Icon name="shield-check" size={14} />{t('message.masked', { count: entry.maskedCardNumbers })}</p>}
        </header>
        {entry.html !== null ? <HtmlBody entry={entry} /> : <PlainBody text={entry.text} folds={entry.mail?.folds} />}
        {entry.mail && entry.mail.appointments.length + entry.mail.mails.length > 0 && <Suspense fallback={<div aria-busy="true" className="h-16" />}><MailParts mail={entry.mail} /></Suspense>}
        <Attachments caseId={entry.caseId} files={entry.attachments} />
        {isOut && <DeliveryMark entry={entry} />}
      </div>
    </article>
  );
});
