import { useMutation } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { keepSession, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { DemoCard } from './demo-card.tsx';
import { TimeZoneCard } from './time-zone-card.tsx';
import { UndoCard } from './undo-card.tsx';

export function CompanyPage() {
  const { account } = useSession();
  const form = useForm({ name: account.name }, { name: isFilled });
  const save = useMutation({
    mutationFn: (name: string) => client.accounts.updateAccount({ body: { name } }),
    onSuccess: (session) => {
      keepSession(session);
      form.restart({ name: session.account.name });
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Page title={t('settings.account')} description={t('company.lead')}>
      <form ref={form.ref} noValidate onSubmit={form.onSubmit(({ name }) => save.mutate(name.trim()))}>
        <Card footer={<Button type="submit" tone="primary" isBusy={save.isPending} disabled={!form.isDirty}>{t('ui.save')}</Button>}>
          <Field className="max-w-sm" label={t('company.name')} hint={t('company.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoComplete="organization" maxLength={200} /></Field>
        </Card>
      </form>
      <TimeZoneCard />
      <UndoCard />
      <DemoCard />
    </Page>
  );
}
