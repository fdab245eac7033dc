import type { CaseRow } from '@rapport/contract';
import { useContext } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { inverseOf, type CasePatch } from '../data/case-patch.ts';
import { entriesQuery } from '../data/cases.ts';
import { changeCase } from '../data/outbox.ts';
import { queryClient } from '../data/query-client.ts';
import type { ViewId } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';
import { showToast } from '../ui/toast.ts';
import { afterLeaving } from './open-list.ts';
import { BesidePane, useGoTo } from './pane.ts';

export interface CaseDeeds {
  /** Changes the open case, says so, and offers the way back for eight seconds. */
  change: (patch: CasePatch, said: string, icon?: IconName) => void;
  /** The same for a change with which the case leaves the desk: the next one opens. */
  finish: (patch: CasePatch, said: string, icon?: IconName) => void;
  /** Closes the case for good; there is no way back, so it is asked before. */
  close: () => void;
}

/** What somebody else changed since the agent looked must not be overwritten unseen: where it matters the change says up to where they have seen. */
function withSeen(caseId: string, patch: CasePatch): CasePatch {
  if (patch.status === undefined && patch.assigneeId === undefined && patch.teamId === undefined) return patch;
  const seen = queryClient.getQueryData(entriesQuery(caseId).queryKey)?.items.at(-1)?.id;
  return seen ? { ...patch, seenEntryId: seen } : patch;
}

/** What can be done to the open case. Every change is on the screen at once and can be undone. */
export function useCaseDeeds(row: CaseRow, view: ViewId): CaseDeeds {
  const open = useGoTo(view);
  // The case beside the open one is not one of a pile: the next is not called up in its place.
  const isBeside = useContext(BesidePane) !== undefined;
  const following = () => (isBeside ? undefined : afterLeaving(row.id));
  const change = (patch: CasePatch, said: string, icon?: IconName, onUndo?: () => void) => {
    const back = inverseOf(row, patch);
    changeCase(row.id, withSeen(row.id, patch));
    showToast(said, {
      ...(icon ? { icon } : {}),
      action: undoAction(() => {
        changeCase(row.id, back);
        onUndo?.();
      }),
    });
  };
  return {
    close: () => {
      const next = following();
      changeCase(row.id, { status: 'closed' });
      showToast(t('done.closed', { number: row.number }), { icon: 'archive' });
      open(next);
    },
    change,
    finish: (patch, said, icon) => {
      const next = following();
      change(patch, said, icon, () => open(row));
      open(next);
    },
  };
}
