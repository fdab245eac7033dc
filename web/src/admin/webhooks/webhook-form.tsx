import type { WebhookEndpoint, WebhookTopic } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { refreshWebhooks } from './queries.ts';
import { topicNames, topicWords } from './topics.ts';

const isAddress = (value: string) => isFilled(value) ?? (URL.canParse(value.trim()) && /^https?:/i.test(value.trim()) ? undefined : t('webhook.addressFault'));

interface Props {
  /** Undefined makes a new one. */
  endpoint: WebhookEndpoint | undefined;
  /** The new endpoint with its secret, which is answered this once. */
  onMade?: (made: { endpoint: WebhookEndpoint; secret: string }) => void;
  onCancel?: () => void;
}

/** Name, address, topics, and whether the case goes along. */
export function WebhookForm({ endpoint, onMade, onCancel }: Props) {
  const me = useSession().agent;
  const form = useForm({ name: endpoint?.name ?? '', url: endpoint?.url ?? '' }, { name: isFilled, url: isAddress });
  const [topics, setTopics] = useState<readonly WebhookTopic[]>(endpoint?.topics ?? []);
  const [includeResource, setInclude] = useState(endpoint?.includeResource ?? false);
  const [lacksTopic, setLacksTopic] = useState(false);
  const save = useMutation({
    mutationFn: async ({ name, url }: typeof form.values) => {
      const body = { name: name.trim(), url: url.trim(), topics: [...topics], includeResource };
      if (endpoint) return void (await client.webhooks.update({ params: { endpointId: endpoint.id }, body: { ...body, version: endpoint.version } }));
      onMade?.(await client.webhooks.create({ body }));
    },
    onSuccess: () => {
      refreshWebhooks();
      if (endpoint) showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => {
      if (isProblem(error, 'bad_webhook_address')) form.fail('url', t('webhook.addressRefused'));
      else showTrouble(explain(error));
      if (isProblem(error, 'changed_meanwhile')) refreshWebhooks();
    },
  });
  const submit = form.onSubmit((values) => topics.length > 0 && save.mutate(values));
  return (
    <form ref={form.ref} noValidate onSubmit={(event) => { setLacksTopic(topics.length === 0); submit(event); }}>
      <Card
        {...(endpoint ? { title: t('webhook.what') } : {})}
        footer={<>{onCancel && <Button onClick={onCancel}>{t('ui.cancel')}</Button>}<Button type="submit" tone="primary" isBusy={save.isPending}>{endpoint ? t('ui.save') : t('webhook.createDo')}</Button></>}
      >
        <div className="flex flex-col gap-4">
          <Field label={t('webhook.name')} hint={t('webhook.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoFocus={!endpoint} maxLength={200} autoComplete="off" dir="auto" /></Field>
          <Field label={t('webhook.address')} hint={t('webhook.addressHint')} error={form.errors.url}><Input {...form.text('url')} type="url" inputMode="url" dir="ltr" maxLength={2000} autoComplete="off" spellCheck={false} placeholder="https://shop.example.com/rapport" /></Field>
          <div>
            <CheckList label={t('webhook.when')} chosen={topics} onChange={(chosen) => { setTopics(chosen as WebhookTopic[]); setLacksTopic(false); }} options={topicNames.map((topic) => ({ id: topic, label: t(topicWords[topic]), hint: topic }))} />
            {lacksTopic && <p role="alert" className="mt-1 text-sm text-clay">{t('webhook.topicNeeded')}</p>}
          </div>
          <Checkbox isChecked={includeResource} onChange={setInclude} label={t('webhook.include')} hint={t('webhook.includeHint')} />
          {endpoint && (endpoint.actsFor.id !== me.id || endpoint.apiKey) && <p className="text-sm text-ink-3">{t('webhook.takesOver', { name: endpoint.actsFor.name })}</p>}
        </div>
      </Card>
    </form>
  );
}
