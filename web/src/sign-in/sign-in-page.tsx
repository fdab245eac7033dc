import type { Session } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { keepSession, setupQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isEmail, isFilled } from '../ui/checks.ts';
import { Entrance, EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useForm } from '../ui/use-form.ts';
import { CodeField } from './code-field.tsx';
import { DemoDoor } from './demo-door.tsx';
import { OtherWays } from './other-ways.tsx';
import { keepTypedEmail, typedEmail } from './typed-email.ts';
import { wayBack } from './way-back.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { next, connect } = route.useSearch();
  const router = useRouter();
  const demo = useQuery(setupQuery).data?.demoSignIn;
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm({ email: typedEmail(), password: '', code: '' }, { email: isEmail, password: isFilled, code: (code) => (needsCode ? isFilled(code) : undefined) });

  const enter = (session: Session) => {
    keepSession(session);
    router.history.replace(wayBack(next));
  };
  const signIn = useMutation({
    mutationFn: ({ email, password, code }: { email: string; password: string; code?: string }) => client.accounts.signIn({ body: { email: email.trim(), password, ...(code ? { code: code.trim() } : {}) } }),
    onSuccess: (session: Session) => enter(session),
    onError: (error) => {
      if (isProblem(error, 'second_factor_needed')) setNeedsCode(true);
      else if (isProblem(error, 'wrong_code') || (needsCode && isProblem(error, 'invalid_request'))) form.fail('code', t('problem.wrongCode'));
    },
  });
  const isRefused = isProblem(signIn.error, 'wrong_credentials');
  const trouble = signIn.error && !isProblem(signIn.error, 'second_factor_needed', 'wrong_code') && !(needsCode && isProblem(signIn.error, 'invalid_request')) ? explain(signIn.error) : undefined;

  return (
    <Entrance title={t('signIn.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      <EntranceHead title={t(needsCode ? 'signIn.codeTitle' : 'signIn.title')}>
        {needsCode ? t('signIn.codeLead') : connect ? t('company.connect') : wayBack(next) === '/' ? t('signIn.lead') : t('signIn.leadBack')}
      </EntranceHead>
      <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit(({ email, password, code }) => signIn.mutate({ email, password, ...(needsCode ? { code } : {}) }))}>
        {trouble && (
          <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">
            {trouble} {isRefused && <Link to="/forgotten-password" onClick={() => keepTypedEmail(form.values.email)} className="font-medium underline">{t('signIn.chooseNew')}</Link>}
          </Banner>
        )}
        {needsCode ? (
          <CodeField value={form.values.code} onChange={(code) => form.set('code', code)} error={form.errors.code} hasFocus />
        ) : (
          <>
            <Field label={t('signIn.email')} error={form.errors.email}>
              <Input {...form.text('email')} type="email" inputMode="email" autoComplete="username webauthn" autoCapitalize="off" spellCheck={false} autoFocus={form.values.email === ''} dir="ltr" className="h-10" />
            </Field>
            <Field label={t('signIn.password')} error={form.errors.password}>
              <PasswordInput {...form.text('password')} autoComplete="current-password" autoFocus={form.values.email !== ''} className="h-10" />
            </Field>
          </>
        )}
        <div className="mt-1 flex flex-col gap-3">
          <Button type="submit" tone="primary" size="lg" isBusy={signIn.isPending}>{t('signIn.do')}</Button>
          {needsCode ? (
            <Button tone="quiet" icon="arrow-left" onClick={() => { setNeedsCode(false); form.set('code', ''); signIn.reset(); }}>{t('signIn.otherAccount')}</Button>
          ) : (
            <Link to="/forgotten-password" onClick={() => keepTypedEmail(form.values.email)} className="self-center py-1 text-sm font-medium text-ink-2 underline-offset-2 hover:underline">{t('signIn.forgotten')}</Link>
          )}
        </div>
      </form>
      {!needsCode && <OtherWays email={connect ? '' : form.values.email} next={next} onEnter={enter} />}
      {demo && !needsCode && <DemoDoor email={demo.email} isBusy={signIn.isPending} onEnter={() => signIn.mutate(demo)} />}
    </Entrance>
  );
}
