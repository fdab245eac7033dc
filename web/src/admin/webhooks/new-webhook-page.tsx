import type { WebhookEndpoint } from '@rapport/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { WebhookForm } from './webhook-form.tsx';

export function WayBack() {
  return <Link to="/admin/webhooks" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.webhooks')}</Link>;
}

/** A new endpoint: the form, then its secret, then its page. */
export function NewWebhookPage() {
  const navigate = useNavigate();
  const [made, setMade] = useState<{ endpoint: WebhookEndpoint; secret: string }>();
  return (
    <Page title={t('webhook.create')} description={t('webhook.createLead')} before={<WayBack />}>
      <WebhookForm endpoint={undefined} onMade={setMade} onCancel={() => void navigate({ to: '/admin/webhooks' })} />
      {made && <SecretDialog secret={made.secret} lead={t('webhook.madeLead', { name: made.endpoint.name })} onClose={() => void navigate({ to: '/admin/webhooks/$endpointId', params: { endpointId: made.endpoint.id } })} />}
    </Page>
  );
}
