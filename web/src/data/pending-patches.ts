import type { CaseRow } from '@rapport/contract';
import { applyPatch, type CasePatch } from './case-patch.ts';
import { people } from './known-people.ts';

/** Changes the agent has made that the server has not confirmed, by case; the outbox keeps this list. */
let pending: ReadonlyMap<string, readonly CasePatch[]> = new Map();

export function setPendingPatches(next: ReadonlyMap<string, readonly CasePatch[]>): void {
  pending = next;
}

/** What the server says with the agent's own unconfirmed changes laid over it, so that an answer on its way never undoes them on the screen. */
export function overlay<T extends CaseRow>(row: T): T {
  return (pending.get(row.id) ?? []).reduce((now, patch) => applyPatch(now, patch, people()), row);
}
