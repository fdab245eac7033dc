import type { WebhookEndpoint } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { formatFull } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { refreshWebhooks } from './queries.ts';
import { SecretDialog } from './secret-dialog.tsx';

const overlaps = ['24', '72', '168', '1', '0'] as const;
type Overlap = (typeof overlaps)[number];

/** The secret cannot be read again, only replaced; for a while the old one signs beside the new. */
export function SecretCard({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [isAsking, setAsking] = useState(false);
  const [overlap, setOverlap] = useState<Overlap>('24');
  const [secret, setSecret] = useState<string>();
  const rotate = useMutation({
    mutationFn: () => client.webhooks.rotate({ params: { endpointId: endpoint.id }, body: { overlapHours: Number(overlap) } }),
    onSuccess: (answer) => setSecret(answer.secret),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => {
      setAsking(false);
      refreshWebhooks();
    },
  });
  return (
    <Card title={t('webhook.secret')} description={endpoint.oldSecretUntil ? t('webhook.oldUntil', { moment: formatFull(endpoint.oldSecretUntil) }) : t('webhook.secretLead')} actions={<Button icon="refresh-cw" onClick={() => setAsking(true)}>{t('webhook.rotate')}</Button>}>
      {isAsking && (
        <Confirm isOpen onClose={() => setAsking(false)} title={t('webhook.rotateTitle')} deed={t('webhook.rotateDo')} isBusy={rotate.isPending} onConfirm={() => rotate.mutate()}>
          <p className="mb-4">{t('webhook.rotateLead')}</p>
          <Field label={t('webhook.overlap')}>
            <Select<Overlap> value={overlap} onChange={setOverlap} options={overlaps.map((hours) => ({ value: hours, label: hours === '0' ? t('webhook.overlapNone') : Number(hours) < 48 ? t('webhook.overlapHours', { hours: Number(hours) }) : t('webhook.overlapDays', { days: Number(hours) / 24 }) }))} />
          </Field>
        </Confirm>
      )}
      {secret !== undefined && <SecretDialog secret={secret} lead={t('webhook.rotatedLead', { name: endpoint.name })} onClose={() => setSecret(undefined)} />}
    </Card>
  );
}
