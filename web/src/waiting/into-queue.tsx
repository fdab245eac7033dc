import type { CaseRow } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { queuesQuery, refreshCaseWork, stirWall } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Picker } from '../ui/picker.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';

/** The queues a case can be put into. Whoever looks after the lines can take it out again. */
export function IntoQueue({ row, trigger }: { row: CaseRow; trigger: ReactElement<Record<string, unknown>> }) {
  const [isOpen, setOpen] = useState(true);
  const canUndo = useCan('queue.manage');
  const queues = (useQuery(queuesQuery).data ?? []).filter(({ channels }) => channels.includes(row.channel));
  const refresh = () => {
    void refreshCaseWork(row.id);
    stirWall();
  };
  const put = useMutation({
    mutationFn: (queueId: string) => client.work.enqueue({ body: { queueId, caseId: row.id } }),
    onSuccess: ({ item }) => {
      refresh();
      const back = () => void client.work.leave({ params: { itemId: item.id } }).then(refresh, (error: unknown) => showTrouble(explain(error)));
      showToast(t('pass.wasPut', { queue: queues.find(({ id }) => id === item.queueId)?.name ?? '' }), { icon: 'layers', ...(canUndo ? { action: undoAction(back) } : {}) });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return <Picker isOpen={isOpen} onOpenChange={setOpen} label={t('pass.into')} placeholder={t('pass.findQueue')} options={queues.map(({ id, name, isOpen: takes }) => ({ id, label: name, before: <Icon name="layers" className="text-ink-3" />, ...(takes ? {} : { hint: t('wall.closed') }) }))} onPick={(id) => put.mutate(id)} trigger={trigger} />;
}
