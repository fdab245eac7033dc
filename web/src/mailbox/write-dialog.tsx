import type { BodyInput, Endpoints } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { inboxesQuery } from '../data/people.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isEmail, isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { useForm } from '../ui/use-form.ts';
import { samples } from './samples.ts';
import { useWrite } from './use-write.ts';

interface Props {
  /** A known customer; somebody new when left out. */
  from?: string;
  onClose: () => void;
  onSent?: (letter: BodyInput<Endpoints['mailbox']['write']>) => void;
}

/** A new mail from a customer, in their name. */
export function WriteDialog({ from, onClose, onSent }: Props) {
  const id = useId();
  const inboxes = useQuery(inboxesQuery).data?.filter((inbox) => inbox.isEnabled) ?? [];
  const [nextSample, setNextSample] = useState(0);
  const form = useForm({ from: from ?? '', fromName: '', inboxId: '', subject: '', text: '' }, { from: isEmail, subject: isFilled, text: isFilled });
  const inboxId = form.values.inboxId || (inboxes[0]?.id ?? '');
  const write = useWrite((letter) => {
    onClose();
    onSent?.(letter);
  });
  const fillIn = () => {
    const all = samples();
    const sample = all[nextSample % all.length]!;
    form.restart({ ...form.values, ...(from ? {} : { from: sample.from, fromName: sample.name }), subject: sample.subject, text: sample.text });
    setNextSample(nextSample + 1);
  };
  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={from ? <bdi>{t('mailbox.writeTitle', { address: from })}</bdi> : t('mailbox.writeNew')} description={t('mailbox.writeLead')}
      actions={
        <>
          <Button tone="quiet" icon="sparkles" className="me-auto" onClick={fillIn}>{t('mailbox.sample')}</Button>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" form={id} tone="primary" icon="send" isBusy={write.isPending} disabled={inboxes.length === 0}>{t('mailbox.send')}</Button>
        </>
      }
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => write.mutate({ ...values, from: values.from.trim().toLowerCase(), fromName: values.fromName.trim(), inboxId }))}>
        {!from && (
          <div className="grid gap-4 md:grid-cols-2">
            <Field label={t('mailbox.name')}><Input {...form.text('fromName')} autoFocus autoComplete="off" maxLength={200} /></Field>
            <Field label={t('mailbox.email')} error={form.errors.from}><Input {...form.text('from')} type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} placeholder="name@example.org" /></Field>
          </div>
        )}
        {inboxes.length === 0 ? <p className="text-clay">{t('mailbox.noInbox')}</p> : inboxes.length > 1 && <Field label={t('mailbox.inbox')}><Select value={inboxId} onChange={(next) => form.set('inboxId', next)} options={inboxes.map((inbox) => ({ value: inbox.id, label: `${inbox.name} · ${inbox.address}` }))} /></Field>}
        <Field label={t('mailbox.subject')} error={form.errors.subject}><Input {...form.text('subject')} autoFocus={from !== undefined} autoComplete="off" maxLength={500} dir="auto" /></Field>
        <Field label={t('mailbox.text')} error={form.errors.text}><TextArea {...form.text('text')} rows={7} dir="auto" /></Field>
      </form>
    </Dialog>
  );
}
