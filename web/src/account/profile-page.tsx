import { useMutation } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { keepSession, useSession } from '../data/session.ts';
import { chooseLocale, locales, t, type Locale } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Field, Input } from '../ui/field.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { OwnSignatureCard } from './own-signature-card.tsx';

const languages = Object.entries(locales).map(([value, label]) => ({ value: value as Locale, label }));

export function ProfilePage() {
  const { agent } = useSession();
  const form = useForm({ name: agent.name, locale: agent.locale as Locale }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name, locale }: { name: string; locale: Locale }) => client.accounts.updateProfile({ body: { name: name.trim(), locale } }),
    onSuccess: async (session) => {
      keepSession(session);
      form.restart({ name: session.agent.name, locale: session.agent.locale });
      await chooseLocale(session.agent.locale);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Page title={t('settings.profile')} description={t('profile.lead')}>
      <form ref={form.ref} noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Card footer={<Button type="submit" tone="primary" isBusy={save.isPending} disabled={!form.isDirty}>{t('ui.save')}</Button>}>
          <div className="flex flex-col gap-5 md:flex-row md:gap-8">
            <Avatar name={form.values.name || agent.email} size={72} />
            <div className="flex max-w-sm grow flex-col gap-4">
              <Field label={t('profile.name')} hint={t('profile.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoComplete="name" maxLength={200} /></Field>
              <Field label={t('profile.email')} hint={t('profile.emailHint')}><Input value={agent.email} readOnly dir="ltr" className="bg-sunken text-ink-2" /></Field>
              <Field label={t('profile.locale')} hint={t('profile.localeHint')}><Select value={form.values.locale} options={languages} onChange={(locale) => form.set('locale', locale)} /></Field>
            </div>
          </div>
        </Card>
      </form>
      <OwnSignatureCard />
    </Page>
  );
}
