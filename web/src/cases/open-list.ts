import type { CaseRow } from '@rapport/contract';

/** The rows of the list on the screen, in its order. Commands ask it what comes next; it is set by the list itself. */
let rows: readonly CaseRow[] = [];
/** Where cases stood that have left the list, so that "next" still means the one below. */
let gone = new Map<string, number>();

export function setOpenList(next: readonly CaseRow[]): void {
  const ids = new Set(next.map((row) => row.id));
  rows.forEach((row, index) => !ids.has(row.id) && gone.set(row.id, index));
  if (gone.size > 50) gone = new Map([...gone].slice(-25));
  rows = next;
}

/** The case `step` rows further. From a case that has left the list, its neighbours there; from none, the first. */
export function neighbour(caseId: string | undefined, step: 1 | -1): CaseRow | undefined {
  const at = rows.findIndex((row) => row.id === caseId);
  if (at >= 0) return rows[at + step];
  const was = caseId === undefined ? undefined : gone.get(caseId);
  if (was === undefined) return rows[0];
  return rows[step === 1 ? Math.min(was, rows.length - 1) : was - 1];
}

/** Where to go when a case leaves the list: the next one, else the one before it. */
export const afterLeaving = (caseId: string): CaseRow | undefined => (rows.some((row) => row.id === caseId) ? (neighbour(caseId, 1) ?? neighbour(caseId, -1)) : undefined);
