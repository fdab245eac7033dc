import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { movesQuery } from './queries.ts';
import { undoMove } from './moved.ts';

/** The way back from a merge or split, on the line of the timeline that tells of it. */
export function UndoMoveButton({ caseId, entryId }: { caseId: string; entryId: string }) {
  const canEdit = useCan('case.edit');
  const move = useQuery({ ...movesQuery(caseId), enabled: canEdit }).data?.find((one) => one.entryId === entryId && !one.isUndone);
  const [isBusy, setBusy] = useState(false);
  if (!move) return null;
  return (
    <button
      type="button" disabled={isBusy} onClick={() => { setBusy(true); void undoMove(caseId, move.id).finally(() => setBusy(false)); }}
      className="ms-1.5 rounded-sm px-1 text-accent underline underline-offset-2 hover:bg-hover disabled:opacity-50"
    >
      {t('moving.undo')}
    </button>
  );
}
