import type { BodyInput, ChatInboxSettings, Endpoints, Inbox } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { inboxesQuery, teamsQuery } from '../../data/people.ts';
import { queuesQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { buttonLook } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { ChipsInput } from '../../ui/chips-input.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { ChatKeysCard } from './chat-keys-card.tsx';
import { EnableSwitch } from './enable-switch.tsx';
import { keepInbox } from './keep-inbox.ts';
import { SaveBar } from './save-bar.tsx';

type Asked = ChatInboxSettings['asks']['name'];
const asked: readonly Asked[] = ['no', 'optional', 'required'];

const draftOf = (inbox: Inbox | undefined) => {
  const stored = (inbox?.settings ?? {}) as Partial<ChatInboxSettings>;
  return {
    name: inbox?.name ?? '', teamId: inbox?.teamId ?? '', title: stored.title ?? '', greeting: stored.greeting ?? '', color: stored.color ?? '#0f6b70', side: stored.side ?? 'end', origins: [...(stored.origins ?? [])],
    askName: stored.asks?.name ?? 'optional', askEmail: stored.asks?.email ?? 'optional', reopenDays: String(stored.reopenDays ?? 1), mailInboxId: stored.mailInboxId ?? '', queueId: stored.queueId ?? '',
    inviteText: stored.invitation?.text ?? '', inviteAfter: String(stored.invitation?.afterSeconds ?? 20), invitePath: stored.invitation?.onPath ?? '',
  };
};
type ChatDraft = ReturnType<typeof draftOf>;
type Settings = Extract<BodyInput<Endpoints['inboxes']['create']>, { channel: 'chat' }>['settings'];
const settingsOf = (draft: ChatDraft): Settings => ({
  title: draft.title.trim(), greeting: draft.greeting.trim(), color: draft.color, side: draft.side, origins: draft.origins, asks: { name: draft.askName, email: draft.askEmail }, reopenDays: Number(draft.reopenDays), mailInboxId: draft.mailInboxId || null, queueId: draft.queueId || null,
  invitation: { text: draft.inviteText.trim(), afterSeconds: Number(draft.inviteAfter), onPath: draft.invitePath.trim() },
});

const isOrigin = (text: string): boolean => {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '').toLowerCase();
  } catch {
    return false;
  }
};
const checks = {
  name: isFilled, title: isFilled, reopenDays: (value: string) => (/^\d{1,4}$/.test(value.trim()) && Number(value) <= 3650 ? undefined : t('inbox.badDays')),
  inviteAfter: (value: string) => (/^\d{1,4}$/.test(value.trim()) && Number(value) <= 3600 ? undefined : t('chat.badSeconds')),
  invitePath: (value: string) => (value.trim() === '' || value.trim().startsWith('/') ? undefined : t('chat.badPath')),
};

