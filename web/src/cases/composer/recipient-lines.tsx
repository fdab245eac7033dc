import type { CaseDetail } from '@rapport/contract';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Select } from '../../ui/select.tsx';
import { AddressLine } from './address-line.tsx';
import type { ComposerState } from './use-composer.ts';

const addButton = 'mt-1 flex h-6 shrink-0 items-center rounded-sm px-1.5 text-sm text-ink-3 hover:bg-hover hover:text-ink max-md:h-8';

/** Everything in the head of a mail that can be chosen: whom it reaches, as whom it is sent, and what it is called. */
export function RecipientLines({ detail, composer }: { detail: CaseDetail; composer: ComposerState }) {
  const { content } = composer.draft;
  const isForward = composer.tab === 'forward';
  const [hasBcc, setBcc] = useState(content.bcc.length > 0);
  const [hasMore, setMore] = useState(content.from !== null || content.subject !== null);
  const known = [...detail.participants, ...detail.replyTo, ...detail.replyAllCc];
  const nameOf = (address: string) => known.find((one) => one.address.toLowerCase() === address.toLowerCase())?.name ?? null;
  // Whom a forward is for is outside by its nature; marking them would only make noise.
  const isKnown = (address: string) => isForward || known.some((one) => one.address.toLowerCase() === address.toLowerCase());
  const usual = detail.fromAddress.address;
  return (
    <div className="mt-1 border-y border-line py-0.5">
      <AddressLine label={t('composer.to')} values={composer.to} onChange={(to) => composer.address({ to })} nameOf={nameOf} isKnown={isKnown} caseId={detail.id} onRest={(rest) => { composer.rests.current.to = rest; }} autoFocus={isForward && composer.to.length === 0}
        after={<span className="flex shrink-0 gap-0.5">{!hasBcc && content.bcc.length === 0 && <button type="button" className={addButton} onClick={() => setBcc(true)}>{t('composer.addBcc')}</button>}{!hasMore && <button type="button" className={addButton} onClick={() => setMore(true)}>{t('composer.moreFields')}</button>}</span>} />
      <AddressLine label={t('composer.cc')} values={composer.cc} onChange={(cc) => composer.address({ cc })} nameOf={nameOf} isKnown={isKnown} caseId={detail.id} onRest={(rest) => { composer.rests.current.cc = rest; }} />
      {(hasBcc || content.bcc.length > 0) && (
        <div title={t('composer.bccHint')}><AddressLine label={t('composer.bcc')} values={content.bcc} onChange={(bcc) => composer.address({ bcc })} nameOf={nameOf} isKnown={() => true} caseId={detail.id} onRest={(rest) => { composer.rests.current.bcc = rest; }} autoFocus={content.bcc.length === 0} /></div>
      )}
      {(hasMore || content.from !== null || content.subject !== null) && (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
          {detail.fromAddresses.length > 1 ? (
            <label className="flex min-w-0 items-center gap-2 text-sm text-ink-3">
              {t('composer.from')}
              <Select className="h-7! text-sm!" value={content.from ?? usual} onChange={(from) => composer.edit({ from: from === usual ? null : from })} ariaLabel={t('composer.from')} options={detail.fromAddresses.map((one) => ({ value: one.address, label: one.name ? `${one.name} <${one.address}>` : one.address }))} />
            </label>
          ) : (
            <span className="text-sm text-ink-3">{t('composer.from')} <bdi className="text-ink-2">{usual}</bdi></span>
          )}
          <label className="flex min-w-48 grow items-center gap-2 text-sm text-ink-3">
            {t('composer.subject')}
            <input dir="auto" value={content.subject ?? ''} placeholder={detail.subject} maxLength={500} onChange={(event) => composer.edit({ subject: event.target.value === '' ? null : event.target.value })} className="h-7 min-w-0 grow rounded-sm bg-transparent px-1 text-ink outline-none placeholder:text-ink-3 focus:bg-hover" />
          </label>
        </div>
      )}
    </div>
  );
}
