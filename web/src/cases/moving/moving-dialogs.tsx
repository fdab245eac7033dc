import type { CaseRow } from '@rapport/contract';
import { Suspense } from 'react';
import { lazyPart } from '../../data/lazy-part.ts';
import { openMoving, useOpenMoving } from './open-dialog.ts';

const MergeDialog = lazyPart(async () => (await import('./merge-dialog.tsx')).MergeDialog);
const SplitDialog = lazyPart(async () => (await import('./split-dialog.tsx')).SplitDialog);
const LinkDialog = lazyPart(async () => (await import('./link-dialog.tsx')).LinkDialog);
const DeleteDialog = lazyPart(async () => (await import('./delete-dialog.tsx')).DeleteDialog);
const ChildrenDialog = lazyPart(async () => (await import('./children-dialog.tsx')).ChildrenDialog);

/** Whatever is being asked about moving the open case. */
export function MovingDialogs({ row, view, onDelete }: { row: CaseRow; view: string; onDelete: (reason: string) => void }) {
  const open = useOpenMoving(row.id);
  const close = () => openMoving(undefined);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      {open.kind === 'merge' && <MergeDialog row={row} view={view} onClose={close} />}
      {open.kind === 'split' && <SplitDialog row={row} view={view} entryIds={open.entryIds} onClose={close} />}
      {open.kind === 'link' && <LinkDialog row={row} onClose={close} />}
      {open.kind === 'delete' && <DeleteDialog row={row} onClose={close} onDelete={(reason) => { close(); onDelete(reason); }} />}
      {open.kind === 'children' && <ChildrenDialog row={row} onClose={close} />}
    </Suspense>
  );
}
