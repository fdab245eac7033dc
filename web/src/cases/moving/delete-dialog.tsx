import type { CaseRow } from '@rapport/contract';
import { useRef, useState } from 'react';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';

/** Asks why, because that is what colleagues will want to know. */
export function DeleteDialog({ row, onClose, onDelete }: { row: CaseRow; onClose: () => void; onDelete: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const isReady = reason.trim() !== '';
  return (
    <Dialog
      isOpen onClose={onClose} title={t('delete.title', { number: row.number })} description={t('delete.hint')} focusFirst={first}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form="delete-case" tone="danger" icon="trash-2" disabled={!isReady}>{t('delete.deed')}</Button></>}
    >
      <form id="delete-case" onSubmit={(event) => { event.preventDefault(); if (isReady) onDelete(reason.trim()); }}>
        <Field label={t('delete.reason')}><Input ref={first} value={reason} onChange={(event) => setReason(event.target.value)} maxLength={500} autoComplete="off" /></Field>
      </form>
    </Dialog>
  );
}
