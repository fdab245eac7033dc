import { Link } from '@tanstack/react-router';
import { t } from '../../i18n/index.ts';
import { Rich } from '../../i18n/rich.tsx';
import { Card } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { ServerFields, type InboxFormState } from './server-fields.tsx';

export function OutboundCard({ form, hasPassword }: { form: InboxFormState; hasPassword: boolean }) {
  const { outbound } = form.values;
  return (
    <Card title={t('inbox.outTitle')} description={t('inbox.outLead')}>
      <div className="flex flex-col gap-4">
        <RadioCards
          label={t('inbox.outTitle')} value={outbound} onChange={(kind) => form.set('outbound', kind)}
          options={[{ value: 'mailbox', title: t('inbox.mailbox'), hint: t('inbox.mailboxHint') }, { value: 'smtp', title: t('inbox.smtp'), hint: t('inbox.smtpHint') }]}
        />
        {outbound === 'smtp' ? (
          <ServerFields form={form} protocol="smtp" hasPassword={hasPassword} />
        ) : (
          <p className="text-ink-2"><Rich id="inbox.mailboxMore" values={undefined} parts={{ link: (text) => <Link to="/mailbox" className="font-medium text-accent underline underline-offset-2">{text}</Link> }} /></p>
        )}
      </div>
    </Card>
  );
}
