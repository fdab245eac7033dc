import type { MessageEntry } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { formatFull } from '../../i18n/format.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ListSkeleton, LoadState } from '../../ui/load-state.tsx';

const Fact = ({ label, children }: { label: string; children: ReactNode }) => <div className="contents"><dt className="text-ink-3">{label}</dt><dd className="min-w-0 break-words">{children}</dd></div>;

/** What really left: told from the bytes and the envelope, not from what was meant. */
export function SentDialog({ entry, onClose }: { entry: MessageEntry; onClose: () => void }) {
  const sent = useQuery({ queryKey: ['sent', entry.id, entry.delivery?.state], queryFn: ({ signal }) => client.mailOut.sent({ params: { caseId: entry.caseId, entryId: entry.id }, signal }) });
  const isBlind = (address: string) => entry.bcc.some((one) => one.address === address);
  return (
    <Dialog isOpen onClose={onClose} width="lg" title={t('sent.title')} description={t('sent.hint')} actions={sent.data?.bytes ? <a className={buttonLook('quiet')} href={`/api/v1/cases/${entry.caseId}/entries/${entry.id}/raw`} download="">{t('sent.raw')}</a> : undefined}>
      <LoadState query={sent} explain={explain} skeleton={<ListSkeleton rows={4} />}>
        {(data) => (
          <div className="flex flex-col gap-4">
            <section>
              <h3 className="mb-1 text-sm font-semibold">{t('sent.envelope')}</h3>
              <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
                {data.envelopeFrom !== null && <Fact label={t('sent.envelopeFrom')}><bdi>{data.envelopeFrom || '<>'}</bdi></Fact>}
                {data.envelopeTo.length > 0 && <Fact label={t('sent.envelopeTo')}>{data.envelopeTo.map((address) => <span key={address} className="me-2 inline-block"><bdi>{address}</bdi>{isBlind(address) && <span className="text-honey"> ({t('sent.blind')})</span>}</span>)}</Fact>}
                {data.response && <Fact label={t('sent.response')}><bdi>{data.response}</bdi></Fact>}
                {data.handedOverAt && <Fact label={t('sent.handedOver')}>{formatFull(data.handedOverAt)}</Fact>}
              </dl>
            </section>
            {data.headers.length === 0 ? <p className="text-ink-2">{t('sent.none')}</p> : (
              <section>
                <h3 className="mb-1 text-sm font-semibold">{t('sent.headers')}</h3>
                <pre dir="ltr" tabIndex={0} className="max-h-56 overflow-auto rounded-md bg-canvas p-3 text-xs whitespace-pre-wrap break-words">{data.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</pre>
              </section>
            )}
            {data.text !== null && (
              <section>
                <h3 className="mb-1 text-sm font-semibold">{t('sent.text')}</h3>
                <pre dir="auto" tabIndex={0} className="max-h-80 overflow-auto rounded-md bg-canvas p-3 font-sans text-sm whitespace-pre-wrap break-words">{data.text}</pre>
              </section>
            )}
          </div>
        )}
      </LoadState>
    </Dialog>
  );
}
