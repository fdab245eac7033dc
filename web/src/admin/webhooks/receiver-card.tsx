import { t } from '../../i18n/index.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Card } from '../../ui/page.tsx';
import { receiverSnippet } from './snippet.ts';

/** A receiver to copy, for whoever writes the other side. */
export function ReceiverSnippet() {
  return <pre dir="ltr" tabIndex={0} aria-label={t('webhook.receiver')} className="max-h-72 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs leading-relaxed">{receiverSnippet}</pre>;
}

export function ReceiverCard() {
  return <Card title={t('webhook.receiver')} description={t('webhook.receiverLead')} actions={<CopyButton text={receiverSnippet} />}><ReceiverSnippet /></Card>;
}
