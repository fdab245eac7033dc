import type { Inbox } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { storedOf, type Provider } from './inbox-draft.ts';
import type { InboxFormState } from './server-fields.tsx';

const providers: readonly Provider[] = ['google', 'microsoft', 'other'];

/** At which provider consent is given in place of a password, and the way there. */
export function ConsentCard({ form, inbox }: { form: InboxFormState; inbox: Inbox | undefined }) {
  const { values, errors } = form;
  const stored = storedOf(inbox).oauth;
  const start = useMutation({
    mutationFn: (inboxId: string) => client.mailSignIn.start({ params: { inboxId } }),
    onSuccess: ({ url }) => location.assign(url),
    onError: (error) => showTrouble(explain(error)),
  });
  const isConnected = stored?.isConnected === true;
  return (
    <Card title={t('mailIn.consentTitle')} description={t('mailIn.consentLead')} actions={stored && (isConnected ? <Badge tone="moss" icon="check">{t('mailIn.connected')}</Badge> : <Badge tone="honey" icon="triangle-alert">{t('mailIn.notConnected')}</Badge>)}>
      <div className="grid gap-4 md:grid-cols-2">
        <Field label={t('mailIn.provider')}><Select<Provider> value={values.oauthProvider} onChange={(next) => form.set('oauthProvider', next)} options={providers.map((value) => ({ value, label: t(`mailIn.provider.${value}`) }))} /></Field>
        {values.oauthProvider === 'other' && <Field label={t('mailIn.issuer')} error={errors.oauthIssuer}><Input {...form.text('oauthIssuer')} dir="ltr" autoComplete="off" spellCheck={false} placeholder="https://sign-in.example.com" /></Field>}
        <Field label={t('mailIn.clientId')} error={errors.oauthClientId}><Input {...form.text('oauthClientId')} dir="ltr" autoComplete="off" spellCheck={false} /></Field>
        <Field label={t('mailIn.clientSecret')} hint={stored?.hasSecret ? t('inbox.passwordKept') : undefined}><PasswordInput {...form.text('oauthSecret')} autoComplete="new-password" placeholder={stored?.hasSecret ? '••••••••' : undefined} /></Field>
        {values.oauthProvider === 'other' && <Field label={t('mailIn.scope')} hint={t('mailIn.scopeHint')}><Input {...form.text('oauthScope')} dir="ltr" autoComplete="off" spellCheck={false} placeholder="openid offline_access" /></Field>}
        <Field label={t('mailIn.redirect')} hint={t('mailIn.redirectHint')}><Input value={`${location.origin}/admin/inbox-sign-in`} readOnly dir="ltr" onFocus={(event) => event.currentTarget.select()} /></Field>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button tone={isConnected ? 'quiet' : 'primary'} icon="link" isBusy={start.isPending} disabled={!inbox || form.isDirty} onClick={() => inbox && start.mutate(inbox.id)}>{t(isConnected ? 'mailIn.connectAgain' : 'mailIn.connect')}</Button>
        {(!inbox || form.isDirty) && <p className="text-sm text-ink-3">{t('mailIn.saveFirst')}</p>}
      </div>
    </Card>
  );
}
