import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { runCommand } from '../commands/registry.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { inboxesQuery } from '../data/people.ts';
import { keepPlanned } from '../data/planned.ts';
import { useSession } from '../data/session.ts';
import { v7 } from '../data/uuid.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input, TextArea } from '../ui/field.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select } from '../ui/select.tsx';
import { showToast } from '../ui/toast.ts';
import { isAddress } from './composer/addresses.ts';
import { undoPlan } from './composer/call-back.ts';

type Kind = 'mail' | 'note';

/** Begins a case with a mail of ours, or with a note for a customer who did not write: a call, a walk-in, a promise to look into something. */
export function NewCaseDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const { account } = useSession();
  const inboxes = (useQuery(inboxesQuery).data ?? []).filter((inbox) => inbox.isEnabled);
  const [inboxId, setInboxId] = useState<string>();
  const [kind, setKind] = useState<Kind>('mail');
  const [values, setValues] = useState({ email: '', name: '', subject: '', text: '' });
  const [faults, setFaults] = useState<Partial<Record<keyof typeof values, string>>>({});
  const [problem, setProblem] = useState<string>();
  const [busyWith, setBusyWith] = useState<'send' | 'draft'>();
  const first = useRef<HTMLInputElement>(null);
  // One key for one dialog: a second press after a lost answer does not make a second case.
  const key = useRef(v7());
  const set = (name: keyof typeof values) => (event: { target: { value: string } }) => {
    setValues({ ...values, [name]: event.target.value });
    setFaults({ ...faults, [name]: undefined });
    key.current = v7();
  };
  const chosen = inboxId ?? inboxes[0]?.id;

  const begin = async (asDraft: boolean) => {
    const found = {
      ...(isAddress(values.email.trim()) ? {} : { email: t('newCase.emailFault') }),
      ...(values.subject.trim() ? {} : { subject: t('newCase.subjectFault') }),
      ...(values.text.trim() ? {} : { text: t(kind === 'note' ? 'newCase.noteFault' : 'newCase.messageFault') }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0 || !chosen) return;
    setBusyWith(asDraft ? 'draft' : 'send');
    setProblem(undefined);
    try {
      const name = values.name.trim();
      const about = { inboxId: chosen, customer: { email: values.email.trim(), ...(name ? { name } : {}) }, subject: values.subject.trim() };
      const number = kind === 'note' ? (await client.cases.create({ body: { ...about, note: values.text }, idempotencyKey: key.current })).number : await mail(about, asDraft);
      onClose();
      await navigate({ to: '/cases/$view/$number', params: { view: 'open', number: String(number) } });
      if (asDraft) setTimeout(() => runCommand('write.reply'), 400);
    } catch (error) {
      setProblem(explain(error));
      setBusyWith(undefined);
    }
  };
  const mail = async (about: { inboxId: string; customer: { email: string; name?: string }; subject: string }, asDraft: boolean): Promise<number> => {
    const { caseId, number, planned } = await client.mailOut.begin({ body: { ...about, message: { text: values.text }, asDraft }, idempotencyKey: key.current });
    if (planned) {
      keepPlanned(planned, key.current);
      showToast(t('composer.goesOut', { number }), { icon: 'send', ms: account.undoSeconds * 1000, action: undoAction(() => void undoPlan(caseId, planned.id)) });
    }
    return number;
  };
  const isMail = kind === 'mail';

  return (
    <Dialog
      isOpen onClose={onClose} title={t('command.case.create')} description={t(isMail ? 'newCase.mailHint' : 'newCase.hint')} focusFirst={first} width="md"
      actions={(
        <>
          <Button tone="quiet" onClick={onClose}>{t('ui.cancel')}</Button>
          {isMail && <Button isBusy={busyWith === 'draft'} icon="pencil" onClick={() => void begin(true)}>{t('newCase.onCase')}</Button>}
          <Button tone="primary" isBusy={busyWith === 'send'} {...(isMail ? { icon: 'send' as const } : {})} onClick={() => void begin(false)}>{t(isMail ? 'newCase.send' : 'newCase.create')}</Button>
        </>
      )}
    >
      <form className="flex flex-col gap-3.5" onSubmit={(event) => { event.preventDefault(); void begin(false); }}>
        <Segments label={t('newCase.kind')} value={kind} onChange={(next) => { setKind(next as Kind); key.current = v7(); }} options={[{ value: 'mail', label: t('newCase.mail') }, { value: 'note', label: t('newCase.noteTab') }]} />
        <div className="grid gap-3.5 md:grid-cols-2">
          <Field label={t('newCase.email')} error={faults.email}><Input ref={first} type="email" value={values.email} onChange={set('email')} autoComplete="off" /></Field>
          <Field label={t('newCase.name')}><Input value={values.name} onChange={set('name')} autoComplete="off" /></Field>
        </div>
        {inboxes.length > 1 && chosen && <Field label={t('newCase.inbox')}><Select value={chosen} onChange={setInboxId} options={inboxes.map((inbox) => ({ value: inbox.id, label: `${inbox.name} · ${inbox.address}` }))} /></Field>}
        <Field label={t('newCase.subject')} error={faults.subject}><Input value={values.subject} onChange={set('subject')} maxLength={500} /></Field>
        {isMail
          ? <Field label={t('newCase.message')} error={faults.text}><TextArea value={values.text} onChange={set('text')} rows={7} dir="auto" /></Field>
          : <Field label={t('newCase.note')} hint={t('newCase.noteHint')} error={faults.text}><TextArea value={values.text} onChange={set('text')} rows={4} dir="auto" /></Field>}
        {problem && <p role="alert" className="text-sm text-clay">{problem}</p>}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
