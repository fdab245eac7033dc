import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { showToast } from '../../ui/toast.ts';

/** Where a mail provider sends people back to, with its answer in the address. */
export function InboxSignInPage() {
  const navigate = useNavigate();
  const began = useRef(false);
  const finish = useMutation({
    mutationFn: (body: { state: string; code: string }) => client.mailSignIn.finish({ body }),
    onSuccess: async (inbox) => {
      await queryClient.invalidateQueries({ queryKey: inboxesQuery.queryKey });
      showToast(t('mailIn.done', { name: inbox.name }), { icon: 'check' });
      void navigate({ to: '/admin/inboxes/$inboxId', params: { inboxId: inbox.id }, replace: true });
    },
  });
  const given = useRef(new URLSearchParams(location.search));
  const [state, code] = [given.current.get('state'), given.current.get('code')];
  const { mutate } = finish;
  useEffect(() => {
    // Once, also where effects run twice; and the code does not stay in the history.
    if (began.current) return;
    began.current = true;
    history.replaceState(history.state, '', location.pathname);
    if (state && code) mutate({ state, code });
  }, [state, code, mutate]);
  const trouble = finish.error ? explain(finish.error) : !state || !code ? t('mailIn.declined') : undefined;
  return (
    <Page title={t('mailIn.consentTitle')}>
      {trouble ? (
        <div className="flex flex-col items-start gap-4">
          <Banner tone="trouble" icon="triangle-alert" isLive className="rounded-md">{trouble}</Banner>
          <Link to="/admin/inboxes" className={buttonLook()}>{t('inbox.all')}</Link>
        </div>
      ) : <p role="status" className="text-ink-2">{t('mailIn.finishing')}</p>}
    </Page>
  );
}
