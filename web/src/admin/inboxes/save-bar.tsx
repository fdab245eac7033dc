import type { Inbox } from '@rapport/contract';
import { Link } from '@tanstack/react-router';
import { t } from '../../i18n/index.ts';
import { Button, buttonLook } from '../../ui/button.tsx';

interface Props {
  inbox: Inbox | undefined;
  isDirty: boolean;
  isBusy: boolean;
  onDiscard: () => void;
}

/** At the foot of an inbox as long as something of it is not saved. */
export function SaveBar({ inbox, isDirty, isBusy, onDiscard }: Props) {
  if (inbox && !isDirty) return null;
  return (
    <div className="sticky bottom-4 z-10 flex items-center justify-end gap-3 rounded-lg bg-raised px-4 py-2.5 shadow-float">
      {inbox && <p role="status" className="me-auto text-ink-2">{t('ui.unsaved')}</p>}
      {inbox ? <Button onClick={onDiscard}>{t('ui.discard')}</Button> : <Link to="/admin/inboxes" className={buttonLook('quiet')}>{t('ui.cancel')}</Link>}
      <Button type="submit" tone="primary" isBusy={isBusy}>{t(inbox ? 'ui.save' : 'inbox.createDo')}</Button>
    </div>
  );
}
