import type { Entry } from '@rapport/contract';
import { useEffect, useState } from 'react';
import type { CasePatch } from '../../data/case-patch.ts';
import { isProblem } from '../../data/client.ts';
import { changeCase, onRefused } from '../../data/outbox.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChangeLine } from '../timeline/change-line.tsx';
import { MessageCard } from '../timeline/message-card.tsx';

interface Stopped {
  patch: CasePatch;
  entry: Entry;
}

/** What happened on the open case while it was being changed, when that stopped the change. The agent decides. */
export function CollisionDialog({ caseId }: { caseId: string }) {
  const [stopped, setStopped] = useState<Stopped>();
  useEffect(() => onRefused((deed, error) => {
    if (deed.kind !== 'update' || deed.caseId !== caseId || !isProblem(error, 'newer_message', 'changed_meanwhile')) return;
    const entry = error.problem.extra?.['entry'] as Entry | null | undefined;
    if (entry) setStopped({ patch: deed.patch, entry });
  }), [caseId]);
  if (!stopped) return null;
  const { entry, patch } = stopped;
  const close = () => setStopped(undefined);
  const anyway = () => {
    const { seenEntryId: _, ...rest } = patch;
    changeCase(caseId, { ...rest, seenEntryId: entry.id });
    close();
  };
  return (
    <Dialog
      isOpen onClose={close} width="md" title={t(entry.kind === 'message' ? 'collision.newer' : 'collision.title')} description={t('collision.lead')}
      actions={<><Button tone="quiet" onClick={anyway}>{t('collision.anyway')}</Button><Button tone="primary" onClick={close}>{t('collision.leave')}</Button></>}
    >
      {entry.kind === 'message' ? <MessageCard entry={entry} /> : entry.kind === 'change' ? <ChangeLine entry={entry} /> : null}
    </Dialog>
  );
}
