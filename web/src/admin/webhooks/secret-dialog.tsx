import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton, CopyLine } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ReceiverSnippet } from './receiver-card.tsx';
import { receiverSnippet } from './snippet.ts';

/** The secret, the one time that it can be read, and how the other side uses it. */
export function SecretDialog({ secret, lead, onClose }: { secret: string; lead: string; onClose: () => void }) {
  return (
    <Dialog isOpen isLocked onClose={onClose} width="lg" title={t('webhook.secretTitle')} description={lead} actions={<Button tone="primary" onClick={onClose}>{t('webhook.kept')}</Button>}>
      <div className="flex flex-col gap-3">
        <CopyLine text={secret} label={t('webhook.secret')} />
        <Banner tone="attention" icon="triangle-alert" isLive={false} className="rounded-md px-3!">{t('webhook.once')}</Banner>
        <div>
          <p className="mb-1 flex items-center justify-between gap-3 text-sm text-ink-2">{t('webhook.receiver')}<CopyButton text={receiverSnippet} tone="quiet" /></p>
          <ReceiverSnippet />
        </div>
      </div>
    </Dialog>
  );
}
