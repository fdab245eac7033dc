import type { BodyInput, Endpoints, ResponseOf, Session } from '@rapport/contract';
import type { UseMutationResult } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { keepSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Rich } from '../i18n/rich.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled, isNewPassword } from '../ui/checks.ts';
import { EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useForm } from '../ui/use-form.ts';
import { CodeField } from './code-field.tsx';

type Invitation = ResponseOf<Endpoints['accounts']['getInvitation']>;
export type Acceptance = BodyInput<Endpoints['accounts']['acceptInvitation']>;

interface Props {
  invitation: Invitation;
  accept: UseMutationResult<Session, Error, Acceptance>;
}

/** A newcomer chooses a password; who signs in to Rapport already (at another company) proves it with the one they have. */
export function InvitationForm({ invitation, accept }: Props) {
  const router = useRouter();
  const { company, email, hasLogin } = invitation;
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({ name: invitation.name, password: '', code: '' }, { name: isFilled, password: hasLogin ? isFilled : isNewPassword, code: (code) => (needsCode ? isFilled(code) : undefined) });
  const send = ({ name, password, code }: typeof form.values) =>
    accept.mutate({ name: name.trim(), password, ...(needsCode ? { code: code.trim() } : {}) }, {
      onSuccess: (session) => {
        keepSession(session);
        router.history.replace('/');
      },
      onError: (error) => {
        if (isProblem(error, 'second_factor_needed')) setNeedsCode(true);
        else if (isProblem(error, 'wrong_code')) form.fail('code', t('problem.wrongCode'));
        else if (isProblem(error, 'weak_password')) form.fail('password', explain(error));
        else if (isProblem(error, 'wrong_credentials')) form.fail('password', t('problem.wrongPassword'));
      },
    });
  const trouble = accept.error && !isProblem(accept.error, 'second_factor_needed', 'wrong_code', 'weak_password', 'wrong_credentials') ? explain(accept.error) : undefined;

  return (
    <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit(send)}>
      <EntranceHead title={t('invitation.welcome', { company })}>
        <Rich id={hasLogin ? 'invitation.leadLogin' : 'invitation.lead'} values={{ email }} parts={{ email: (text) => <bdi className="font-medium text-ink">{text}</bdi> }} />
      </EntranceHead>
      {trouble && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{trouble}</Banner>}
      {/* For password managers: which account the password belongs to. */}
      <input type="email" value={email} readOnly hidden autoComplete="username" />
      <Field label={t('invitation.name')} hint={t('invitation.nameHint')} error={form.errors.name}>
        <Input {...form.text('name')} autoComplete="name" autoFocus={form.values.name === ''} className="h-10" />
      </Field>
      <Field label={t(hasLogin ? 'signIn.password' : 'password.new')} hint={hasLogin ? t('invitation.passwordLogin') : t('password.hint')} error={form.errors.password}>
        <PasswordInput {...form.text('password')} autoComplete={hasLogin ? 'current-password' : 'new-password'} autoFocus={form.values.name !== ''} className="h-10" />
      </Field>
      {needsCode && <CodeField value={form.values.code} onChange={(code) => form.set('code', code)} error={form.errors.code} hasFocus />}
      <Button type="submit" tone="primary" size="lg" className="mt-1" isBusy={accept.isPending}>{t('invitation.do')}</Button>
    </form>
  );
}
