import type { CaseField } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { caseFieldsQuery } from '../../data/case-properties.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { CustomerFieldsCard } from './customer-fields-card.tsx';
import { FieldDialog } from './field-dialog.tsx';
import { FieldLine } from './field-line.tsx';

/** What the account adds to its cases. */
export function FieldsPage() {
  const fields = useQuery(caseFieldsQuery);
  const [editing, setEditing] = useState<CaseField | 'new'>();
  const change = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onError: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('fields.inUse') : explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: caseFieldsQuery.queryKey }),
  });
  const swap = (items: readonly CaseField[], at: number, by: 1 | -1) => () => {
    const ids = items.map((one) => one.id);
    const [moved] = ids.splice(at, 1);
    if (moved) ids.splice(at + by, 0, moved);
    change.mutate(() => client.caseFields.order({ body: { fieldIds: ids } }));
  };
  const create = <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>{t('fields.create')}</Button>;
  return (
    <Page title={t('settings.fields')} description={t('fields.lead')} actions={create}>
      <LoadState query={fields} explain={explain}>
        {(items) =>
          items.length === 0 ? (
            <div className="rounded-lg border border-line bg-surface"><EmptyState icon="list-checks" title={t('fields.emptyTitle')} action={create}>{t('fields.empty')}</EmptyState></div>
          ) : (
            <CardList label={t('settings.fields')}>
              {items.map((field, at) => (
                <FieldLine
                  key={field.id} field={field} onEdit={() => setEditing(field)} order={{ onUp: at > 0 ? swap(items, at, -1) : undefined, onDown: at < items.length - 1 ? swap(items, at, 1) : undefined }}
                  onRetire={() => change.mutate(() => client.caseFields.update({ params: { fieldId: field.id }, body: { version: field.version, isRetired: !field.isRetired } }))}
                  onRemove={() => change.mutate(() => client.caseFields.remove({ params: { fieldId: field.id } }))}
                />
              ))}
            </CardList>
          )
        }
      </LoadState>
      <CustomerFieldsCard subject="customer" />
      <CustomerFieldsCard subject="organization" />
      {editing && <FieldDialog subject="case" field={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
