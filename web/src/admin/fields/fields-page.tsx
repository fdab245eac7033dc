import type { CaseField } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { kindWord } from '../../cases/properties/property-words.ts';
import { caseFieldsQuery } from '../../data/case-properties.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton, iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Menu } from '../../ui/menu.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { FieldDialog, typeWord } from './field-dialog.tsx';

interface LineProps {
  field: CaseField;
  onEdit: () => void;
  onRetire: () => void;
  onRemove: () => void;
  /** Nothing where there is no further way. */
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
}

function FieldLine({ field, onEdit, onRetire, onRemove, onUp, onDown }: LineProps) {
  return (
    <li className="flex items-center gap-2 px-4 py-3">
      <div className="min-w-0 grow">
        <p dir="auto" className="flex flex-wrap items-center gap-2 font-medium break-words">{field.name}{field.isRetired && <Badge>{t('fields.retired')}</Badge>}{field.isRequired && <Badge tone="honey">{t('fields.requiredMark')}</Badge>}</p>
        <p className="text-sm break-words text-ink-3">
          {typeWord(field.type)}{field.currency && ` · ${field.currency}`} · {field.kinds.length === 0 ? t('fields.allKinds') : field.kinds.map(kindWord).join(', ')}
          {field.type === 'choice' && ` · ${field.options.filter((one) => !one.isRetired).map((one) => one.label).join(', ')}`}
        </p>
      </div>
      <IconButton icon="arrow-up" label={`${t('fields.up')}: ${field.name}`} disabled={!onUp} onClick={onUp} />
      <IconButton icon="arrow-down" label={`${t('fields.down')}: ${field.name}`} disabled={!onDown} onClick={onDown} />
      <Menu
        trigger={<button type="button" aria-label={t('fields.actions', { name: field.name })} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>}
        groups={[[{ id: 'edit', label: t('teams.edit'), icon: 'pencil', run: onEdit }, { id: 'retire', label: t(field.isRetired ? 'fields.unretire' : 'fields.retire'), icon: field.isRetired ? 'rotate-ccw' : 'archive', run: onRetire }], [{ id: 'remove', label: t('fields.remove'), icon: 'trash-2', isDanger: true, run: onRemove }]]}
      />
    </li>
  );
}

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
                  key={field.id} field={field} onEdit={() => setEditing(field)} onUp={at > 0 ? swap(items, at, -1) : undefined} onDown={at < items.length - 1 ? swap(items, at, 1) : undefined}
                  onRetire={() => change.mutate(() => client.caseFields.update({ params: { fieldId: field.id }, body: { version: field.version, isRetired: !field.isRetired } }))}
                  onRemove={() => change.mutate(() => client.caseFields.remove({ params: { fieldId: field.id } }))}
                />
              ))}
            </CardList>
          )
        }
      </LoadState>
      {editing && <FieldDialog field={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}
