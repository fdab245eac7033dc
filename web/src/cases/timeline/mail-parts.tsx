import type { AttachedMail, MailFacts } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatFull } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AppointmentCard } from './appointment-card.tsx';
import { PlainBody } from './plain-body.tsx';

function Attached({ mail }: { mail: AttachedMail }) {
  return (
    <details className="mt-3 rounded-md border border-line bg-raised" style={{ marginInlineStart: `${Math.min(4, mail.depth - 1)}rem` }}>
      <summary className="flex cursor-default list-none items-center gap-2.5 rounded-md px-3 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <Icon name="mail" size={16} className="text-ink-2" />
        <span className="min-w-0 grow"><bdi className="block truncate text-sm font-medium">{mail.subject || t('mail.noSubject')}</bdi><bdi className="block truncate text-xs text-ink-3">{mail.from}</bdi></span>
        <Badge>{t('mail.attached')}</Badge>
      </summary>
      <div className="border-t border-line px-3 py-2">
        <dl className="mb-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs text-ink-3">
          {([['from', mail.from], ['toLabel', mail.to], ['subject', mail.subject]] as const).map(([id, value]) => value !== '' && <div key={id} className="contents"><dt>{t(`message.${id}`)}</dt><dd className="break-words text-ink-2"><bdi>{value}</bdi></dd></div>)}
          {mail.date !== null && <div className="contents"><dt>{t('mail.date')}</dt><dd className="text-ink-2">{formatFull(mail.date)}</dd></div>}
          {mail.filenames.length > 0 && <div className="contents"><dt>{t('mail.files')}</dt><dd className="break-words text-ink-2"><bdi>{mail.filenames.join(', ')}</bdi></dd></div>}
        </dl>
        <PlainBody text={mail.text} folds={[]} />
      </div>
    </details>
  );
}

/** Appointments and mails that came within a mail. */
export function MailParts({ mail }: { mail: MailFacts }) {
  return (
    <>
      {mail.appointments.map((appointment, index) => <AppointmentCard key={index} appointment={appointment} />)}
      {mail.mails.map((attached, index) => <Attached key={index} mail={attached} />)}
    </>
  );
}
