import { useEffect, useEffectEvent } from 'react';
import { isProblem } from '../data/client.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isEmail, isFilled, isNewPassword } from '../ui/checks.ts';
import { EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { useForm } from '../ui/use-form.ts';
import { keepPassword, keepProgress, readPassword, useProgress, wasPasswordRefused } from './progress.ts';
import { SetUpTrouble } from './set-up-trouble.tsx';
import { suggestAddress } from './suggest-address.ts';
import { useSetUp } from './use-set-up.ts';

export function YouStep() {
  const { name, email, company, inboxAddress, isDemo } = useProgress();
  const form = useForm({ name, email, password: readPassword() }, { name: isFilled, email: isEmail, password: isNewPassword });
  const setUp = useSetUp();
  const recallRefusal = useEffectEvent(() => {
    if (wasPasswordRefused()) form.fail('password', t('problem.weakPassword'));
  });
  useEffect(() => recallRefusal(), []);
  const go = (values: typeof form.values) => {
    const address = values.email.trim().toLowerCase();
    keepPassword(values.password);
    keepProgress({ name: values.name.trim(), email: address, inboxAddress: inboxAddress || suggestAddress(company, address), ...(isDemo ? {} : { step: 'inbox' }) });
    if (isDemo) setUp.mutate(undefined, { onError: (error) => isProblem(error, 'weak_password') && form.fail('password', t('problem.weakPassword')) });
  };
  return (
    <>
      <EntranceHead title={t('firstRun.you')}>{t(isDemo ? 'firstRun.youLeadDemo' : 'firstRun.youLead')}</EntranceHead>
      <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit(go)}>
        <SetUpTrouble error={isProblem(setUp.error, 'weak_password') ? null : setUp.error} />
        <Field label={t('profile.name')} hint={t('profile.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoFocus={name === ''} autoComplete="name" maxLength={200} className="h-10" /></Field>
        <Field label={t('firstRun.email')} hint={t('firstRun.emailHint')} error={form.errors.email}><Input {...form.text('email')} type="email" inputMode="email" dir="ltr" autoComplete="username" autoCapitalize="off" spellCheck={false} className="h-10" /></Field>
        <Field label={t('signIn.password')} hint={t('password.hint')} error={form.errors.password}><PasswordInput {...form.text('password')} autoFocus={name !== ''} autoComplete="new-password" className="h-10" /></Field>
        <div className="mt-1 flex gap-2">
          <Button size="lg" tone="quiet" icon="arrow-left" onClick={() => keepProgress({ step: 'company' })}>{t('ui.back')}</Button>
          <Button type="submit" tone="primary" size="lg" className="grow" isBusy={setUp.isPending}>{t(isDemo ? 'firstRun.demoGo' : 'firstRun.next')}</Button>
        </div>
      </form>
    </>
  );
}
