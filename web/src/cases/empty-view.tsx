import { firstKeys } from '../commands/bindings.ts';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { countsQuery } from '../data/cases.ts';
import { inboxesQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import type { ShelfView } from '../data/views.ts';
import { t } from '../i18n/index.ts';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { viewIcon, viewWord } from './words.ts';

/** What brings a case onto a shelf. */
const ways: Partial<Record<ShelfView, 'case.snooze' | 'case.resolve' | 'case.status' | 'case.spam' | 'case.delete'>> = { snoozed: 'case.snooze', resolved: 'case.resolve', pending: 'case.status', on_hold: 'case.status', spam: 'case.spam', deleted: 'case.delete' };

/** Why a view is empty, and what would fill it or comes next. */
export function EmptyView({ view }: { view: ShelfView }) {
  const navigate = useNavigate();
  const counts = useQuery(countsQuery).data;
  const inboxes = useQuery(inboxesQuery).data;
  const canManage = useCan('inbox.manage');
  const canTry = useCan('account.manage');
  const everything = counts ? Object.values(counts.shelves).reduce((sum, count) => sum + count, 0) : undefined;
  const go = (to: string) => void navigate({ to });

  if (everything === 0) {
    const inbox = inboxes?.find((each) => each.isEnabled);
    // Before there is a mail server, the first customer is oneself.
    const isTrial = canTry && (inbox?.settings as { outbound?: { kind?: string } } | undefined)?.outbound?.kind === 'mailbox';
    const write = inbox && <a href={isTrial ? '/mailbox' : `mailto:${inbox.address}`} className={buttonLook('primary')}><Icon name="pencil" />{t('mailbox.writeFirst')}</a>;
    return (
      <EmptyState icon="mail" title={t('empty.first')} action={write ?? (canManage && <Button tone="primary" icon="settings" onClick={() => go('/admin/inboxes')}>{t('empty.setUp')}</Button>)}>
        {inbox ? t('empty.firstHint', { address: inbox.address }) : t('empty.noInbox')}
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
  if (view === 'unassigned' || view.startsWith('team-')) return <EmptyState icon="check-check" tone="moss" title={t('empty.queue')} action={<Button onClick={() => go('/cases/mine')}>{t('page.home')}</Button>}>{t('empty.queueHint')}</EmptyState>;
  const way = ways[view];
  const keys = way && firstKeys(way);
  return (
    <EmptyState icon={viewIcon(view)} title={t('empty.shelf')} action={view === 'open' ? <Button onClick={() => go('/cases/resolved')}>{viewWord('resolved')}</Button> : <Button onClick={() => go('/cases/open')}>{t('empty.toOpen')}</Button>}>
      {t(view === 'open' ? 'empty.open' : `empty.${view as 'snoozed'}`)}
      {keys && <p className="mt-2 flex items-center justify-center gap-1.5 text-sm text-ink-3">{t(`command.${way}`)} <Keys keys={keys} /></p>}
    </EmptyState>
  );
}
