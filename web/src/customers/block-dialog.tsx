import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { blockedQuery } from './queries.ts';

const spans = ['7', '30', '365', 'good'] as const;
type Span = (typeof spans)[number];
const DAY_MS = 86_400_000;

/** Blocks an address or a domain; asks once more where many people would be kept out. */
export function BlockDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const id = useId();
  const form = useForm({ value, reason: '', span: '30' as Span }, { value: isFilled, reason: isFilled });
  const [isProvider, setProvider] = useState(false);
  const undo = useMutation({
    mutationFn: (blockId: string) => client.blockedSenders.unblock({ params: { blockId } }),
    onError: (error) => showTrouble(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: blockedQuery.queryKey }),
  });
  const block = useMutation({
    mutationFn: (values: typeof form.values) => client.blockedSenders.block({ body: { value: values.value, reason: values.reason, expiresAt: values.span === 'good' ? null : new Date(Date.now() + Number(values.span) * DAY_MS).toISOString(), isWholeProvider: isProvider } }),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: blockedQuery.queryKey });
      showToast(t('blocked.done', { value: made.value }), { icon: 'ban', action: undoAction(() => undo.mutate(made.id)) });
      onClose();
    },
    onError: (error) => (isProblem(error, 'blocks_a_provider') ? setProvider(true) : isProblem(error, 'blocks_ourselves') ? form.fail('value', t('blocked.ourselves')) : showTrouble(explain(error))),
  });
  const words = { 7: t('blocked.week'), 30: t('blocked.month'), 365: t('blocked.year'), good: t('blocked.forGood') };
  return (
    <Dialog
      isOpen onClose={onClose} title={t('blocked.create')} description={t('blocked.lead')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="danger" isBusy={block.isPending}>{t(isProvider ? 'blocked.providerDeed' : 'blocked.deed')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => block.mutate(values))}>
        <Field label={t('blocked.value')} hint={t('blocked.valueHint')} error={form.errors.value}><Input {...form.text('value')} autoFocus={value === ''} maxLength={254} autoComplete="off" spellCheck={false} /></Field>
        <Field label={t('blocked.reason')} error={form.errors.reason}><Input {...form.text('reason')} autoFocus={value !== ''} maxLength={500} autoComplete="off" /></Field>
        <Field label={t('blocked.howLong')}><Select value={form.values.span} options={spans.map((span) => ({ value: span, label: words[span] }))} onChange={(span) => form.set('span', span)} /></Field>
        {isProvider && <Banner tone="attention" icon="triangle-alert" className="rounded-md">{t('blocked.provider', { value: form.values.value })}</Banner>}
      </form>
    </Dialog>
  );
}
