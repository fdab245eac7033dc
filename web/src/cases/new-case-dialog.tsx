import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { placeCase } from '../data/case-cache.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { v7 } from '../data/uuid.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { isAddress } from './composer/addresses.ts';

/** Begins a case for a customer who did not write: a call, a walk-in, a promise to look into something. */
export function NewCaseDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const inboxes = (useQuery(inboxesQuery).data ?? []).filter((inbox) => inbox.isEnabled);
  const [inboxId, setInboxId] = useState<string>();
  const [values, setValues] = useState({ email: '', name: '', subject: '', note: '' });
  const [faults, setFaults] = useState<Partial<Record<keyof typeof values, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  // One key for one dialog: a second press after a lost answer does not make a second case.
  const key = useRef(v7());
  const set = (name: keyof typeof values) => (event: { target: { value: string } }) => {
    setValues({ ...values, [name]: event.target.value });
    setFaults({ ...faults, [name]: undefined });
    key.current = v7();
  };
  const chosen = inboxId ?? inboxes[0]?.id;

  const create = async () => {
    const found = {
      ...(isAddress(values.email.trim()) ? {} : { email: t('newCase.emailFault') }),
      ...(values.subject.trim() ? {} : { subject: t('newCase.subjectFault') }),
      ...(values.note.trim() ? {} : { note: t('newCase.noteFault') }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0 || !chosen) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const name = values.name.trim();
      const made = await client.cases.create({ body: { inboxId: chosen, customer: { email: values.email.trim(), ...(name ? { name } : {}) }, subject: values.subject.trim(), note: values.note }, idempotencyKey: key.current });
      placeCase(made);
      onClose();
      void navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(made.number) } });
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen onClose={onClose} title={t('command.case.create')} description={t('newCase.hint')} focusFirst={first}
      actions={<><Button tone="quiet" onClick={onClose}>{t('ui.cancel')}</Button><Button tone="primary" isBusy={isBusy} onClick={() => void create()}>{t('newCase.create')}</Button></>}
    >
      <form className="flex flex-col gap-3.5" onSubmit={(event) => { event.preventDefault(); void create(); }}>
        <div className="grid gap-3.5 md:grid-cols-2">
          <Field label={t('newCase.email')} error={faults.email}><Input ref={first} type="email" value={values.email} onChange={set('email')} autoComplete="off" /></Field>
          <Field label={t('newCase.name')}><Input value={values.name} onChange={set('name')} autoComplete="off" /></Field>
        </div>
        {inboxes.length > 1 && chosen && <Field label={t('newCase.inbox')}><Select value={chosen} onChange={setInboxId} options={inboxes.map((inbox) => ({ value: inbox.id, label: `${inbox.name} · ${inbox.address}` }))} /></Field>}
        <Field label={t('newCase.subject')} error={faults.subject}><Input value={values.subject} onChange={set('subject')} maxLength={500} /></Field>
        <Field label={t('newCase.note')} hint={t('newCase.noteHint')} error={faults.note}><TextArea value={values.note} onChange={set('note')} rows={4} /></Field>
        {problem && <p role="alert" className="text-sm text-clay">{problem}</p>}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
