import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { setupQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { keepProgress, useProgress } from './progress.ts';
import { keepSetupCode, readSetupCode, wasSetupCodeRefused } from './setup-code.ts';

export function CompanyStep() {
  const { company } = useProgress();
  const needsCode = useQuery(setupQuery).data?.needsCode ?? false;
  // A link with the code in it asks nothing.
  const [isAsked] = useState(() => readSetupCode() === '');
  const form = useForm({ company, code: '' }, { company: isFilled, ...(needsCode && isAsked ? { code: isFilled } : {}) });
  const asksCode = needsCode && isAsked;
  const recallRefusal = useEffectEvent(() => {
    if (wasSetupCodeRefused()) form.fail('code', t('firstRun.codeRefused'));
  });
  useEffect(() => recallRefusal(), []);
  const goOn = (values: typeof form.values, isDemo: boolean) => {
    if (asksCode) keepSetupCode(values.code);
    keepProgress({ company: values.company.trim() || t('firstRun.demoCompany'), isDemo, step: 'you' });
  };
  return (
    <>
      <EntranceHead title={t('firstRun.welcome')}>{t('firstRun.welcomeLead')}</EntranceHead>
      <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => goOn(values, false))}>
        <Field label={t('firstRun.company')} hint={t('firstRun.companyHint')} error={form.errors.company}><Input {...form.text('company')} autoFocus autoComplete="organization" maxLength={200} className="h-10" /></Field>
        {asksCode && <Field label={t('firstRun.code')} hint={t('firstRun.codeHint')} error={form.errors.code}><Input {...form.text('code')} dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} maxLength={100} className="h-10 font-mono" /></Field>}
        <Button type="submit" tone="primary" size="lg">{t('firstRun.next')}</Button>
      </form>
      <aside className="mt-8 rounded-lg border border-line bg-canvas p-4">
        <p className="font-semibold">{t('firstRun.demoTitle')}</p>
        <p className="mt-0.5 mb-3 text-pretty text-ink-2">{t('firstRun.demoLead')}</p>
        <Button icon="sparkles" onClick={() => (asksCode && form.values.code.trim() === '' ? form.fail('code', t('check.needed')) : goOn(form.values, true))}>{t('firstRun.demoDo')}</Button>
      </aside>
    </>
  );
}
