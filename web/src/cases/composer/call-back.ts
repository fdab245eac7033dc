import { editDraft } from '../../data/drafts.ts';
import { takeBack } from '../../data/outbox.ts';
import { t } from '../../i18n/index.ts';
import { showTrouble } from '../../ui/toast.ts';
import { runCommand } from '../../commands/registry.ts';

/** Takes a reply or note back out of the outbox and into the editor, with all that belongs to it. Too late once it is on its way. */
export function callBack(id: string): boolean {
  const item = takeBack(id);
  if (!item) {
    showTrouble(t('pending.tooLate'));
    return false;
  }
  const { deed } = item;
  if (deed.kind !== 'reply' && deed.kind !== 'note') return true;
  editDraft(deed.caseId, deed.kind, { text: deed.body.text, attachments: deed.attachments, ...(deed.kind === 'reply' ? { to: [...deed.body.to], cc: [...(deed.body.cc ?? [])] } : {}) });
  requestAnimationFrame(() => runCommand(deed.kind === 'reply' ? 'write.reply' : 'write.note'));
  return true;
}
