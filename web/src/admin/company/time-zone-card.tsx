import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { keepSession, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { Picker } from '../../ui/picker.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';

/** UTC, what is chosen and this device's own first, then all others by name. */
const zonesAround = (chosen: string) => [...new Set(['UTC', chosen, new Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone')])];

/** In which time zone the company counts its days. */
export function TimeZoneCard() {
  const { account } = useSession();
  const [isOpen, setOpen] = useState(false);
  const zones = useMemo(() => zonesAround(account.timeZone), [account.timeZone]);
  const save = useMutation({
    mutationFn: (timeZone: string) => client.accounts.updateAccount({ body: { timeZone } }),
    onSuccess: (session) => {
      keepSession(session);
      showToast(t('timeZone.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Card title={t('timeZone.title')} description={t('timeZone.hint')}>
      <Picker
        isOpen={isOpen} onOpenChange={setOpen} align="start" label={t('timeZone.label')} placeholder={t('timeZone.find')} onPick={(zone) => zone !== account.timeZone && save.mutate(zone)}
        options={zones.map((zone) => ({ id: zone, label: zone.replaceAll('_', ' '), isChosen: zone === account.timeZone }))}
        trigger={<Button icon="clock" isBusy={save.isPending} aria-label={`${t('timeZone.label')}: ${account.timeZone}`}>{account.timeZone.replaceAll('_', ' ')}</Button>}
      />
    </Card>
  );
}
