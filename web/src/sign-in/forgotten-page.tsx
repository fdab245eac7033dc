import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { Rich } from '../i18n/rich.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { isEmail } from '../ui/checks.ts';
import { Entrance, EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useForm } from '../ui/use-form.ts';
import { typedEmail } from './typed-email.ts';

export function ForgottenPage() {
  const form = useForm({ email: typedEmail() }, { email: isEmail });
  const request = useMutation({ mutationFn: (email: string) => client.accounts.requestReset({ body: { email } }) });
  const back = <Link to="/sign-in" className={buttonLook('quiet')}><Icon name="arrow-left" />{t('signIn.back')}</Link>;
  return (
    <Entrance title={t('forgotten.title')} motto={t('entrance.motto')} corner={<LocaleSwitch />}>
      {request.isSuccess ? (
        <div role="status">
          <span className="mb-4 grid size-12 place-items-center rounded-full bg-moss-soft text-moss"><Icon name="mail-check" size={22} /></span>
          <EntranceHead title={t('forgotten.sentTitle')}><Rich id="forgotten.sent" values={{ email: form.values.email.trim() }} parts={{ email: (text) => <bdi className="font-medium text-ink">{text}</bdi> }} /></EntranceHead>
          <p className="mb-6 text-ink-2">{t('forgotten.nothing')}</p>
          {back}
        </div>
      ) : (
        <form ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit(({ email }) => request.mutate(email.trim()))}>
          <EntranceHead title={t('forgotten.title')}>{t('forgotten.lead')}</EntranceHead>
          {request.error && <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{explain(request.error)}</Banner>}
          <Field label={t('signIn.email')} error={form.errors.email}>
            <Input {...form.text('email')} type="email" inputMode="email" autoComplete="username" autoCapitalize="off" spellCheck={false} autoFocus dir="ltr" className="h-10" />
          </Field>
          <Button type="submit" tone="primary" size="lg" isBusy={request.isPending}>{t('forgotten.do')}</Button>
          {back}
        </form>
      )}
    </Entrance>
  );
}
