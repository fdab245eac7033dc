import { useMutation } from '@tanstack/react-query';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { showToast, showTrouble } from '../ui/toast.ts';
import { undoAction } from './undo-action.ts';

interface Removal<T> {
  /** Answers how it can be put back; null when it cannot. */
  remove: (one: T) => Promise<{ wayBack: string | null }>;
  restore: (wayBack: string, one: T) => Promise<unknown>;
  nameOf: (one: T) => string;
  refresh: () => unknown;
  /** Leads away from the page of what is gone, before anything is asked for anew. */
  onRemoved?: (one: T) => unknown;
  tell?: (error: unknown) => void;
}

/** Removes at once, and offers the way back as long as the line at the foot of the window stands. */
export function useRemoval<T>({ remove, restore, nameOf, refresh, onRemoved, tell = (error) => showTrouble(explain(error)) }: Removal<T>) {
  return useMutation({
    mutationFn: remove,
    onSuccess: async ({ wayBack }, one) => {
      await onRemoved?.(one);
      void refresh();
      showToast(t(wayBack === null ? 'undo.removedForGood' : 'undo.removed', { name: nameOf(one) }), wayBack === null ? {} : { action: undoAction(() => void restore(wayBack, one).then(refresh, tell)) });
    },
    onError: tell,
  });
}
