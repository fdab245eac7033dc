import { caseKinds, fieldTypes, type CaseField, type CaseKind, type CustomerField, type FieldType } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { kindWord } from '../../cases/properties/property-words.ts';
import { caseFieldsQuery } from '../../data/case-properties.ts';
import { customerFieldsQuery } from '../../data/customers.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { v7 } from '../../data/uuid.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';

export const typeWord = (type: FieldType) => t(`fields.type.${type}`);

/** The options of the lines: those that were there keep their id, and those whose line is gone are retired. */
function optionsOf(lines: string, before: CaseField['options']): CaseField['options'] {
  const labels = [...new Set(lines.split('\n').map((line) => line.trim()).filter((line) => line !== ''))];
  const kept = labels.map((label) => ({ id: before.find((one) => one.label === label)?.id ?? v7(Date.now()), label, isRetired: false }));
  return [...kept, ...before.filter((one) => !labels.includes(one.label)).map((one) => ({ ...one, isRetired: true }))];
}

/** Makes or changes a field of cases, customers or organizations. */
export function FieldDialog({ subject, field, onClose }: { subject: 'case' | CustomerField['subject']; field: (Omit<CaseField, 'kinds' | 'isRequired'> & Partial<Pick<CaseField, 'kinds' | 'isRequired'>>) | undefined; onClose: () => void }) {
  const id = useId();
  const before = field?.options ?? [];
  const form = useForm(
    { name: field?.name ?? '', type: field?.type ?? ('text' as FieldType), lines: before.filter((one) => !one.isRetired).map((one) => one.label).join('\n'), currency: field?.currency ?? 'EUR', kinds: field?.kinds ?? ([] as CaseKind[]), isRequired: field?.isRequired ?? false },
    { name: isFilled, lines: (lines, all) => (all.type === 'choice' && lines.trim() === '' ? t('fields.optionsMissing') : undefined), currency: (code, all) => (all.type === 'money' && !/^[A-Za-z]{3}$/.test(code.trim()) ? t('fields.currencyWrong') : undefined) },
  );
  const save = useMutation({
    mutationFn: ({ name, type, lines, currency, kinds, isRequired }: typeof form.values): Promise<unknown> => {
      const own = { name: name.trim(), ...(type === 'choice' ? { options: optionsOf(lines, before) } : {}), ...(type === 'money' ? { currency: currency.trim().toUpperCase() } : {}) };
      if (subject !== 'case') return field ? client.customerFields.update({ params: { fieldId: field.id }, body: { ...own, version: field.version } }) : client.customerFields.create({ body: { ...own, subject, type } });
      const body = { ...own, kinds, isRequired };
      return field ? client.caseFields.update({ params: { fieldId: field.id }, body: { ...body, version: field.version } }) : client.caseFields.create({ body: { ...body, type } });
    },
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: subject === 'case' ? caseFieldsQuery.queryKey : customerFieldsQuery.queryKey });
      showToast(t('ui.saved'), { icon: 'check' });
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const { values } = form;
  return (
    <Dialog
      isOpen onClose={onClose} title={field ? t('fields.editTitle', { name: field.name }) : t('fields.create')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((all) => save.mutate(all))}>
        <Field label={t('fields.name')} error={form.errors.name}><Input {...form.text('name')} dir="auto" autoFocus maxLength={60} autoComplete="off" /></Field>
        <Field label={t('fields.type')}><Select value={values.type} isDisabled={field !== undefined} onChange={(type) => form.set('type', type)} options={fieldTypes.map((type) => ({ value: type, label: typeWord(type) }))} /></Field>
        {values.type === 'choice' && <Field label={t('fields.options')} hint={t('fields.optionsHint')} error={form.errors.lines}><TextArea {...form.text('lines')} dir="auto" rows={4} /></Field>}
        {values.type === 'money' && <Field label={t('fields.currency')} error={form.errors.currency}><Input {...form.text('currency')} maxLength={3} autoComplete="off" className="w-24 uppercase" /></Field>}
        {subject === 'case' && (
          <>
            <CheckList label={t('fields.kinds')} chosen={values.kinds} onChange={(kinds) => form.set('kinds', kinds as CaseKind[])} empty="" options={caseKinds.map((kind) => ({ id: kind, label: kindWord(kind) }))} />
            <p className="-mt-2 text-xs text-ink-3">{t('fields.kindsHint')}</p>
            <Switch isOn={values.isRequired} onChange={(isRequired) => form.set('isRequired', isRequired)} label={t('fields.required')} />
          </>
        )}
      </form>
    </Dialog>
  );
}
