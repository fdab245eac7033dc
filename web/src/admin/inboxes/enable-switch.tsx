import type { Inbox } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { undoAction } from '../../commands/undo-action.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { inboxesQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';

/** Takes effect at once and can be taken back, so nothing is asked first. */
export function EnableSwitch({ inbox }: { inbox: Inbox }) {
  const enable = useMutation({
    mutationFn: (isEnabled: boolean) => client.inboxes.update({ params: { inboxId: inbox.id }, body: { isEnabled } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(inboxesQuery.queryKey, (before) => before && { items: before.items.map((other) => (other.id === saved.id ? saved : other)) });
      showToast(t(saved.isEnabled ? 'inbox.wasEnabled' : 'inbox.wasDisabled', { name: saved.name }), { action: undoAction(() => enable.mutate(!saved.isEnabled)) });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const isOn = enable.isPending ? enable.variables : inbox.isEnabled;
  return <Switch isOn={isOn} onChange={(next) => enable.mutate(next)} label={t(isOn ? 'inbox.isOn' : 'inbox.isOff')} />;
}
