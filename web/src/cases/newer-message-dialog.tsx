import type { MessageEntry } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { entriesQuery, loadLater } from '../data/cases.ts';
import type { Deed } from '../data/deeds.ts';
import type { OutboxItem } from '../data/outbox-queue.ts';
import { enqueue, takeBack } from '../data/outbox.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { callBack } from './composer/call-back.ts';
import { MessageCard } from './timeline/message-card.tsx';

export type StoppedReply = OutboxItem<Deed> & { deed: Extract<Deed, { kind: 'reply' | 'note' }> };

/** Something came in while the reply or note was being written. It is shown before anything goes out; the agent decides. */
export function NewerMessageDialog({ item }: { item: StoppedReply }) {
  const { deed } = item;
  const items = useQuery(entriesQuery(deed.caseId)).data?.items ?? [];
  useEffect(() => void loadLater(deed.caseId).catch(() => undefined), [deed.caseId]);
  const seen = items.findIndex((entry) => entry.id === deed.body.seenEntryId);
  const loaded = items.slice(seen + 1).filter((entry) => entry.kind === 'message');
  // The refusal brings the newest message with it; on a bad line it may be all there is to show.
  const told = item.problem?.extra?.['entry'] as MessageEntry | null | undefined;
  const isTold = told && !items.some((entry) => entry.id === told.id);
  const newer = isTold ? [...loaded, told] : loaded;
  const newest = isTold ? told.id : items.at(-1)?.id;
  const sendAnyway = () => {
    takeBack(item.id);
    // Another request than the one that was refused, so it gets its own key.
    const seenNow = newest ? { seenEntryId: newest } : {};
    enqueue(deed.kind === 'note' ? { ...deed, body: { ...deed.body, ...seenNow } } : { ...deed, body: { ...deed.body, ...seenNow } });
  };
  return (
    <Dialog
      isOpen onClose={() => callBack(item.id)} width="md" title={t('newer.title')} description={t('newer.hint', { count: Math.max(1, newer.length) })}
      actions={<><Button tone="quiet" onClick={sendAnyway}>{t('newer.sendAnyway')}</Button><Button tone="primary" icon="pencil" onClick={() => callBack(item.id)}>{t('newer.edit')}</Button></>}
    >
      <ul className="flex flex-col gap-3">{newer.map((entry) => <li key={entry.id}><MessageCard entry={entry} /></li>)}</ul>
    </Dialog>
  );
}
