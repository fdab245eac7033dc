import type { Inbox } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { teamsQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { isEmail, isFilled, looksLikeEmail } from '../../ui/checks.ts';
import { ChipsInput } from '../../ui/chips-input.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { ConsentCard } from './consent-card.tsx';
import { HealthTroubles } from './health-troubles.tsx';
import { CheckCard } from './check-card.tsx';
import { draftOf, settingsOf, storedOf, usesConsent, type InboxDraft } from './inbox-draft.ts';
import { InboundCard } from './inbound-card.tsx';
import { OutboundCard } from './outbound-card.tsx';
import { SendingCard } from './sending-card.tsx';
import { SignatureCard } from './signature-card.tsx';
import { EnableSwitch } from './enable-switch.tsx';
import { keepInbox } from './keep-inbox.ts';
import { SaveBar } from './save-bar.tsx';

const isPort = (value: string) => (/^\d+$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65535 ? undefined : t('inbox.badPort'));
const ofImap = (check: (value: string) => string | undefined) => (value: string, draft: InboxDraft) => (draft.inbound === 'imap' ? check(value) : undefined);
const ofSmtp = (check: (value: string) => string | undefined) => (value: string, draft: InboxDraft) => (draft.outbound === 'smtp' ? check(value) : undefined);
/** A password is only asked for when there is none to keep. */
const checksFor = (has: { imap: boolean; smtp: boolean }) => ({
  name: isFilled, address: isEmail, replyTo: (value: string) => (value.trim() === '' || looksLikeEmail(value.trim()) ? undefined : isEmail(value)), imapHost: ofImap(isFilled), imapPort: ofImap(isPort), imapUser: ofImap(isFilled), smtpHost: ofSmtp(isFilled), smtpPort: ofSmtp(isPort),
  imapPassword: (value: string, draft: InboxDraft) => (draft.inbound === 'imap' && draft.imapAuth === 'password' && !has.imap ? isFilled(value) : undefined),
  oauthClientId: (value: string, draft: InboxDraft) => (usesConsent(draft) ? isFilled(value) : undefined),
  oauthIssuer: (value: string, draft: InboxDraft) => (usesConsent(draft) && draft.oauthProvider === 'other' ? isFilled(value) : undefined),
  smtpPassword: (value: string, draft: InboxDraft) => (draft.outbound === 'smtp' && draft.smtpAuth === 'password' && draft.smtpUser.trim() !== '' && !has.smtp ? isFilled(value) : undefined),
  reopenDays: (value: string) => (/^\d{1,4}$/.test(value.trim()) && Number(value) <= 3650 ? undefined : t('inbox.badDays')),
  autoReply: (value: string, draft: InboxDraft) => (draft.isAutoReplyOn ? isFilled(value) : undefined),
});

/** Everything about one inbox on one page; the same for a new one. */
export function InboxForm({ inbox, children }: { inbox: Inbox | undefined; children?: ReactNode }) {
  const navigate = useNavigate();
  const teams = useQuery(teamsQuery).data ?? [];
  const stored = storedOf(inbox);
  const has = { imap: stored.inbound?.imap?.hasPassword ?? false, smtp: stored.outbound?.smtp?.hasPassword ?? false };
  const form = useForm<InboxDraft>(draftOf(inbox), checksFor(has));
  const save = useMutation({
    mutationFn: (draft: InboxDraft) => {
      const body = { name: draft.name.trim(), teamId: draft.teamId || null, settings: settingsOf(draft) };
      return inbox ? client.inboxes.update({ params: { inboxId: inbox.id }, body }) : client.inboxes.create({ body: { channel: 'email', ...body } });
    },
    onSuccess: (saved) => {
      keepInbox(saved);
      if (inbox) {
        form.restart(draftOf(saved));
        showToast(t('ui.saved'), { icon: 'check' });
      } else {
        showToast(t('inbox.made', { name: saved.name }), { icon: 'check', ...(form.values.outbound === 'mailbox' ? { action: { label: t('inbox.tryIt'), run: () => void navigate({ to: '/mailbox' }) } } : {}) });
        void navigate({ to: '/admin/inboxes' });
      }
    },
    onError: (error) => (isProblem(error, 'address_taken') ? form.fail('address', t('problem.addressTaken')) : showTrouble(explain(error))),
  });
  const { values, errors } = form;
  return (
    <Page
      title={inbox?.name ?? t('inbox.create')} description={inbox ? <bdi>{inbox.address}</bdi> : t('inbox.createLead')}
      before={<Link to="/admin/inboxes" className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm font-medium text-ink-3 hover:text-ink max-md:hidden"><Icon name="chevron-left" size={14} />{t('settings.inboxes')}</Link>}
      actions={inbox && <EnableSwitch inbox={inbox} />}
    >
      {inbox?.isEnabled && inbox.health.state === 'failing' && <Banner tone="trouble" icon="triangle-alert" isLive={false} className="rounded-md"><HealthTroubles health={inbox.health} /></Banner>}
      {children}
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
        <Card title={t('inbox.addressTitle')} description={t('inbox.addressLead')}>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('inbox.address')} error={errors.address}><Input {...form.text('address')} type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} placeholder="help@example.com" /></Field>
            <Field label={t('inbox.name')} hint={t('inbox.nameHint')} error={errors.name}><Input {...form.text('name')} autoComplete="off" maxLength={200} /></Field>
            <Field label={t('inbox.fromName')} hint={t('inbox.fromNameHint')}><Input {...form.text('fromName')} autoComplete="off" maxLength={200} /></Field>
            <Field label={t('inbox.team')} hint={t('inbox.teamHint')}>
              <Select value={values.teamId} onChange={(teamId) => form.set('teamId', teamId)} options={[{ value: '', label: t('inbox.noTeam') }, ...teams.map((team) => ({ value: team.id, label: team.name }))]} />
            </Field>
            <div className="flex flex-col gap-1 md:col-span-2">
              <p className="text-sm font-medium">{t('inbox.aliases')}</p>
              <ChipsInput values={values.aliases} onChange={(aliases) => form.set('aliases', aliases)} ariaLabel={t('inbox.aliases')} placeholder="hello@example.com" isValid={looksLikeEmail} />
              <p className="text-xs text-ink-3">{t('inbox.aliasesHint')}</p>
            </div>
          </div>
        </Card>
        <InboundCard form={form} hasPassword={has.imap} />
        <OutboundCard form={form} hasPassword={has.smtp} />
        {usesConsent(values) && <ConsentCard form={form} inbox={inbox} />}
        {(values.inbound === 'imap' || values.outbound === 'smtp') && <CheckCard inboxId={inbox?.id} draft={values} isReady={form.check} />}
        <SendingCard form={form} />
        <Card title={t('inbox.rulesTitle')}>
          <div className="flex flex-col gap-5">
            <Field label={t('mailIn.trustedServer')} hint={t('mailIn.trustedServerHint')}><Input {...form.text('trustedServer')} dir="ltr" autoComplete="off" spellCheck={false} maxLength={253} placeholder="mx.example.com" /></Field>
            <Field label={t('inbox.reopenDays')} hint={t('inbox.reopenDaysHint')} error={errors.reopenDays}><Input {...form.text('reopenDays')} inputMode="numeric" maxLength={4} className="w-24!" /></Field>
            <div className="flex flex-col gap-3">
              <Switch isOn={values.isAutoReplyOn} onChange={(isOn) => form.set('isAutoReplyOn', isOn)} label={<span><span className="block font-medium">{t('inbox.autoReply')}</span><span className="block text-sm text-ink-3">{t('inbox.autoReplyHint')}</span></span>} />
              {values.isAutoReplyOn && <Field label={t('inbox.autoReplyText')} error={errors.autoReply}><TextArea {...form.text('autoReply')} rows={5} maxLength={5000} dir="auto" placeholder={t('inbox.autoReplySample')} /></Field>}
            </div>
          </div>
        </Card>
        <SaveBar inbox={inbox} isDirty={form.isDirty} isBusy={save.isPending} onDiscard={() => form.restart(draftOf(inbox))} />
      </form>
      {inbox && <SignatureCard inboxId={inbox.id} />}
    </Page>
  );
}
