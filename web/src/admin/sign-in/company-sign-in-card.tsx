import type { CompanySignIn, Role } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { ChipsInput } from '../../ui/chips-input.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { CopyLine } from '../../ui/copy-button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { roleName } from '../roles/role-words.ts';

const isDomain = (text: string) => /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i.test(text);
const refresh = () => queryClient.invalidateQueries({ queryKey: ['company-sign-in'] });

interface Props {
  company: CompanySignIn | null;
  redirectUrl: string;
  roles: readonly Role[];
}

/** The company's own sign-in (OpenID Connect): which provider, for whom, and whether it is the only way. */
export function CompanySignInCard({ company, redirectUrl, roles }: Props) {
  const [isRemoving, setRemoving] = useState(false);
  const form = useForm(
    { name: company?.name ?? '', issuer: company?.issuer ?? '', clientId: company?.clientId ?? '', clientSecret: '', domains: company?.domains ?? ([] as string[]), joiningRoleId: company?.joiningRoleId ?? '', isEnabled: company?.isEnabled ?? true, isEnforced: company?.isEnforced ?? false },
    { name: isFilled, issuer: isFilled, clientId: isFilled, domains: (domains) => (domains.length === 0 ? t('check.needed') : undefined) },
  );
  const { values } = form;
  const save = useMutation({
    mutationFn: ({ clientSecret, joiningRoleId, ...body }: typeof values) => client.signIn.setCompany({
      body: { ...body, name: body.name.trim(), issuer: body.issuer.trim(), joiningRoleId: joiningRoleId === '' ? null : joiningRoleId, ...(clientSecret === '' ? {} : { clientSecret }) },
    }),
    onSuccess: () => {
      void refresh();
      form.restart({ ...values, clientSecret: '' });
      showToast(t('ui.saved'), { icon: 'check' });
    },
  });
  const remove = useMutation({
    mutationFn: () => client.signIn.removeCompany(),
    onSuccess: () => {
      form.restart({ name: '', issuer: '', clientId: '', clientSecret: '', domains: [], joiningRoleId: '', isEnabled: true, isEnforced: false });
      void refresh();
    },
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => setRemoving(false),
  });
  return (
    <form ref={form.ref} noValidate onSubmit={form.onSubmit((all) => save.mutate(all))}>
      <Card
        title={t('companyAdmin.title')} description={t('companyAdmin.lead')}
        footer={<>{company && <Button onClick={() => setRemoving(true)}>{t('companyAdmin.remove')}</Button>}<Button type="submit" tone="primary" isBusy={save.isPending} disabled={!form.isDirty}>{t('companyAdmin.save')}</Button></>}
      >
        <div className="flex max-w-2xl flex-col gap-4">
          {save.error && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{explain(save.error)}</Banner>}
          <div className="flex flex-col gap-1">
            <p className="text-sm font-medium">{t('companyAdmin.redirect')}</p>
            <CopyLine text={redirectUrl} label={t('companyAdmin.redirect')} />
            <p className="text-xs text-ink-3">{t('companyAdmin.redirectHint')}</p>
          </div>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('companyAdmin.name')} hint={t('companyAdmin.nameHint')} error={form.errors.name}><Input {...form.text('name')} maxLength={100} autoComplete="off" /></Field>
            <Field label={t('companyAdmin.issuer')} hint={t('companyAdmin.issuerHint')} error={form.errors.issuer}><Input {...form.text('issuer')} type="url" inputMode="url" dir="ltr" autoComplete="off" spellCheck={false} /></Field>
            <Field label={t('companyAdmin.clientId')} error={form.errors.clientId}><Input {...form.text('clientId')} dir="ltr" autoComplete="off" spellCheck={false} /></Field>
            <Field label={t('companyAdmin.secret')} hint={company?.hasSecret ? t('companyAdmin.secretKept') : t('companyAdmin.secretHint')}><PasswordInput {...form.text('clientSecret')} autoComplete="off" /></Field>
          </div>
          <Field label={t('companyAdmin.domains')} hint={t('companyAdmin.domainsHint')} error={form.errors.domains}><ChipsInput values={values.domains} onChange={(domains) => form.set('domains', domains.map((domain) => domain.toLowerCase()))} ariaLabel={t('companyAdmin.domains')} isValid={isDomain} placeholder="example.com" /></Field>
          <Field label={t('companyAdmin.joining')} hint={t('companyAdmin.joiningHint')}>
            <Select value={values.joiningRoleId} options={[{ value: '', label: t('companyAdmin.joiningNone') }, ...roles.map((role) => ({ value: role.id, label: roleName(role) }))]} onChange={(id) => form.set('joiningRoleId', id)} />
          </Field>
          <Switch isOn={values.isEnabled} onChange={(isOn) => form.set('isEnabled', isOn)} label={t('companyAdmin.enabled')} />
          <div className="flex flex-col gap-1">
            <Switch isOn={values.isEnforced} onChange={(isOn) => form.set('isEnforced', isOn)} label={t('companyAdmin.enforced')} />
            <p className="text-xs text-ink-3">{t('companyAdmin.enforcedHint')}</p>
          </div>
        </div>
      </Card>
      <Confirm isOpen={isRemoving} onClose={() => setRemoving(false)} title={t('companyAdmin.removeTitle')} deed={t('companyAdmin.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate()}>{t('companyAdmin.removeLead')}</Confirm>
    </form>
  );
}
