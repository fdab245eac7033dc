import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { countsQuery } from '../data/cases.ts';
import { inboxesQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import type { ShelfView } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { viewIcon } from './words.ts';

/** Why a view is empty, and what would fill it or comes next. */
export function EmptyView({ view }: { view: ShelfView }) {
  const navigate = useNavigate();
  const counts = useQuery(countsQuery).data;
  const inboxes = useQuery(inboxesQuery).data;
  const canManage = useCan('inbox.manage');
  const everything = counts ? Object.values(counts.shelves).reduce((sum, count) => sum + count, 0) : undefined;
  const go = (to: string) => void navigate({ to });

  if (everything === 0) {
    const address = inboxes?.find((inbox) => inbox.isEnabled)?.address;
    return (
      <EmptyState icon="mail" title={t('empty.first')} action={canManage && <Button tone="primary" icon="settings" onClick={() => go('/admin')}>{t('empty.setUp')}</Button>}>
        {address ? t('empty.firstHint', { address }) : t('empty.noInbox')}
      </EmptyState>
    );
  }
  if (view === 'mine') {
    const waiting = counts?.unassigned ?? 0;
    return (
      <EmptyState icon="check-check" tone="moss" title={t('empty.mine')} action={waiting > 0 && <Button tone="primary" icon="arrow-right" onClick={() => go('/cases/unassigned')}>{t('empty.toUnassigned', { count: waiting })}</Button>}>
        {t(waiting > 0 ? 'empty.mineHint' : 'empty.allDone')}
      </EmptyState>
    );
  }
  if (view === 'unassigned' || view.startsWith('team-')) return <EmptyState icon="check-check" tone="moss" title={t('empty.queue')}>{t('empty.queueHint')}</EmptyState>;
  return <EmptyState icon={viewIcon(view)} title={t('empty.shelf')}>{t(view === 'open' ? 'empty.open' : `empty.${view as 'snoozed'}`)}</EmptyState>;
}
