import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { ConnectionSteps } from './connection-steps.tsx';
import { settingsOf, type InboxDraft } from './inbox-draft.ts';

interface Props {
  inboxId: string | undefined;
  draft: InboxDraft;
  /** Whether the form can be sent; shows what is missing otherwise. */
  isReady: () => boolean;
}

/** Tries the typed settings with the real mail servers, before anything is saved. An answer about other settings is taken away again. */
export function CheckCard({ inboxId, draft, isReady }: Props) {
  const check = useMutation({ mutationFn: (settings: ReturnType<typeof settingsOf>) => client.inboxes.check({ body: { settings, ...(inboxId ? { inboxId } : {}) } }) });
  const { reset } = check;
  const tried = JSON.stringify(settingsOf(draft));
  useEffect(() => reset(), [tried, reset]);
  const { imapSecurity, smtpSecurity, imapHost, imapPort, smtpHost, smtpPort } = draft;
  return (
    <Card
      title={t('check.title')} description={t('check.lead')}
      actions={<Button icon="zap" isBusy={check.isPending} onClick={() => isReady() && check.mutate(settingsOf(draft))}>{t(check.isPending ? 'check.busy' : 'check.do')}</Button>}
    >
      <div aria-live="polite" className="flex flex-col gap-5">
        {check.error && <Banner tone="trouble" icon="circle-alert" isLive={false} className="rounded-md">{explain(check.error)}</Banner>}
        {draft.inbound === 'imap' && <ConnectionSteps title={t('check.in', { server: `${imapHost || '…'}:${imapPort}` })} steps={['connect', ...(imapSecurity === 'none' ? [] : ['tls' as const]), 'sign_in', 'folder']} result={check.data?.inbound} isBusy={check.isPending} />}
        {draft.outbound === 'smtp' && <ConnectionSteps title={t('check.out', { server: `${smtpHost || '…'}:${smtpPort}` })} steps={['connect', ...(smtpSecurity === 'none' ? [] : ['tls' as const]), ...(draft.smtpUser.trim() ? ['sign_in' as const] : []), 'send']} result={check.data?.outbound} isBusy={check.isPending} />}
      </div>
    </Card>
  );
}
