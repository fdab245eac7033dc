import type { CustomerField } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { customerFieldsQuery } from '../../data/customers.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { FieldDialog } from './field-dialog.tsx';
import { FieldLine } from './field-line.tsx';

/** What the account adds to its customers, or to its organizations. */
export function CustomerFieldsCard({ subject }: { subject: CustomerField['subject'] }) {
  const fields = useQuery(customerFieldsQuery);
  const [editing, setEditing] = useState<CustomerField | 'new'>();
  const change = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onError: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('ownFields.inUse') : explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: customerFieldsQuery.queryKey }),
  });
  return (
    <Card title={t(`ownFields.${subject}`)} description={t(`ownFields.${subject}Lead`)} actions={<Button icon="plus" aria-label={`${t('fields.create')}: ${t(`ownFields.${subject}`)}`} onClick={() => setEditing('new')}>{t('fields.create')}</Button>}>
      <LoadState query={fields} explain={explain}>
        {(all) => {
          const own = all.filter((field) => field.subject === subject);
          if (own.length === 0) return <p className="text-ink-3">{t('fields.emptyTitle')}</p>;
          return (
            <ul aria-label={t(`ownFields.${subject}`)} className="-mx-4 -my-4 divide-y divide-line">
              {own.map((field) => (
                <FieldLine
                  key={field.id} field={field} onEdit={() => setEditing(field)}
                  onRetire={() => change.mutate(() => client.customerFields.update({ params: { fieldId: field.id }, body: { version: field.version, isRetired: !field.isRetired } }))}
                  onRemove={() => change.mutate(() => client.customerFields.remove({ params: { fieldId: field.id } }))}
                />
              ))}
            </ul>
          );
        }}
      </LoadState>
      {editing && <FieldDialog subject={subject} field={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Card>
  );
}
