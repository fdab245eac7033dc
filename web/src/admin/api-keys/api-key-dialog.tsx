import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { agentsQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { useCan, useSession } from '../../data/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { CopyButton, CopyLine } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { apiKeysQuery } from '../queries.ts';

const spans = ['30', '90', '365', 'never'] as const;
type Span = (typeof spans)[number];
const endOf = (days: string) => new Date(Date.now() + Number(days) * 86_400_000).toISOString();

/** Makes a key and shows it the one time that it can be read. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const me = useSession().agent;
  const agents = useQuery({ ...agentsQuery, enabled: useCan('agent.read') }).data?.filter((agent) => agent.state === 'active' && agent.id !== me.id) ?? [];
  const form = useForm({ name: '', agentId: me.id, span: '365' as Span }, { name: isFilled });
  const create = useMutation({
    mutationFn: ({ name, agentId, span }: typeof form.values) => client.accounts.createApiKey({ body: { name: name.trim(), agentId, ...(span === 'never' ? {} : { expiresAt: endOf(span) }) } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
    onError: (error) => showTrouble(explain(error)),
  });
  if (create.data) {
    const example = `curl -H "Authorization: Bearer ${create.data.key}" ${location.origin}/api/v1/cases`;
    return (
      <Dialog isOpen onClose={onClose} width="md" title={t('apiKeys.madeTitle')} description={t('apiKeys.madeLead', { name: create.data.name })} actions={<Button tone="primary" onClick={onClose}>{t('apiKeys.kept')}</Button>}>
        <div className="flex flex-col gap-3">
          <CopyLine text={create.data.key} label={t('apiKeys.key')} />
          <Banner tone="attention" icon="triangle-alert" isLive={false} className="rounded-md px-3!">{t('apiKeys.once')}</Banner>
          <div>
            <p className="mb-1 flex items-center justify-between text-sm text-ink-2">{t('apiKeys.try')}<CopyButton text={example} tone="quiet" /></p>
            <pre dir="ltr" tabIndex={0} aria-label={t('apiKeys.try')} className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs">{example}</pre>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen onClose={onClose} title={t('apiKeys.create')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={create.isPending}>{t('apiKeys.createDo')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Field label={t('apiKeys.name')} hint={t('apiKeys.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={200} autoComplete="off" /></Field>
        <Field label={t('apiKeys.agent')} hint={t('apiKeys.agentHint')}>
          <Select value={form.values.agentId} onChange={(agentId) => form.set('agentId', agentId)} options={[{ value: me.id, label: t('apiKeys.me', { name: me.name }) }, ...agents.map((agent) => ({ value: agent.id, label: agent.name }))]} />
        </Field>
        <Field label={t('apiKeys.span')}>
          <Select<Span> value={form.values.span} onChange={(span) => form.set('span', span)} options={spans.map((span) => ({ value: span, label: span === 'never' ? t('apiKeys.never') : t('apiKeys.days', { days: Number(span), date: formatDate(endOf(span)) }) }))} />
        </Field>
      </form>
    </Dialog>
  );
}