/** A chat on somebody's website: how it looks, what it asks for, and the line that puts it there. */
export function ChatForm({ inbox, children }: { inbox: Inbox | undefined; children?: ReactNode }) {
  const navigate = useNavigate();
  const teams = useQuery(teamsQuery).data ?? [];
  const mailInboxes = (useQuery(inboxesQuery).data ?? []).filter(({ channel }) => channel === 'email');
  const queues = (useQuery(queuesQuery).data ?? []).filter(({ channels }) => channels.includes('chat'));
  const form = useForm<ChatDraft>(draftOf(inbox), checks);
  const save = useMutation({
    mutationFn: (draft: ChatDraft) => {
      const body = { name: draft.name.trim(), teamId: draft.teamId || null, settings: settingsOf(draft) };
      return inbox ? client.inboxes.update({ params: { inboxId: inbox.id }, body }) : client.inboxes.create({ body: { channel: 'chat', ...body } });
    },
    onSuccess: (saved) => {
      keepInbox(saved);
      showToast(inbox ? t('ui.saved') : t('inbox.made', { name: saved.name }), { icon: 'check' });
      if (inbox) form.restart(draftOf(saved));
      else void navigate({ to: '/admin/inboxes/$inboxId', params: { inboxId: saved.id } });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const { values, errors } = form;
  const choices = asked.map((value) => ({ value, label: t(`chat.ask.${value}`) }));
  return (
    <Page
      title={inbox?.name ?? t('inbox.create')} description={inbox ? t('inbox.channelHint.chat') : t('inbox.createLead')}
      before={<Link to="/admin/inboxes" className="mb-1 inline-flex min-h-6 items-center gap-1 text-sm font-medium text-ink-3 hover:text-ink max-md:hidden"><Icon name="chevron-left" size={14} />{t('settings.inboxes')}</Link>}
      actions={inbox && <EnableSwitch inbox={inbox} />}
    >
      {children}
      {inbox && <SnippetCard inbox={inbox} />}
      {inbox && <ChatKeysCard inbox={inbox} />}
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
        <Card title={t('chat.lookTitle')} description={t('chat.lookLead')}>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('inbox.name')} hint={t('inbox.nameHint')} error={errors.name}><Input {...form.text('name')} autoComplete="off" maxLength={200} /></Field>
            <Field label={t('chat.title')} hint={t('chat.titleHint')} error={errors.title}><Input {...form.text('title')} autoComplete="off" maxLength={80} dir="auto" /></Field>
            <Field label={t('chat.greeting')} hint={t('chat.greetingHint')} className="md:col-span-2"><TextArea {...form.text('greeting')} rows={2} maxLength={500} dir="auto" /></Field>
            <Field label={t('chat.color')}><Input {...form.text('color')} type="color" className="w-20! p-1!" /></Field>
            <Field label={t('chat.side')}><Select value={values.side} onChange={(side) => form.set('side', side)} options={[{ value: 'end', label: t('chat.side.end') }, { value: 'start', label: t('chat.side.start') }]} /></Field>
          </div>
        </Card>
        <Card title={t('chat.inviteTitle')} description={t('chat.inviteLead')}>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('chat.inviteText')} className="md:col-span-2"><Input {...form.text('inviteText')} autoComplete="off" maxLength={120} dir="auto" /></Field>
            <Field label={t('chat.inviteAfter')} error={errors.inviteAfter}><Input {...form.text('inviteAfter')} inputMode="numeric" maxLength={4} className="w-24!" /></Field>
            <Field label={t('chat.invitePath')} hint={t('chat.invitePathHint')} error={errors.invitePath}><Input {...form.text('invitePath')} autoComplete="off" maxLength={200} dir="ltr" placeholder="/prices" /></Field>
          </div>
        </Card>
        <Card title={t('chat.visitorsTitle')}>
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('chat.askName')}><Select value={values.askName} onChange={(name) => form.set('askName', name)} options={choices} /></Field>
            <Field label={t('chat.askEmail')} hint={t('chat.askEmailHint')}><Select value={values.askEmail} onChange={(email) => form.set('askEmail', email)} options={choices} /></Field>
            <Field label={t('inbox.team')} hint={t('inbox.teamHint')}><Select value={values.teamId} onChange={(teamId) => form.set('teamId', teamId)} options={[{ value: '', label: t('inbox.noTeam') }, ...teams.map((team) => ({ value: team.id, label: team.name }))]} /></Field>
            <Field label={t('chat.queue')} hint={t('chat.queueHint')}><Select value={values.queueId} onChange={(queueId) => form.set('queueId', queueId)} options={[{ value: '', label: t('chat.noQueue') }, ...queues.map(({ id, name }) => ({ value: id, label: name }))]} /></Field>
            <Field label={t('inbox.reopenDays')} hint={t('chat.reopenHint')} error={errors.reopenDays}><Input {...form.text('reopenDays')} inputMode="numeric" maxLength={4} className="w-24!" /></Field>
            <Field label={t('chat.mailInbox')} hint={t('chat.mailInboxHint')} className="md:col-span-2"><Select value={values.mailInboxId} onChange={(mailInboxId) => form.set('mailInboxId', mailInboxId)} options={[{ value: '', label: t('chat.noMailInbox') }, ...mailInboxes.map(({ id, name, address }) => ({ value: id, label: `${name} · ${address}` }))]} /></Field>
            <div className="flex flex-col gap-1 md:col-span-2">
              <p className="text-sm font-medium">{t('chat.origins')}</p>
              <ChipsInput values={values.origins} onChange={(origins) => form.set('origins', origins)} ariaLabel={t('chat.origins')} placeholder="https://shop.example" isValid={isOrigin} />
              <p className="text-xs text-ink-3">{t('chat.originsHint')}</p>
            </div>
          </div>
        </Card>
        <SaveBar inbox={inbox} isDirty={form.isDirty} isBusy={save.isPending} onDiscard={() => form.restart(draftOf(inbox))} />
      </form>
    </Page>
  );
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The line for the pages of the website. It names colour, side and invitation, so that the button needs to ask nobody for them. */
function SnippetCard({ inbox }: { inbox: Inbox }) {
  const { color, side, inviteText, inviteAfter, invitePath } = draftOf(inbox);
  const invite = inviteText === '' ? '' : ` data-invite="${attribute(inviteText)}" data-invite-after="${inviteAfter}"${invitePath === '' ? '' : ` data-invite-on="${attribute(invitePath)}"`}`;
  const line = `<script src="${location.origin}/chat/w.js" data-site="${inbox.address}" data-color="${color}"${side === 'start' ? ' data-side="start"' : ''}${invite} async></script>`;
  return (
    <Card title={t('chat.snippetTitle')} description={t('chat.snippetLead')}>
      <pre dir="ltr" tabIndex={0} className="mb-3 overflow-x-auto rounded-md bg-canvas p-3 text-sm whitespace-pre-wrap break-all"><code>{line}</code></pre>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={line} />
        <a href={`/chat/${inbox.address}`} target="_blank" rel="noreferrer" className={buttonLook('plain', 'sm')}>{t('chat.try')}</a>
      </div>
      <p className="mt-3 text-sm text-ink-3">{t('chat.policyHint', { origin: location.origin })}</p>
    </Card>
  );
}
