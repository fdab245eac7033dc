import type { Organization } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../data/client.ts';
import { customerFieldsQuery } from '../data/customers.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { changedFields, faultOf, OwnFields, type Typed } from './own-fields.tsx';
import { refreshCustomers } from './queries.ts';

const domainsIn = (text: string) => text.split(/[\s,;]+/).map((domain) => domain.replace(/^@/, '')).filter((domain) => domain !== '');

export function OrganizationDialog({ organization, onClose, onMade }: { organization: Organization | undefined; onClose: () => void; onMade?: (organization: Organization) => void }) {
  const id = useId();
  const fields = (useQuery(customerFieldsQuery).data ?? []).filter((field) => field.subject === 'organization');
  const values = organization?.fields ?? {};
  const form = useForm({ own: {} as Typed, name: organization?.name ?? '', domains: organization?.domains.join(', ') ?? '', note: organization?.note ?? '' }, { name: isFilled, own: (own) => faultOf(fields, own, values) });
  const save = useMutation({
    mutationFn: ({ name, domains, note, own }: typeof form.values) => {
      const body = { name: name.trim(), domains: domainsIn(domains), note, fields: changedFields(fields, own, values) };
      return organization ? client.organizations.update({ params: { organizationId: organization.id }, body: { ...body, version: organization.version } }) : client.organizations.create({ body });
    },
    onSuccess: (made) => {
      refreshCustomers();
      showToast(t('ui.saved'), { icon: 'check' });
      onMade?.(made);
      onClose();
    },
    onError: (error) => {
      if (isProblem(error, 'name_taken')) form.fail('name', t('problem.nameTaken'));
      else if (isProblem(error, 'organization_domain_taken')) form.fail('domains', t('organizations.domainTaken'));
      else if (isProblem(error, 'public_mail_domain')) form.fail('domains', t('organizations.publicDomain'));
      else showTrouble(explain(error));
    },
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={t(organization ? 'organizations.edit' : 'organizations.create')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((all) => save.mutate(all))}>
        <Field label={t('organizations.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={200} autoComplete="off" /></Field>
        <Field label={t('organizations.domains')} hint={t('organizations.domainsHint')} error={form.errors.domains}><Input {...form.text('domains')} autoComplete="off" spellCheck={false} /></Field>
        <OwnFields fields={fields} before={values} typed={form.values.own} isDisabled={false} fault={form.errors.own} onChange={(own) => form.set('own', own)} />
        <Field label={t('customer.note')}><TextArea {...form.text('note')} maxLength={5000} /></Field>
      </form>
    </Dialog>
  );
}
