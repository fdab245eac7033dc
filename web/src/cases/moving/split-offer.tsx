import type { MessageEntry } from '@rapport/contract';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { openMoving } from './open-dialog.ts';

/** A quiet line on a message whose subject is new to the case. Nothing happens by itself. */
export function SplitOffer({ entry }: { entry: MessageEntry }) {
  const canEdit = useCan('case.edit');
  return (
    <p className="mt-1.5 flex flex-wrap items-center gap-x-1.5 text-sm text-ink-2">
      <Icon name="split" size={14} className="text-ink-3" />
      <span className="min-w-0">{t('split.newSubject')} <bdi className="font-medium break-words">{entry.subject}</bdi></span>
      {canEdit && <button type="button" onClick={() => openMoving({ kind: 'split', caseId: entry.caseId, entryIds: [entry.id] })} className="rounded-sm px-1 text-accent underline underline-offset-2 hover:bg-hover">{t('split.offer')}</button>}
    </p>
  );
}
