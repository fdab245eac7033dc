import { isProblem } from '../data/client.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isEmail } from '../ui/checks.ts';
import { EntranceHead } from '../ui/entrance.tsx';
import { Field, Input } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';
import { keepProgress, refusePassword, useProgress } from './progress.ts';
import { SetUpTrouble } from './set-up-trouble.tsx';
import { useSetUp } from './use-set-up.ts';
import { WayOfMail } from './way-of-mail.tsx';

export function InboxStep() {
  const { inboxAddress } = useProgress();
  const form = useForm({ inboxAddress }, { inboxAddress: isEmail });
  const setUp = useSetUp();
  const backToPassword = () => {
    refusePassword();
    keepProgress({ step: 'you' });
  };
  const go = (values: typeof form.values) => {
    keepProgress({ inboxAddress: values.inboxAddress.trim().toLowerCase() });
    // The password stands on the page before; what is wrong with it is said there.
    setUp.mutate(undefined, { onError: (error) => isProblem(error, 'weak_password') && backToPassword() });
  };
  return (
    <>
      <EntranceHead title={t('firstRun.inbox')}>{t('firstRun.inboxLead')}</EntranceHead>
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit(go)}>
        <SetUpTrouble error={setUp.error} />
        <Field label={t('firstRun.address')} error={form.errors.inboxAddress}><Input {...form.text('inboxAddress')} autoFocus type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} className="h-10" /></Field>
        <WayOfMail address={form.values.inboxAddress.trim()} />
        <p className="text-pretty text-ink-2">{t('firstRun.inboxHint')}</p>
        <div className="flex gap-2">
          <Button size="lg" tone="quiet" icon="arrow-left" onClick={() => keepProgress({ step: 'you', inboxAddress: form.values.inboxAddress.trim() })}>{t('ui.back')}</Button>
          <Button type="submit" tone="primary" size="lg" className="grow" isBusy={setUp.isPending}>{t('firstRun.finish')}</Button>
        </div>
      </form>
    </>
  );
}
