import type { CaseRow } from '@rapport/contract';
import { useId, useRef, useState } from 'react';
import { undoAction } from '../../commands/undo-action.ts';
import { placeCase } from '../../data/case-cache.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { v7 } from '../../data/uuid.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.ts';
import { CaseFinder } from './case-finder.tsx';
import { useGoTo } from '../pane.ts';
import { lookAt, readAnew, undoMove } from './moved.ts';

/** Makes one case of two. Says before what will happen, and that it can be taken back. */
export function MergeDialog({ row, view, onClose }: { row: CaseRow; view: string; onClose: () => void }) {
  // In the pane beside the open case, what comes of it is shown there.
  const goTo = useGoTo(view);
  const [into, setInto] = useState<CaseRow>();
  const [isSame, setSame] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const form = useId();
  const key = useRef(v7());
  const isOther = into !== undefined && into.customer.id !== row.customer.id;

  const merge = async () => {
    if (!into || isBusy || (isOther && !isSame)) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { moveId, case: whole } = await client.moving.merge({ params: { caseId: row.id }, body: { intoCaseId: into.id, isSameMatter: isOther }, idempotencyKey: key.current });
      placeCase(whole);
      readAnew(row.id, into.id);
      onClose();
      goTo(whole);
      void lookAt(row.id);
      showToast(t('moving.merged', { from: row.number, into: whole.number }), {
        icon: 'git-merge', ms: 12_000,
        action: undoAction(() => void undoMove(whole.id, moveId).then((back) => back && goTo(back))),
      });
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={t('merge.title', { number: row.number })} description={t('merge.hint')} focusFirst={first}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>{t('ui.cancel')}</Button>
          <Button tone="primary" type="submit" form={form} icon="git-merge" isBusy={isBusy} disabled={!into || (isOther && !isSame)}>{into ? t('merge.deed', { number: into.number }) : t('merge.deedNone')}</Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => { event.preventDefault(); void merge(); }} className="flex flex-col gap-3.5">
        <CaseFinder row={row} chosen={into} inputRef={first} onChoose={(one) => { setInto(one); setSame(false); key.current = v7(); }} isFit={(one) => one.status !== 'closed'} />
        {into && isOther && (
          <div className="rounded-md bg-honey-soft px-3 py-2.5">
            <Checkbox isChecked={isSame} onChange={setSame} label={t('merge.sameMatter', { one: row.customer.name, other: into.customer.name })} hint={t('merge.sameMatterHint', { name: row.customer.name })} />
          </div>
        )}
        {problem && <p role="alert" className="text-sm text-clay">{problem}</p>}
      </form>
    </Dialog>
  );
}
