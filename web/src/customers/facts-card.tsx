import type { Customer } from '@rapport/contract';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { client } from '../data/client.ts';
import { customerFieldsQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { Card } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { changedFields, faultOf, OwnFields, type Typed } from './own-fields.tsx';
import { organizationsQuery, refreshCustomers } from './queries.ts';

const NONE = '-';
const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'tr', 'ar', 'uk', 'ru', 'zh', 'ja'];
const zones = Intl.supportedValuesOf('timeZone');

/** What is known of a customer, to be changed in one go. Made anew for each version, so that it never shows what was before. */
export function FactsCard({ customer }: { customer: Customer }) {
  const id = useId();
  const canEdit = useCan('customer.edit');
  const organizations = useInfiniteQuery(organizationsQuery('')).data ?? [];
  const fields = (useQuery(customerFieldsQuery).data ?? []).filter((field) => field.subject === 'customer');
  const form = useForm({
    name: customer.name, note: customer.note, locale: customer.locale ?? NONE, timeZone: customer.timeZone ?? NONE, preferredChannel: customer.preferredChannel ?? NONE, contactPermission: customer.contactPermission, organizationId: customer.organization?.id ?? NONE,
    own: {} as Typed,
  }, { name: isFilled, own: (own) => faultOf(fields, own, customer.fields) });
  const orNull = <T extends string>(value: T): Exclude<T, typeof NONE> | null => (value === NONE ? null : (value as Exclude<T, typeof NONE>));
  const done = { onSuccess: () => { refreshCustomers(); showToast(t('ui.saved'), { icon: 'check' }); }, onError: (error: unknown) => { refreshCustomers(); showTrouble(explain(error)); } };
  const params = { customerId: customer.id };
  const save = useMutation({
    mutationFn: (values: typeof form.values) => client.customers.update({ params, body: {
      version: customer.version, name: values.name.trim(), note: values.note, contactPermission: values.contactPermission, locale: orNull(values.locale), timeZone: orNull(values.timeZone), organizationId: orNull(values.organizationId),
      preferredChannel: orNull(values.preferredChannel) as 'email' | 'phone' | null, fields: changedFields(fields, values.own, customer.fields),
    } }), ...done,
  });
  const join = useMutation({ mutationFn: (organizationId: string) => client.customers.update({ params, body: { version: customer.version, organizationId } }), ...done });
  const decline = useMutation({ mutationFn: () => client.customers.declineOrganization({ params }), ...done });
  const suggested = customer.suggestedOrganization;
  const none = { value: NONE, label: '–' };
  const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'language' });
  const withOwn = (codes: readonly string[], own: string | null) => (own === null || codes.includes(own) ? codes : [own, ...codes]);
  const companies = customer.organization && !organizations.some((each) => each.id === customer.organization?.id) ? [customer.organization, ...organizations] : organizations;
  return (
    <Card title={t('customers.facts')} {...(canEdit ? { footer: <Button type="submit" form={id} tone="primary" disabled={!form.isDirty} isBusy={save.isPending}>{t('ui.save')}</Button> } : {})}>
      {suggested && canEdit && (
        <Banner icon="building-2" className="mb-4 rounded-md" action={<span className="flex flex-wrap gap-2"><Button size="sm" isBusy={join.isPending} onClick={() => join.mutate(suggested.id)}>{t('customers.join')}</Button><Button size="sm" tone="quiet" onClick={() => decline.mutate()}>{t('customers.notTheirs')}</Button></span>}>{t('customers.suggested', { name: suggested.name })}</Banner>
      )}
      <form ref={form.ref} id={id} noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <fieldset disabled={!canEdit} className="grid gap-4 md:grid-cols-2">
          <Field label={t('customers.name')} error={form.errors.name}><Input {...form.text('name')} maxLength={200} autoComplete="off" /></Field>
          <Field label={t('customers.organization')}><Select isDisabled={!canEdit} value={form.values.organizationId} options={[none, ...companies.map((each) => ({ value: each.id, label: each.name }))]} onChange={(value) => form.set('organizationId', value)} /></Field>
          <Field label={t('customers.language')}><Select isDisabled={!canEdit} value={form.values.locale} options={[none, ...withOwn(languages, customer.locale).map((code) => ({ value: code, label: names.of(code) ?? code }))]} onChange={(value) => form.set('locale', value)} /></Field>
          <Field label={t('customers.timeZone')}><Select isDisabled={!canEdit} value={form.values.timeZone} options={[none, ...withOwn(zones, customer.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]} onChange={(value) => form.set('timeZone', value)} /></Field>
          <Field label={t('customers.channel')}><Select isDisabled={!canEdit} value={form.values.preferredChannel} options={[none, { value: 'email', label: t('customers.email') }, { value: 'phone', label: t('customers.phone') }]} onChange={(value) => form.set('preferredChannel', value)} /></Field>
          <Field label={t('customers.permission')} hint={t('customers.permissionHint')}><Select isDisabled={!canEdit} value={form.values.contactPermission} options={(['unknown', 'granted', 'refused'] as const).map((value) => ({ value, label: t(`customers.permission.${value}`) }))} onChange={(value) => form.set('contactPermission', value)} /></Field>
          <OwnFields fields={fields} before={customer.fields} typed={form.values.own} isDisabled={!canEdit} fault={form.errors.own} onChange={(own) => form.set('own', own)} />
          <Field label={t('customer.note')} className="md:col-span-2"><TextArea {...form.text('note')} maxLength={5000} /></Field>
        </fieldset>
      </form>
    </Card>
  );
}
