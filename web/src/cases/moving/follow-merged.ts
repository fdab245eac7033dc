import type { CaseDetail } from '@rapport/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { t } from '../../i18n/index.ts';
import { showToast } from '../../ui/toast.ts';

/** Whoever opens a merged case, or looks at it while somebody merges it, goes on with the case it went into. */
export function useFollowMerged(detail: CaseDetail | undefined, view: string): void {
  const navigate = useNavigate();
  const into = detail?.mergedInto?.number;
  const from = detail?.number;
  useEffect(() => {
    if (into === undefined || from === undefined) return;
    showToast(t('moving.wentTo', { from, into }), { icon: 'git-merge' });
    void navigate({ to: '/cases/$view/$number', params: { view, number: String(into) }, replace: true });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each case that leads on
  }, [into, from]);
}
