import type { MailFacts } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';

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
