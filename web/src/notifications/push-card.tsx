import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { explain } from '../data/explain.ts';
import { ProblemError } from '../data/client.ts';
import { pushSubscriptionsQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { formatFull } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/page.tsx';
import { showTrouble } from '../ui/toast.ts';
import { canPush, endPushes, takePushes } from './push-browser.ts';

const permissionNow = () => ('Notification' in window ? Notification.permission : 'denied');

/** Whether this browser may show notifications, and which browsers take pushes. */
export function PushCard() {
  const [permission, setPermission] = useState(permissionNow);
  const browsers = useQuery(pushSubscriptionsQuery).data ?? [];
  const refresh = () => queryClient.invalidateQueries({ queryKey: pushSubscriptionsQuery.queryKey });
  const trouble = (error: unknown) => showTrouble(error instanceof ProblemError ? explain(error) : t('notifications.pushTrouble'));
  const settle = () => {
    setPermission(permissionNow());
    return refresh();
  };
  const take = useMutation({ mutationFn: takePushes, onError: trouble, onSettled: settle });
  const end = useMutation({ mutationFn: ({ id, isHere }: { id: string; isHere: boolean }) => endPushes(id, isHere), onError: trouble, onSettled: settle });
  const isHere = browsers.some((browser) => browser.isHere);
  return (
    <Card title={t('notifications.push')} description={t('notifications.pushLead')}>
      <div className="flex flex-col gap-3">
        {permission === 'denied' && <p className="text-ink-2">{t('notifications.denied')}</p>}
        <div className="flex flex-wrap gap-2">
          {permission === 'default' && <Button icon="bell" onClick={() => void Notification.requestPermission().then(setPermission)}>{t('notifications.allow')}</Button>}
          {permission !== 'denied' && canPush() && !isHere && <Button icon="bell" isBusy={take.isPending} onClick={() => take.mutate()}>{t('notifications.pushHere')}</Button>}
        </div>
        {browsers.length > 0 && (
          <ul aria-label={t('notifications.push')} className="divide-y divide-line">
            {browsers.map((browser) => (
              <li key={browser.id} className="flex flex-wrap items-center justify-between gap-2 py-2">
                <span>{browser.client}{browser.isHere && <> · {t('notifications.here')}</>}<span className="block text-sm text-ink-3">{formatFull(browser.createdAt)}</span></span>
                <Button size="sm" onClick={() => end.mutate(browser)}>{t('notifications.pushEnd')}</Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
