import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isEmail, isFilled } from '../ui/checks.ts';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { useForm } from '../ui/use-form.ts';

interface Props {
  /** Where it goes; unknown for a moment. */
  to: string | undefined;
  isBusy: boolean;
  onSend: (mail: { from: string; fromName: string; subject: string; text: string }) => void;
}

/** A customer's mail, ready to send. */
export function TestMail({ to, isBusy, onSend }: Props) {
  const form = useForm({ fromName: 'Greta Sommer', from: 'greta.sommer@example.org', subject: t('sample.parcel.subject'), text: t('sample.parcel.text') }, { from: isEmail, subject: isFilled, text: isFilled });
  return (
    <form ref={form.ref} noValidate className="flex flex-col gap-3.5 rounded-lg border border-line bg-raised p-4 shadow-lift" onSubmit={form.onSubmit((values) => onSend({ ...values, from: values.from.trim().toLowerCase() }))}>
      <p className="border-b border-line pb-2.5 text-ink-2">{t('mailbox.to', { to: to ?? '…' })}</p>
      <div className="grid gap-3.5 md:grid-cols-[2fr_3fr]">
        <Field label={t('mailbox.name')}><Input {...form.text('fromName')} autoComplete="off" maxLength={200} /></Field>
        <Field label={t('mailbox.email')} error={form.errors.from}><Input {...form.text('from')} type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} /></Field>
      </div>
      <Field label={t('mailbox.subject')} error={form.errors.subject}><Input {...form.text('subject')} autoComplete="off" dir="auto" maxLength={500} /></Field>
      <Field label={t('mailbox.text')} error={form.errors.text}><TextArea {...form.text('text')} rows={8} dir="auto" /></Field>
      <Button type="submit" tone="primary" size="lg" icon="send" isBusy={isBusy} disabled={!to}>{t('firstRun.send')}</Button>
    </form>
  );
}
