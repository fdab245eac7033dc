import type { ResponseOf, workforce } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { workforceSettingsQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';

const whole = (text: string, most: number) => (/^\d+$/.test(text.trim()) && Number(text) <= most ? undefined : t('workforce.wholeNumber', { most }));

/** How much agents take at once, and why somebody may be away. */
export function SettingsCard({ settings }: { settings: ResponseOf<(typeof workforce)['getSettings']> }) {
  const form = useForm(
    { chats: String(settings.capacity.chats), mails: String(settings.capacity.mails), reasons: settings.awayReasons.join('\n') },
    { chats: (text) => whole(text, 50), mails: (text) => whole(text, 500), reasons: (text) => (text.split('\n').some((line) => line.trim().length > 60) ? t('workforce.reasonLong') : undefined) },
  );
  const save = useMutation({
    mutationFn: ({ chats, mails, reasons }: typeof form.values) =>
      client.workforce.saveSettings({ body: { capacity: { chats: Number(chats), mails: Number(mails) }, awayReasons: [...new Set(reasons.split('\n').map((line) => line.trim()).filter(Boolean))].slice(0, 50), version: settings.version } }),
    onSuccess: (next) => {
      queryClient.setQueryData(workforceSettingsQuery.queryKey, next);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <form ref={form.ref} noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Card title={t('workforce.capacity')} description={t('workforce.capacityLead')} footer={<Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button>}>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap gap-4">
            <Field label={t('workforce.chats')} error={form.errors.chats}><Input {...form.text('chats')} inputMode="numeric" className="max-w-24" /></Field>
            <Field label={t('workforce.mails')} error={form.errors.mails}><Input {...form.text('mails')} inputMode="numeric" className="max-w-24" /></Field>
          </div>
          <Field label={t('workforce.reasons')} hint={t('workforce.reasonsHint')} error={form.errors.reasons}><TextArea {...form.text('reasons')} dir="auto" rows={4} className="field-sizing-content min-h-24 max-w-md" /></Field>
        </div>
      </Card>
    </form>
  );
}
