import type { CaseRow, Entry } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { undoAction } from '../../commands/undo-action.ts';
import { placeCase } from '../../data/case-cache.ts';
import { entriesQuery } from '../../data/cases.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { v7 } from '../../data/uuid.ts';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Segments } from '../../ui/segments.tsx';
import { showToast } from '../../ui/toast.ts';
import { useGoTo } from '../pane.ts';
import { lookAt, readAnew, undoMove } from './moved.ts';

type Movable = Exclude<Entry, { kind: 'change' }>;
const isMovable = (entry: Entry): entry is Movable => entry.kind !== 'change';
const textOf = (entry: Movable): string => ('text' in entry ? entry.text : '').replace(/\s+/g, ' ').trim().slice(0, 160);
/** A subject without the marks of answers and forwards. */
const plain = (subject: string) => subject.replace(/^(\s*(re|aw|fwd?|wg|sv|tr)\s*:\s*)+/i, '').trim();

/** Moves messages about something else to a case of their own. */
export function SplitDialog({ row, view, entryIds, onClose }: { row: CaseRow; view: string; entryIds: readonly string[]; onClose: () => void }) {
  // In the pane beside the open case, what comes of it is shown there.
  const goTo = useGoTo(view);
  const items = (useQuery(entriesQuery(row.id)).data?.items ?? []).filter(isMovable);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(entryIds));
  const picked = items.filter((entry) => chosen.has(entry.id));
  const messages = picked.filter((entry) => entry.kind === 'message');
  const [typed, setTyped] = useState<string>();
  const subject = typed ?? plain(messages[0]?.subject ?? '');
  const sender = messages.find((entry) => entry.direction === 'in')?.author;
  const isOther = sender !== undefined && sender.id !== null && sender.id !== row.customer.id;
  const [customer, setCustomer] = useState<'same' | 'sender'>();
  const whose = isOther ? (customer ?? 'sender') : 'same';
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const key = useRef(v7());
  const isReady = picked.length > 0 && subject.trim() !== '';

  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
    key.current = v7();
  };
  const split = async () => {
    if (!isReady) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { moveId, case: fresh } = await client.moving.split({ params: { caseId: row.id }, body: { entryIds: picked.map(({ id }) => id), subject: subject.trim(), customer: whose }, idempotencyKey: key.current });
      placeCase(fresh);
      readAnew(row.id, fresh.id);
      onClose();
      void lookAt(row.id);
      goTo(fresh);
      showToast(t('moving.split', { number: fresh.number }), {
        icon: 'split', ms: 12_000,
        action: undoAction(() => void undoMove(fresh.id, moveId).then((back) => back && goTo(back))),
      });
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={t('split.title')} description={t('split.hint', { number: row.number })} focusFirst={first}
      actions={<><Button tone="quiet" onClick={onClose}>{t('ui.cancel')}</Button><Button tone="primary" icon="split" isBusy={isBusy} disabled={!isReady} onClick={() => void split()}>{t('split.deed')}</Button></>}
    >
      <form className="flex flex-col gap-3.5" onSubmit={(event) => { event.preventDefault(); void split(); }}>
        <fieldset className="flex max-h-72 flex-col overflow-y-auto rounded-md border border-line">
          <legend className="sr-only">{t('split.entries')}</legend>
          {items.map((entry, index) => (
            <label key={entry.id} className={classes('flex cursor-default items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0 hover:bg-hover has-focus-visible:bg-hover', chosen.has(entry.id) && 'bg-accent-soft')}>
              <input ref={index === 0 ? first : undefined} type="checkbox" checked={chosen.has(entry.id)} onChange={() => toggle(entry.id)} className="mt-1 accent-(--color-accent)" />
              <Icon name={entry.kind === 'message' ? (entry.direction === 'in' ? 'mail' : 'reply') : 'sticky-note'} size={14} className="mt-1 text-ink-3" />
              <span className="min-w-0 grow">
                <span className="flex gap-2 text-sm"><bdi className="min-w-0 truncate font-medium">{entry.author.name}</bdi><span className="grow" /><span className="shrink-0 text-xs text-ink-3">{formatDayAndClock(entry.occurredAt)}</span></span>
                {entry.kind === 'message' && entry.isNewSubject && <bdi className="block truncate text-sm text-accent">{entry.subject}</bdi>}
                <span dir="auto" className="align-frame line-clamp-1 text-sm text-ink-3">{textOf(entry)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field label={t('split.subject')}><Input value={subject} onChange={(event) => { setTyped(event.target.value); key.current = v7(); }} maxLength={500} /></Field>
        {isOther && <Segments label={t('split.customer')} value={whose} onChange={setCustomer} options={[{ value: 'sender', label: sender.name }, { value: 'same', label: row.customer.name }]} />}
        {problem && <p role="alert" className="text-sm text-clay">{problem}</p>}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
