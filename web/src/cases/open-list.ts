import type { CaseRow } from '@rapport/contract';

/** The rows of the list on the screen, in its order. Commands ask it what comes next; it is set by the list itself. */
let rows: readonly CaseRow[] = [];
/** Where in the list a case would stand that has left it, so that "next" still means the one that stood below, whatever else comes and goes. */
let gone = new Map<string, number>();

export function setOpenList(next: readonly CaseRow[]): void {
  const places = new Map(next.map((row, index) => [row.id, index]));
  /** Where the gap before the row at `from` is now: before the next row that is still there, else behind the last one above. */
  const placeNow = (from: number): number => {
    for (let index = from; index < rows.length; index += 1) {
      const now = places.get(rows[index]!.id);
      if (now !== undefined) return now;
    }
    for (let index = Math.min(from, rows.length) - 1; index >= 0; index -= 1) {
      const now = places.get(rows[index]!.id);
      if (now !== undefined) return now + 1;
    }
    return 0;
  };
  const left = rows.flatMap((row, index) => (places.has(row.id) ? [] : [[row.id, index] as const]));
  const known = [...gone].filter(([id]) => !places.has(id)).slice(-50);
  gone = new Map([...known, ...left].map(([id, from]) => [id, placeNow(from)]));
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
