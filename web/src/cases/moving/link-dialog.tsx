import type { CaseRow, ChosenRole } from '@rapport/contract';
import { useRef, useState } from 'react';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { CaseFinder } from './case-finder.tsx';
import { linkCases } from './link-cases.ts';
import { chosenRoles, roleWord } from './link-words.ts';

/** Says how another case relates to this one. */
export function LinkDialog({ row, onClose }: { row: CaseRow; onClose: () => void }) {
  const [other, setOther] = useState<CaseRow>();
  const [role, setRole] = useState<ChosenRole>('related');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const link = async () => {
    if (!other) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await linkCases({ caseId: row.id, other }, role);
      onClose();
    } catch (error) {
      setProblem(explain(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen onClose={onClose} width="md" title={t('link.title', { number: row.number })} focusFirst={first}
      actions={<><Button tone="quiet" onClick={onClose}>{t('ui.cancel')}</Button><Button tone="primary" icon="link" isBusy={isBusy} disabled={!other} onClick={() => void link()}>{t('link.deed')}</Button></>}
    >
      <div className="flex flex-col gap-3.5">
        <Field label={t('link.role', { number: row.number })}><Select value={role} onChange={setRole} options={chosenRoles.map((value) => ({ value, label: roleWord(value) }))} /></Field>
        <CaseFinder row={row} chosen={other} onChoose={setOther} inputRef={first} />
        {problem && <p role="alert" className="text-sm text-clay">{problem}</p>}
      </div>
    </Dialog>
  );
}
