import type { Inbox } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';

/** How an inbox is doing, in a word; the words of the mail server stand beside it when it fails. */
export function InboxHealth({ inbox }: { inbox: Inbox }) {
  if (!inbox.isEnabled) return <Badge icon="circle-pause">{t('inbox.off')}</Badge>;
  if (inbox.health.state === 'failing') return <Badge tone="clay" icon="triangle-alert">{t('inbox.failing')}</Badge>;
  if (inbox.health.state === 'waiting') return <Badge icon="hourglass">{t('inbox.waiting')}</Badge>;
  return <Badge tone="moss" icon="check">{t('inbox.ok')}</Badge>;
}
