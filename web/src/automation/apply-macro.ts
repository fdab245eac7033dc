import type { CaseDetail, RenderedMacro } from '@rapport/contract';
import { undoAction } from '../commands/undo-action.ts';
import { inverseOf } from '../data/case-patch.ts';
import { changeCase, enqueue } from '../data/outbox.ts';
import { patchOf } from '../cases/composer/macro-actions.ts';
import { t } from '../i18n/index.ts';
import { showToast } from '../ui/toast.ts';

/** Does at once what a macro without words does. The change can be undone; a note that was written stays written. */
export function applyMacro(detail: CaseDetail, name: string, actions: RenderedMacro['actions']): void {
  const patch = patchOf(actions);
  const back = inverseOf(detail, patch);
  if (actions.note !== undefined) enqueue({ kind: 'note', caseId: detail.id, number: detail.number, attachments: [], body: { text: actions.note, attachmentIds: [] } });
  if (Object.keys(patch).length > 0) changeCase(detail.id, patch);
  showToast(t('macro.applied', { name }), { icon: 'zap', ...(Object.keys(patch).length > 0 ? { action: undoAction(() => changeCase(detail.id, back)) } : {}) });
}
