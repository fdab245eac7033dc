import type { CaseRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { undoAction } from '../../commands/undo-action.ts';
import { changeCase } from '../../data/outbox.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.ts';
import { statusWord } from '../words.ts';
import { openParts } from './open-parts.ts';
import { linksQuery } from './queries.ts';

/** The parent is resolved; its parts that are not may be too. Nothing happens to them unless it is chosen here. */
export function ChildrenDialog({ row, onClose }: { row: CaseRow; onClose: () => void }) {
  const parts = openParts(useQuery(linksQuery(row.id)).data);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = parts.filter(({ other }) => !left.has(other.id));
  const resolve = () => {
    for (const { other } of chosen) changeCase(other.id, { status: 'resolved' });
    const undo = () => chosen.forEach(({ other }) => changeCase(other.id, { status: other.status }));
    showToast(t('children.done', { count: chosen.length }), { icon: 'circle-check', action: undoAction(undo) });
    onClose();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title={t('children.title', { count: parts.length })} description={t('children.hint', { number: row.number })}
      actions={<><Button onClick={onClose}>{t('children.leave')}</Button><Button tone="primary" icon="check" disabled={chosen.length === 0} onClick={resolve}>{t('children.deed', { count: chosen.length })}</Button></>}
    >
      <ul className="flex flex-col gap-2.5">
        {parts.map(({ other }) => (
          <li key={other.id}>
            <Checkbox
              isChecked={!left.has(other.id)} label={<bdi>{`#${other.number} ${other.subject}`}</bdi>} hint={`${statusWord(other.status)} · ${other.customerName}`}
              onChange={(isChosen) => { const next = new Set(left); if (isChosen) next.delete(other.id); else next.add(other.id); setLeft(next); }}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
