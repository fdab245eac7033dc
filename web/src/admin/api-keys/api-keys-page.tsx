import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatDate, formatFull, formatSpan } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { apiKeysQuery } from '../queries.ts';
import { ApiKeyDialog } from './api-key-dialog.tsx';

export function ApiKeysPage() {
  const keys = useQuery(apiKeysQuery);
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<{ id: string; name: string }>();
  const revoke = useMutation({
    mutationFn: (apiKeyId: string) => client.accounts.revokeApiKey({ params: { apiKeyId } }),
    onSuccess: () => showToast(t('apiKeys.revoked'), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => {
      setRevoking(undefined);
      void queryClient.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
    },
  });
  const create = <Button tone="primary" icon="plus" onClick={() => setCreating(true)}>{t('apiKeys.create')}</Button>;
  return (
    <Page title={t('settings.apiKeys')} description={t('apiKeys.lead')} actions={create}>
      <LoadState query={keys} explain={explain}>
        {(items) =>
          items.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="key-round" title={t('apiKeys.emptyTitle')} action={create}>{t('apiKeys.empty')}</EmptyState></div>
          ) : (
            <CardList label={t('settings.apiKeys')}>
              {items.map((key) => {
                const isOver = key.expiresAt !== null && Date.parse(key.expiresAt) < Date.now();
                return (
                  <li key={key.id} className="flex items-center gap-4 px-4 py-3">
                    <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-ink-2 max-md:hidden"><Icon name="key-round" size={18} /></span>
                    <div className="min-w-0 grow">
                      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5"><span className="font-medium">{key.name}</span><code dir="ltr" className="font-mono text-xs text-ink-3">{key.prefix}…</code>{isOver && <Badge tone="clay" icon="hourglass">{t('apiKeys.expired')}</Badge>}</p>
                      <p className="text-sm text-ink-3">
                        {t('apiKeys.actsAs', { name: key.agentName })} · {t('apiKeys.created', { date: formatDate(key.createdAt) })} ·{' '}
                        {key.lastUsedAt ? <span title={formatFull(key.lastUsedAt)}>{t('apiKeys.used', { span: formatSpan(Date.now() - Date.parse(key.lastUsedAt)) })}</span> : t('apiKeys.unused')}
                        {key.expiresAt && !isOver && <> · {t('apiKeys.until', { date: formatDate(key.expiresAt) })}</>}
                      </p>
                    </div>
                    <Button size="sm" aria-label={t('apiKeys.revokeThis', { name: key.name })} onClick={() => setRevoking(key)}>{t('apiKeys.revoke')}</Button>
                  </li>
                );
              })}
            </CardList>
          )
        }
      </LoadState>
      {isCreating && <ApiKeyDialog onClose={() => setCreating(false)} />}
      <Confirm isOpen={revoking !== undefined} onClose={() => setRevoking(undefined)} title={t('apiKeys.revokeTitle', { name: revoking?.name ?? '' })} deed={t('apiKeys.revoke')} isBusy={revoke.isPending} onConfirm={() => revoking && revoke.mutate(revoking.id)}>{t('apiKeys.revokeLead')}</Confirm>
    </Page>
  );
}
