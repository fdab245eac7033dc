import { useConnection } from '../data/live.ts';
import { useWaitingCount } from '../data/outbox.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { useEffect, useState } from 'react';

/** Shorter gaps heal before anybody could read about them. */
const PATIENCE_MS = 2500;

/** Says that the connection is gone, that work goes on, and how much waits to be sent. */
export function ConnectionBanner() {
  const connection = useConnection();
  const waiting = useWaitingCount();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (connection !== 'offline' && connection !== 'polling') return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [connection]);
  if (!isShown) return null;
  if (connection === 'polling') return <Banner icon="refresh-cw" className="justify-center border-b border-line">{t('offline.polling')}</Banner>;
  return <Banner tone="attention" icon="wifi-off" className="justify-center border-b border-honey-line">{waiting > 0 ? t('offline.waiting', { count: waiting }) : t('offline.hint')}</Banner>;
}
