import { isProblem } from '../../data/client.ts';
import { isWrittenDeed, type WrittenDeed } from '../../data/deeds.ts';
import { asUsual } from '../../data/draft-state.ts';
import { editDraft, pullDraft } from '../../data/drafts.ts';
import { explain } from '../../data/explain.ts';
import { outboxItems, takeBack } from '../../data/outbox.ts';
import { planMadeBy, takeBackPlan } from '../../data/planned.ts';
import { t } from '../../i18n/index.ts';
import { showTrouble } from '../../ui/toast.ts';
import { runCommand } from '../../commands/registry.ts';

const commands = { reply: 'write.reply', forward: 'write.forward', note: 'write.note' } as const;
const PATIENCE_MS = 8000;

function extrasOf(deed: WrittenDeed) {
  const html = deed.body.html ?? null;
  if (deed.kind === 'note') return { ...asUsual, html };
  const { bcc = [], from = null, subject = null } = deed.body;
  return { html, to: [...(deed.body.to ?? [])], cc: [...(deed.body.cc ?? [])], bcc: [...bcc], from, subject, ...(deed.kind === 'forward' ? { forwardOf: deed.body.entryId, originalFileIds: [...(deed.body.originalFileIds ?? [])] } : {}) };
}

/** Takes a reply, forward or note back out of the outbox and into the editor, with all that belongs to it. Too late once it is on its way. */
export function callBack(id: string): boolean {
  const item = takeBack(id);
  if (!item) {
    showTrouble(t('pending.tooLate'));
    return false;
  }
  const { deed } = item;
  if (!isWrittenDeed(deed)) return true;
  editDraft(deed.caseId, deed.kind, { text: deed.body.text ?? '', attachments: deed.attachments, ...extrasOf(deed) });
  requestAnimationFrame(() => runCommand(commands[deed.kind]));
  return true;
}

/** Takes back what waits on the server; what was written is in the editor again. */
export async function undoPlan(caseId: string, planId: string): Promise<void> {
  try {
    const { mode, revision } = await takeBackPlan(caseId, planId);
    await pullDraft(caseId, mode, revision);
    requestAnimationFrame(() => runCommand(commands[mode]));
  } catch (error) {
    showTrouble(isProblem(error, 'too_late') ? t('pending.tooLate') : explain(error));
  }
}

/** Takes back what was sent a moment ago, wherever it has got to: still here, on its way to the server, or waiting there. */
export async function undoSend(caseId: string, itemId: string): Promise<void> {
  const find = () => outboxItems().find((item) => item.id === itemId);
  if (find() && find()?.state !== 'sending') return void callBack(itemId);
  for (const end = Date.now() + PATIENCE_MS; planMadeBy(itemId) === undefined && find() !== undefined && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 60));
  const planId = planMadeBy(itemId);
  if (planId !== undefined) return undoPlan(caseId, planId);
  showTrouble(t('pending.tooLate'));
}
