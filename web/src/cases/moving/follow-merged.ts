import type { CaseDetail } from '@rapport/contract';
import { useEffect } from 'react';
import { t } from '../../i18n/index.ts';
import { showToast } from '../../ui/toast.ts';
import { useGoTo } from '../pane.ts';

/** Whoever opens a merged case, or looks at it while somebody merges it, goes on with the case it went into. */
export function useFollowMerged(detail: CaseDetail | undefined, view: string): void {
  const goTo = useGoTo(view);
  const into = detail?.mergedInto?.number;
  const from = detail?.number;
  useEffect(() => {
    if (into === undefined || from === undefined) return;
    showToast(t('moving.wentTo', { from, into }), { icon: 'git-merge' });
    goTo({ number: into }, { isReplacing: true });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each case that leads on
  }, [into, from]);
}
