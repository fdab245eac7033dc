import type { Passkey } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { sessionQuery } from '../data/session.ts';
import { formatDate, formatSpan } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Badge } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Card } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { hasPasskeys, isGivenUp, makePasskey } from './passkey-browser.ts';

const passkeysQuery = { queryKey: ['passkeys'], queryFn: ({ signal }: { signal: AbortSignal }) => client.signIn.listPasskeys({ signal }) };
const refresh = () => {
  void queryClient.invalidateQueries({ queryKey: passkeysQuery.queryKey });
  void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
};

function NameDialog({ passkey, onClose }: { passkey: Passkey | undefined; onClose: () => void }) {
  const id = useId();
  const form = useForm({ name: passkey?.name ?? '' }, { name: isFilled });
  const save = useMutation({
    mutationFn: (name: string) => (passkey ? client.signIn.renamePasskey({ params: { passkeyId: passkey.id }, body: { name } }) : makePasskey(name)),
    onSuccess: () => {
      refresh();
      showToast(t(passkey ? 'ui.saved' : 'passkey.added'), { icon: 'check' });
      onClose();
    },
    onError: (error) => {
      if (!isGivenUp(error)) showTrouble(error instanceof Error && error.name === 'InvalidStateError' ? t('passkey.known') : explain(error));
    },
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={t(passkey ? 'passkey.renameTitle' : 'passkey.addTitle')} description={passkey ? undefined : t('passkey.addLead')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t(passkey ? 'ui.save' : 'passkey.addDo')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate onSubmit={form.onSubmit(({ name }) => save.mutate(name.trim()))}>
        <Field label={t('passkey.name')} hint={t('passkey.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={100} autoComplete="off" /></Field>
      </form>
    </Dialog>
  );
}

/** The person's passkeys: for signing in with a finger, a face or a key, without any password. */
export function PasskeysCard() {
  const passkeys = useQuery(passkeysQuery);
  const [naming, setNaming] = useState<Passkey | 'new'>();
  const [removing, setRemoving] = useState<Passkey>();
  const remove = useMutation({
    mutationFn: (passkey: Passkey) => client.signIn.removePasskey({ params: { passkeyId: passkey.id } }),
    onSuccess: () => {
      refresh();
      showToast(t('passkey.removed'), { icon: 'check' });
    },
    onError: (error) => showTrouble(isProblem(error, 'last_way_in') ? t('passkey.lastWay') : isProblem(error, 'second_factor_required') ? t('passkey.lastFactor') : explain(error)),
    onSettled: () => setRemoving(undefined),
  });
  const items = passkeys.data?.items ?? [];
  return (
    <Card title={t('passkey.title')} description={t(hasPasskeys() ? 'passkey.lead' : 'passkey.notHere')} actions={hasPasskeys() && <Button tone={items.length === 0 ? 'primary' : 'plain'} icon="plus" onClick={() => setNaming('new')}>{t('passkey.add')}</Button>}>
      {passkeys.error ? (
        <Banner tone="trouble" icon="circle-alert" className="rounded-md">{explain(passkeys.error)}</Banner>
      ) : items.length > 0 && (
        <ul aria-label={t('passkey.title')} className="-my-2 divide-y divide-line">
          {items.map((passkey) => (
            <li key={passkey.id} className="flex min-h-14 flex-wrap items-center gap-3 py-2">
              <span className="grid size-9 shrink-0 place-items-center rounded-full bg-hover text-ink-2"><Icon name="key-round" size={18} /></span>
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 font-medium"><bdi>{passkey.name}</bdi>{passkey.isSynced && <Badge tone="moss">{t('passkey.synced')}</Badge>}</p>
                <p className="text-sm text-ink-3">{t('passkey.since', { date: formatDate(passkey.createdAt) })} · {passkey.lastUsedAt ? t('passkey.used', { span: formatSpan(Date.now() - Date.parse(passkey.lastUsedAt)) }) : t('passkey.unused')}</p>
              </div>
              <Button size="sm" aria-label={t('passkey.renameThis', { name: passkey.name })} onClick={() => setNaming(passkey)}>{t('passkey.rename')}</Button>
              <Button size="sm" aria-label={t('passkey.removeThis', { name: passkey.name })} onClick={() => setRemoving(passkey)}>{t('passkey.remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      {naming && <NameDialog passkey={naming === 'new' ? undefined : naming} onClose={() => setNaming(undefined)} />}
      <Confirm isOpen={removing !== undefined} onClose={() => setRemoving(undefined)} title={t('passkey.removeTitle', { name: removing?.name ?? '' })} deed={t('passkey.remove')} isBusy={remove.isPending} onConfirm={() => removing && remove.mutate(removing)}>{t('passkey.removeLead')}</Confirm>
    </Card>
  );
}
