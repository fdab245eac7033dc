import type { AttachedMail, MailFacts } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatFull } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AppointmentCard } from './appointment-card.tsx';
import { PlainBody } from './plain-body.tsx';

const toldResults = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror', 'not_checked'] as const;
const resultOf = (result: (typeof toldResults)[number]) => t(`mail.result.${result}`);

/** Who vouches for the sender: a quiet line that opens to what was checked, and a warning when the sender's domain disowns the mail. */
function Authenticity({ authenticity }: { authenticity: NonNullable<MailFacts['authenticity']> }) {
  const { verdict, domain, spf, dkim, dmarc, checkedBy } = authenticity;
  const name = domain ?? '—';
  if ([spf, dkim, dmarc].every((result) => result === 'not_checked')) return null;
  return (
    <details className="mt-1 text-xs text-ink-3">
      <summary className={`-mx-1 inline-flex max-w-full cursor-default list-none items-center gap-1.5 rounded-sm px-1 py-0.5 hover:bg-hover hover:text-ink [&::-webkit-details-marker]:hidden ${verdict === 'bad' ? 'text-sm font-medium text-clay' : ''}`}>
        <Icon name={verdict === 'good' ? 'badge-check' : verdict === 'bad' ? 'triangle-alert' : 'circle-dashed'} size={verdict === 'bad' ? 14 : 12} />
        <span>{verdict === 'good' ? t('mail.good', { domain: name }) : verdict === 'bad' ? t('mail.bad', { domain: name }) : t('mail.unknown', { domain: name })}</span>
      </summary>
      <dl className="mt-1 mb-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {([['SPF', spf], ['DKIM', dkim], ['DMARC', dmarc]] as const).map(([label, result]) => <div key={label} className="contents"><dt>{label}</dt><dd className="text-ink-2">{resultOf(result)}</dd></div>)}
        {checkedBy !== null && <div className="contents"><dt>{t('mail.checkedBy')}</dt><dd className="text-ink-2"><bdi>{checkedBy}</bdi></dd></div>}
      </dl>
    </details>
  );
}

/** What a reader must know of a mail before reading it. */
export function MailNotices({ mail }: { mail: MailFacts }) {
  const { authenticity, protection } = mail;
  return (
    <>
      {authenticity && <Authenticity authenticity={authenticity} />}
      {protection?.kind === 'signed' && <p className="mt-1.5 flex items-center gap-1.5 text-xs text-ink-3"><Icon name="pencil-line" size={12} />{t(`mail.signed.${protection.method}`)}</p>}
      {protection?.kind === 'encrypted' && <p className="mt-1.5 flex items-start gap-1.5 text-sm text-honey"><Icon name="lock" size={14} className="mt-0.5" />{t(`mail.encrypted.${protection.method}`)}</p>}
    </>
  );
}

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
