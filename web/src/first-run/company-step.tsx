import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { keepProgress, useProgress } from './progress.ts';

export function CompanyStep() {
  const { company } = useProgress();
  const form = useForm({ company }, { company: isFilled });
  return (
    <>
      <EntranceHead title={t('firstRun.welcome')}>{t('firstRun.welcomeLead')}</EntranceHead>
      <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => keepProgress({ company: values.company.trim(), isDemo: false, step: 'you' }))}>
        <Field label={t('firstRun.company')} hint={t('firstRun.companyHint')} error={form.errors.company}><Input {...form.text('company')} autoFocus autoComplete="organization" maxLength={200} className="h-10" /></Field>
        <Button type="submit" tone="primary" size="lg">{t('firstRun.next')}</Button>
      </form>
      <aside className="mt-8 rounded-lg border border-line bg-canvas p-4">
        <p className="font-semibold">{t('firstRun.demoTitle')}</p>
        <p className="mt-0.5 mb-3 text-pretty text-ink-2">{t('firstRun.demoLead')}</p>
        <Button icon="sparkles" onClick={() => keepProgress({ company: form.values.company.trim() || t('firstRun.demoCompany'), isDemo: true, step: 'you' })}>{t('firstRun.demoDo')}</Button>
      </aside>
    </>
  );
}
