import { t } from '../i18n/index.ts';
import type { Toast } from '../ui/toast.ts';
import { firstKeys } from './bindings.ts';

/** The way back on a toast, with the key that takes it. */
export function undoAction(run: () => void): NonNullable<Toast['action']> {
  const keys = firstKeys('app.undo');
  return { label: t('command.undo'), ...(keys ? { keys } : {}), run };
}
