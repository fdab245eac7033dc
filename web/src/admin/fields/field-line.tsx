import type { CaseField } from '@rapport/contract';
import { kindWord } from '../../cases/properties/property-words.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton, iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { typeWord } from './field-dialog.tsx';

interface LineProps {
  field: Omit<CaseField, 'kinds' | 'isRequired'> & Partial<Pick<CaseField, 'kinds' | 'isRequired'>>;
  onEdit: () => void;
  onRetire: () => void;
  onRemove: () => void;
  /** Where they are put in order; nothing where there is no further way. */
  order?: { onUp: (() => void) | undefined; onDown: (() => void) | undefined };
}

/** One field of the account's own: what it is called and what it takes. */
export function FieldLine({ field, onEdit, onRetire, onRemove, order }: LineProps) {
  return (
    <li className="flex items-center gap-2 px-4 py-3">
      <div className="min-w-0 grow">
        <p dir="auto" className="flex flex-wrap items-center gap-2 font-medium break-words">{field.name}{field.isRetired && <Badge>{t('fields.retired')}</Badge>}{field.isRequired && <Badge tone="honey">{t('fields.requiredMark')}</Badge>}</p>
        <p className="text-sm break-words text-ink-3">
          {typeWord(field.type)}{field.currency && ` · ${field.currency}`}{field.kinds && ` · ${field.kinds.length === 0 ? t('fields.allKinds') : field.kinds.map(kindWord).join(', ')}`}
          {field.type === 'choice' && ` · ${field.options.filter((one) => !one.isRetired).map((one) => one.label).join(', ')}`}
        </p>
      </div>
      {order && <IconButton icon="arrow-up" label={`${t('fields.up')}: ${field.name}`} disabled={!order.onUp} onClick={order.onUp} />}
      {order && <IconButton icon="arrow-down" label={`${t('fields.down')}: ${field.name}`} disabled={!order.onDown} onClick={order.onDown} />}
      <Menu
        trigger={<button type="button" aria-label={t('fields.actions', { name: field.name })} className={`${iconButtonLook} size-8`}><Icon name="ellipsis" /></button>}
        groups={[[{ id: 'edit', label: t('teams.edit'), icon: 'pencil', run: onEdit }, { id: 'retire', label: t(field.isRetired ? 'fields.unretire' : 'fields.retire'), icon: field.isRetired ? 'rotate-ccw' : 'archive', run: onRetire }], [{ id: 'remove', label: t('fields.remove'), icon: 'trash-2', isDanger: true, run: onRemove }]]}
      />
    </li>
  );
}
