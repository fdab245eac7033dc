import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useIsPhone } from '../ui/use-media.ts';
import { addressesQuery } from './queries.ts';
import { WriteDialog } from './write-dialog.tsx';

/** Nobody chosen yet: the newest address, or how to begin. */
export function MailboxStart() {
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const [isWriting, setWriting] = useState(false);
  const addresses = useQuery(addressesQuery).data;
  const first = addresses?.[0]?.address;
  if (isPhone || !addresses) return null;
  if (first) return <Navigate to="/mailbox/$address" params={{ address: first }} replace />;
  return (
    <div className="grid grow place-items-center">
      <EmptyState icon="mailbox" title={t('mailbox.emptyTitle')} action={<Button tone="primary" icon="pencil-line" onClick={() => setWriting(true)}>{t('mailbox.writeFirst')}</Button>}>{t('mailbox.empty')}</EmptyState>
      {isWriting && <WriteDialog onClose={() => setWriting(false)} onSent={({ from }) => void navigate({ to: '/mailbox/$address', params: { address: from.toLowerCase() } })} />}
    </div>
  );
}
