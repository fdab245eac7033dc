import { t } from '../../i18n/index.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { InboxFormState } from './server-fields.tsx';

/** As whom answers go out, where their answers are asked to go, and what they carry. */
export function SendingCard({ form }: { form: InboxFormState }) {
  const { values, errors } = form;
  const find = (address: string) => values.fromAddresses.find((one) => one.address === address);
  const change = (address: string, next: { address: string; name: string } | undefined) => form.set('fromAddresses', [...values.fromAddresses.filter((one) => one.address !== address), ...(next ? [next] : [])]);
  return (
    <Card title={t('inbox.sending')}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <p className="text-sm font-medium">{t('inbox.fromAddresses')}</p>
          {values.aliases.length === 0 && <p className="text-sm text-ink-3">{t('inbox.noAliases')}</p>}
          {values.aliases.map((address) => {
            const chosen = find(address);
            return (
              <div key={address} className="flex flex-wrap items-center gap-3">
                <Checkbox isChecked={chosen !== undefined} onChange={(isOn) => change(address, isOn ? { address, name: '' } : undefined)} label={<bdi>{address}</bdi>} />
                {chosen && <Input aria-label={t('inbox.fromName.of', { address })} placeholder={values.fromName || t('inbox.fromName')} value={chosen.name} onChange={(event) => change(address, { address, name: event.target.value })} maxLength={200} className="max-w-64" />}
              </div>
            );
          })}
          <p className="text-xs text-ink-3">{t('inbox.fromAddressesHint')}</p>
        </div>
        <Field label={t('inbox.replyTo')} hint={t('inbox.replyToHint')} error={errors.replyTo}><Input {...form.text('replyTo')} type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} className="max-w-80" /></Field>
        <Switch isOn={values.quotes} onChange={(isOn) => form.set('quotes', isOn)} label={t('inbox.quotes')} />
      </div>
    </Card>
  );
}
