import { t } from '../../i18n/index.ts';
import { Card } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { PointMailServer } from './point-mail-server.tsx';
import { ServerFields, type InboxFormState } from './server-fields.tsx';

export function InboundCard({ form, hasPassword }: { form: InboxFormState; hasPassword: boolean }) {
  const { inbound, address } = form.values;
  return (
    <Card title={t('inbox.inTitle')} description={t('inbox.inLead')}>
      <div className="flex flex-col gap-4">
        <RadioCards
          label={t('inbox.inTitle')} value={inbound} onChange={(kind) => form.set('inbound', kind)}
          options={[{ value: 'listener', title: t('inbox.listener'), hint: t('inbox.listenerHint') }, { value: 'imap', title: t('inbox.imap'), hint: t('inbox.imapHint') }]}
        />
        {inbound === 'imap' ? <ServerFields form={form} protocol="imap" hasPassword={hasPassword} /> : <PointMailServer address={address.trim()} />}
      </div>
    </Card>
  );
}
