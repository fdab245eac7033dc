import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Card } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';

/** The demo company: people, customers and cases to learn with. One click in, one out; what is real stays. */
export function DemoCard() {
  const { account } = useSession();
  const [open, setOpen] = useState<'fill' | 'remove'>();
  const close = () => setOpen(undefined);
  // Everything that is on the screen may come from the demo or be about to.
  const lookAgain = () => queryClient.invalidateQueries();
  const fill = useMutation({
    mutationFn: () => client.setup.fillDemo(),
    onSuccess: ({ state }) => showToast(t(state === 'filled' ? 'demo.filled' : 'demo.filling'), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => {
      close();
      return lookAgain();
    },
  });
  const remove = useMutation({
    mutationFn: () => client.setup.removeDemo(),
    onSuccess: ({ keptTeams }) => showToast(keptTeams.length === 0 ? t('demo.removed') : t('demo.removedBut', { teams: keptTeams.join(', ') }), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => {
      close();
      return lookAgain();
    },
  });
  return (
    <>
      <Card
        title={<span className="inline-flex items-center gap-2">{t('demo.title')}{account.isDemo && <Badge tone="honey" icon="sparkles">{t('demo.isThere')}</Badge>}</span>} description={t('demo.lead')}
        footer={account.isDemo ? <Button tone="danger" icon="trash-2" onClick={() => setOpen('remove')}>{t('demo.remove')}</Button> : <Button icon="sparkles" onClick={() => setOpen('fill')}>{t('demo.fill')}</Button>}
      />
      <Dialog
        isOpen={open === 'fill'} onClose={close} title={t('demo.fillTitle')} description={t('demo.fillLead')}
        actions={<><Button onClick={close}>{t('ui.cancel')}</Button><Button tone="primary" isBusy={fill.isPending} onClick={() => fill.mutate()}>{t('demo.fill')}</Button></>}
      />
      <Confirm isOpen={open === 'remove'} onClose={close} title={t('demo.removeTitle')} deed={t('demo.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>{t('demo.removeLead')}</Confirm>
    </>
  );
}
