import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { keptOnDevice } from '../data/outbox.ts';
import { untilReached } from '../data/reach.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Opened without a connection, before it was known who is there: says what waits on the device, and goes on by itself when the server answers. */
export function OfflinePage() {
  const router = useRouter();
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    void keptOnDevice().then(setWaiting);
    let isGone = false;
    void untilReached().then(() => (isGone ? undefined : router.invalidate()));
    return () => {
      isGone = true;
    };
  }, [router]);
  return (
    <main className="grid h-full place-items-center bg-canvas">
      <EmptyState isPage icon="wifi-off" title={t('offline.title')} action={<Button tone="primary" icon="rotate-ccw" onClick={() => void router.invalidate()}>{t('page.reload')}</Button>}>
        <p>{t('offline.start')}</p>
        <p className="mt-2 font-medium" role="status">{waiting > 0 ? t('offline.kept', { count: waiting }) : t('offline.nothingWaits')}</p>
      </EmptyState>
    </main>
  );
}
