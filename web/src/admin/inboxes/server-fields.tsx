import { t } from '../../i18n/index.ts';
import { Field, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Select } from '../../ui/select.tsx';
import type { useForm } from '../../ui/use-form.ts';
import { securities, withSecurity, type Auth, type InboxDraft, type Security } from './inbox-draft.ts';

export type InboxFormState = ReturnType<typeof useForm<InboxDraft>>;

interface Props {
  form: InboxFormState;
  protocol: 'imap' | 'smtp';
  /** One is stored; leaving the field empty keeps it. */
  hasPassword: boolean;
}

/** Where a mail server is and how to sign in there. */
export function ServerFields({ form, protocol, hasPassword }: Props) {
  const { values, errors } = form;
  const security = values[`${protocol}Security`];
  const auth = values[`${protocol}Auth`];
  const choose = (next: Security) => {
    form.set(`${protocol}Port`, withSecurity(protocol, values[`${protocol}Port`], security, next));
    form.set(`${protocol}Security`, next);
  };
  return (
    <div className="grid gap-4 md:grid-cols-6">
      <Field className="md:col-span-3" label={t('inbox.host')} error={errors[`${protocol}Host`]}><Input {...form.text(`${protocol}Host`)} dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} placeholder={`${protocol}.example.com`} /></Field>
      <Field className="md:col-span-2" label={t('inbox.security')}>
        <Select<Security> value={security} onChange={choose} options={securities.map((value) => ({ value, label: t(`inbox.security.${value}`) }))} />
      </Field>
      <Field className="md:col-span-1" label={t('inbox.port')} error={errors[`${protocol}Port`]}><Input {...form.text(`${protocol}Port`)} inputMode="numeric" maxLength={5} dir="ltr" /></Field>
      <Field className="md:col-span-3" label={t('inbox.user')} hint={protocol === 'smtp' ? t('inbox.userHint') : undefined} error={errors[`${protocol}User`]}><Input {...form.text(`${protocol}User`)} dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} /></Field>
      <Field className="md:col-span-3" label={t('mailIn.auth')}>
        <Select<Auth> value={auth} onChange={(next) => form.set(`${protocol}Auth`, next)} options={[{ value: 'password', label: t('inbox.password') }, { value: 'oauth', label: t('mailIn.byConsent') }]} />
      </Field>
      {auth === 'password' && <Field className="md:col-span-3" label={t('inbox.password')} hint={hasPassword ? t('inbox.passwordKept') : undefined} error={errors[`${protocol}Password`]}><PasswordInput {...form.text(`${protocol}Password`)} autoComplete="new-password" placeholder={hasPassword ? '••••••••' : undefined} /></Field>}
      {protocol === 'imap' && <Field className="md:col-span-3" label={t('inbox.folder')} hint={t('inbox.folderHint')}><Input {...form.text('imapFolder')} dir="ltr" autoComplete="off" spellCheck={false} /></Field>}
    </div>
  );
}
