import { caseKinds, type CaseDetail, type CaseKind } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { caseFieldsQuery } from '../../data/case-properties.ts';
import { changeCase } from '../../data/outbox.ts';
import { useCan } from '../../data/session.ts';
import { undoAction } from '../../commands/undo-action.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from './field-input.tsx';
import { showToast } from '../../ui/toast.ts';
import { Part } from './part.tsx';
import { kindWord } from './property-words.ts';

/** The kind of the case and the account's own fields, edited in place. */
export function FieldsPart({ detail }: { detail: CaseDetail }) {
  const canEdit = useCan('case.edit') && detail.status !== 'closed';
  const fields = useQuery(caseFieldsQuery).data ?? [];
  const valueOf = (fieldId: string) => detail.fields.find((one) => one.fieldId === fieldId)?.value;
  const shown = fields.filter((field) => (field.isRetired ? valueOf(field.id) !== undefined : field.kinds.length === 0 || field.kinds.includes(detail.kind) || valueOf(field.id) !== undefined));
  const chooseKind = (kind: CaseKind) => {
    const before = detail.kind;
    changeCase(detail.id, { kind });
    showToast(t('done.kind', { kind: kindWord(kind) }), { action: undoAction(() => changeCase(detail.id, { kind: before })) });
  };
  return (
    <Part title={t('field.title')}>
      <div className="grid grid-cols-[minmax(5rem,auto)_minmax(0,1fr)] items-center gap-x-3 gap-y-0.5 text-sm">
        <span className="text-ink-3">{t('kind.title')}</span>
        <select aria-label={t('kind.title')} value={detail.kind} disabled={!canEdit} onChange={(event) => chooseKind(event.target.value as CaseKind)} className="h-7 w-full min-w-0 rounded-md border border-transparent bg-transparent px-1.5 text-sm hover:border-line-strong/60 focus-visible:border-focus disabled:hover:border-transparent">
          {caseKinds.map((kind) => <option key={kind} value={kind}>{kindWord(kind)}</option>)}
        </select>
        {shown.map((field) => (
          <div key={field.id} className="contents">
            <span dir="auto" className="min-w-0 break-words text-ink-3" title={field.isRequired ? t('field.requiredHint') : undefined}>{field.name}{field.isRequired && <span className="text-honey" aria-hidden="true"> *</span>}{field.isRequired && <span className="sr-only"> ({t('field.requiredHint')})</span>}</span>
            <FieldInput key={JSON.stringify(valueOf(field.id) ?? null)} field={field} value={valueOf(field.id)} isDisabled={!canEdit || field.isRetired} onChange={(value) => changeCase(detail.id, { fields: { [field.id]: value } })} />
          </div>
        ))}
      </div>
    </Part>
  );
}
