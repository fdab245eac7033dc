import type { ChatKey, Inbox } from '@rapport/contract';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatDate, formatFull, formatSpan } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { CopyLine } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, TextArea } from '../../ui/field.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';

const keysQuery = (inboxId: string) => queryOptions({ queryKey: ['chat-keys', inboxId] as const, queryFn: ({ signal }) => client.chatKeys.list({ params: { inboxId }, signal }), select: (answer) => answer.items });
const refresh = (inboxId: string) => void queryClient.invalidateQueries({ queryKey: keysQuery(inboxId).queryKey });

/** How the site tells us who its visitors are, so that they find their chat again on every device. */
export function ChatKeysCard({ inbox }: { inbox: Inbox }) {
  const keys = useQuery(keysQuery(inbox.id));
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<ChatKey>();
  const remove = useMutation({
    mutationFn: (keyId: string) => client.chatKeys.remove({ params: { inboxId: inbox.id, keyId } }),
    onSuccess: () => showToast(t('chatKeys.removed'), { icon: 'check' }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => {
      setRemoving(undefined);
      refresh(inbox.id);
    },
  });
  return (
    <Card title={t('chatKeys.title')} description={t('chatKeys.lead')} actions={<Button icon="plus" onClick={() => setAdding(true)}>{t('chatKeys.add')}</Button>}>
      <LoadState query={keys} explain={explain}>
        {(items) => items.length === 0 ? <p className="text-sm text-ink-3">{t('chatKeys.none')}</p> : (
          <ul aria-label={t('chatKeys.title')} className="divide-y divide-line">
            {items.map((key) => (
              <li key={key.id} className="flex items-center gap-4 py-2">
                <div className="min-w-0 grow">
                  <p dir="auto" className="font-medium">{key.name}</p>
                  <p className="text-sm text-ink-3">
                    {t(`chatKeys.${key.kind}`)} · {t('apiKeys.created', { date: formatDate(key.createdAt) })} · {key.usedAt ? <span title={formatFull(key.usedAt)}>{t('apiKeys.used', { span: formatSpan(Date.now() - Date.parse(key.usedAt)) })}</span> : t('apiKeys.unused')}
                  </p>
                </div>
                <Button size="sm" aria-label={t('chatKeys.removeThis', { name: key.name })} onClick={() => setRemoving(key)}>{t('chatKeys.remove')}</Button>
              </li>
            ))}
          </ul>
        )}
      </LoadState>
      {isAdding && <AddDialog inbox={inbox} onClose={() => setAdding(false)} />}
      <Confirm isOpen={removing !== undefined} onClose={() => setRemoving(undefined)} title={t('chatKeys.removeTitle', { name: removing?.name ?? '' })} deed={t('chatKeys.remove')} isBusy={remove.isPending} onConfirm={() => removing && remove.mutate(removing.id)}>{t('chatKeys.removeLead')}</Confirm>
    </Card>
  );
}

function AddDialog({ inbox, onClose }: { inbox: Inbox; onClose: () => void }) {
  const [kind, setKind] = useState<ChatKey['kind']>('secret');
  const form = useForm({ name: '', publicKey: '' }, { name: isFilled, ...(kind === 'public' ? { publicKey: isFilled } : {}) });
  const add = useMutation({
    mutationFn: ({ name, publicKey }: { name: string; publicKey: string }) => {
      const params = { inboxId: inbox.id };
      return kind === 'secret' ? client.chatKeys.create({ params, body: { kind, name: name.trim() } }) : client.chatKeys.create({ params, body: { kind, name: name.trim(), publicKey } });
    },
    onSuccess: ({ secret }) => {
      refresh(inbox.id);
      if (secret === null) onClose();
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const secret = add.data?.secret;
  if (secret) {
    return (
      <Dialog isOpen isLocked onClose={onClose} title={t('chatKeys.secretTitle')} description={t('chatKeys.secretLead')} actions={<Button tone="primary" onClick={onClose}>{t('webhook.kept')}</Button>}>
        <CopyLine text={secret} label={t('chatKeys.secret')} />
        <Banner icon="info" isLive={false} className="mt-3 rounded-md">{t('chatKeys.secretHint', { site: inbox.address })}</Banner>
      </Dialog>
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('chatKeys.add')} description={t('chatKeys.addLead')} actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button tone="primary" type="submit" form="chat-key" isBusy={add.isPending}>{t('chatKeys.add')}</Button></>}>
      <form id="chat-key" ref={form.ref} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => add.mutate(values))}>
        <Field label={t('chatKeys.name')} hint={t('chatKeys.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoComplete="off" maxLength={100} dir="auto" /></Field>
        <RadioCards label={t('chatKeys.kind')} value={kind} onChange={setKind} options={[{ value: 'secret', title: t('chatKeys.secret'), hint: t('chatKeys.kindSecret') }, { value: 'public', title: t('chatKeys.public'), hint: t('chatKeys.kindPublic') }]} />
        {kind === 'public' && <Field label={t('chatKeys.public')} hint={t('chatKeys.publicHint')} error={form.errors.publicKey}><TextArea {...form.text('publicKey')} rows={5} maxLength={10_000} dir="ltr" spellCheck={false} className="font-mono text-sm" placeholder="-----BEGIN PUBLIC KEY-----" /></Field>}
      </form>
    </Dialog>
  );
}
