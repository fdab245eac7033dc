import { useMutation, useQuery } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { notificationSettingsQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { formatFull } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { iconButtonLook } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { showTrouble } from '../ui/toast.ts';

/** Tomorrow at eight by the clock of this device. */
function tomorrow(): Date {
  const date = new Date();
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 8);
}

/** For an hour or until tomorrow nothing rings and nothing is pushed; the list goes on. */
export function PauseMenu() {
  const pausedUntil = useQuery(notificationSettingsQuery).data?.pausedUntil ?? null;
  const pause = useMutation({
    mutationFn: (until: Date | null) => client.notifications.pause({ body: { until: until?.toISOString() ?? null } }),
    onSuccess: (saved) => queryClient.setQueryData(notificationSettingsQuery.queryKey, saved),
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Menu
      trigger={<button type="button" aria-label={pausedUntil ? t('notifications.pausedUntil', { time: formatFull(pausedUntil) }) : t('notifications.pause')} className={`${iconButtonLook} size-8`}><Icon name={pausedUntil ? 'bell-off' : 'pause'} /></button>}
      header={pausedUntil && <p className="px-2 py-1.5 text-sm text-ink-3">{t('notifications.pausedUntil', { time: formatFull(pausedUntil) })}</p>}
      groups={[[
        { id: 'hour', label: t('notifications.pauseHour'), icon: 'clock', run: () => pause.mutate(new Date(Date.now() + 3_600_000)) },
        { id: 'tomorrow', label: t('notifications.pauseTomorrow'), icon: 'moon', run: () => pause.mutate(tomorrow()) },
        ...(pausedUntil ? [{ id: 'end', label: t('notifications.pauseEnd'), icon: 'bell' as const, run: () => pause.mutate(null) }] : []),
      ]]}
    />
  );
}
