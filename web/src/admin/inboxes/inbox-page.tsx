import { channelNames, type ChannelName, type Inbox } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSkeleton, LoadState } from '../../ui/load-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { ChatForm } from './chat-form.tsx';
import { InboxForm } from './inbox-form.tsx';

const route = getRouteApi('/workspace/settings/admin/inboxes/$inboxId');

/** Each channel has a form of its own. */
function FormOf({ channel, inbox, children }: { channel: ChannelName; inbox: Inbox | undefined; children?: ReactNode }) {
  return channel === 'chat' ? <ChatForm inbox={inbox}>{children}</ChatForm> : <InboxForm inbox={inbox}>{children}</InboxForm>;
}

/** First the kind of inbox, on top of what is asked for it. */
export function NewInboxPage() {
  const [channel, setChannel] = useState<ChannelName>('email');
  return (
    <FormOf channel={channel} inbox={undefined}>
      <RadioCards label={t('inbox.channel')} value={channel} onChange={setChannel} options={channelNames.map((value) => ({ value, title: t(`inbox.channel.${value}`), hint: t(`inbox.channelHint.${value}`) }))} />
    </FormOf>
  );
}

export function InboxPage() {
  const { inboxId } = route.useParams();
  const inboxes = useQuery(inboxesQuery);
  const inbox = inboxes.data?.find((candidate) => candidate.id === inboxId);
  if (inbox) return <FormOf key={inbox.id} channel={inbox.channel} inbox={inbox} />;
  return (
    <Page title={t('settings.inboxes')}>
      <LoadState query={inboxes} explain={explain} skeleton={<ListSkeleton rows={3} />}>
        {() => <EmptyState icon="search-x" title={t('page.notFound')} action={<Link to="/admin/inboxes" className={buttonLook()}>{t('inbox.all')}</Link>}>{t('problem.notFound')}</EmptyState>}
      </LoadState>
    </Page>
  );
}
