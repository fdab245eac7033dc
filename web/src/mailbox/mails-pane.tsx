import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ListSkeleton, LoadState } from '../ui/load-state.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { AnswerForm } from './answer-form.tsx';
import { MailCard } from './mail-card.tsx';
import { mailsQuery } from './queries.ts';
import { WriteDialog } from './write-dialog.tsx';

const route = getRouteApi('/workspace/mailbox/$address');

/** The mails of one customer as their mail program would show them, the newest at the foot and open. */
export function MailsPane() {
  const { address } = route.useParams();
  const isPhone = useIsPhone();
  const mails = useQuery(mailsQuery(address));
  const [isWriting, setWriting] = useState(false);
  const foot = useRef<HTMLDivElement>(null);
  // On a phone the list with the page's own heading is not on the screen.
  const Heading = isPhone ? 'h1' : 'h2';
  const newest = mails.data?.at(-1);
  useEffect(() => {
    void foot.current?.scrollIntoView({ block: 'end' });
  }, [newest?.id]);
  return (
    <section aria-label={t('mailbox.of', { address })} className="flex min-w-0 grow flex-col">
      <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-3 md:px-5">
        {isPhone && <Link to="/mailbox" aria-label={t('mailbox.addresses')} className={`${iconButtonLook} size-9`}><Icon name="chevron-left" size={20} /></Link>}
        <Avatar name={address} size={32} className="max-md:hidden" />
        <Heading className="min-w-0 grow truncate text-md font-semibold"><bdi>{address}</bdi></Heading>
        <Button icon="pencil-line" onClick={() => setWriting(true)}>{t(isPhone ? 'mailbox.write' : 'mailbox.writeAs')}</Button>
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        <div className="mx-auto flex max-w-3xl flex-col gap-3 px-3 py-4 md:px-6 md:py-6">
          <LoadState query={mails} explain={explain} skeleton={<ListSkeleton rows={3} />}>
            {(items) =>
              items.length === 0 ? (
                <EmptyState icon="mailbox" title={t('mailbox.noneTitle')} action={<Button tone="primary" icon="pencil-line" onClick={() => setWriting(true)}>{t('mailbox.writeAs')}</Button>}>{t('mailbox.none')}</EmptyState>
              ) : (
                <>
                  {items.map((mail, index) => <MailCard key={mail.id} mail={mail} isNewest={index === items.length - 1} />)}
                  {newest && <AnswerForm key={newest.id} address={address} mail={newest} />}
                </>
              )
            }
          </LoadState>
          <div ref={foot} />
        </div>
      </div>
      {isWriting && <WriteDialog from={address} onClose={() => setWriting(false)} />}
    </section>
  );
}
