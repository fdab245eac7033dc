import type { BulkRun } from '@rapport/contract';
import type { RunRow } from './bulk-store.ts';

/** A run as the contract shows it. */
export function shapeRun(row: RunRow): BulkRun {
  return {
    id: row.id, state: row.state, action: row.action, by: { id: row.agent_id, name: row.agent_name }, total: row.total, done: row.done, changed: row.changed, same: row.same, refused: row.refused, restored: row.restored, kept: row.kept,
    isCut: row.is_cut, createdAt: row.created_at.toISOString(), finishedAt: row.finished_at?.toISOString() ?? null, undoUntil: row.leaver_id === null ? (row.undo_until?.toISOString() ?? null) : null,
  };
}
