import type { Endpoints, ResponseOf } from '@rapport/contract';
import { formatDayAndClock, formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { LinkedText } from './linked-text.tsx';

export type Mail = ResponseOf<Endpoints['mailbox']['listMails']>['items'][number];

/** One mail. Earlier ones are folded to a line, as mail programs do. */
export function MailCard({ mail, isNewest }: { mail: Mail; isNewest: boolean }) {
  const isPhone = useIsPhone();
  const isOurs = mail.direction === 'to_customer';
  return (
    <details open={isNewest} className="group rounded-lg border border-line bg-surface open:shadow-lift">
      <summary className="flex cursor-default items-center gap-3 rounded-lg px-4 py-3 select-none [&::-webkit-details-marker]:hidden">
        <Avatar name={mail.from} size={32} />
        <span className="min-w-0 grow">
          <span className="flex flex-wrap items-center gap-x-2">
            <bdi className="min-w-0 truncate font-semibold">{mail.from}</bdi>
            <Badge tone={isOurs ? 'accent' : 'neutral'} icon={isOurs ? 'arrow-down' : 'arrow-up'}>{t(isOurs ? 'mailbox.received' : 'mailbox.sent')}</Badge>
          </span>
          <span dir="auto" className="block truncate text-sm text-ink-3">{mail.subject || t('mailbox.noSubject')}<span className="group-open:hidden"> · {mail.text.replace(/\s+/g, ' ').slice(0, 160)}</span></span>
        </span>
        <time dateTime={mail.at} title={formatFull(mail.at)} className="shrink-0 self-start pt-0.5 text-sm text-ink-3">{isPhone ? formatShort(mail.at) : formatDayAndClock(mail.at)}</time>
        <Icon name="chevron-down" className="shrink-0 text-ink-3 transition-transform duration-120 group-open:rotate-180" />
      </summary>
      <div className="border-t border-line px-4 py-4 md:ps-15">
        <p className="mb-3 text-sm text-ink-3">{t('mailbox.to', { to: mail.to.join(', ') })}</p>
        <LinkedText text={mail.text} />
      </div>
    </details>
  );
}
