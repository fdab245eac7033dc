import type { FromBrowser } from '@rapport/contract';
import { useSyncExternalStore } from 'react';

export interface Present {
  agentId: string;
  name: string;
  state: 'viewing' | 'typing';
}

const nobody: readonly Present[] = [];
let byCase: ReadonlyMap<string, readonly Present[]> = new Map();
const listeners = new Set<() => void>();
let mine: { caseId: string | null; state: 'viewing' | 'typing' } = { caseId: null, state: 'viewing' };

function publish(next: ReadonlyMap<string, readonly Present[]>): void {
  byCase = next;
  for (const listener of listeners) listener();
}

export function keepPresence(caseId: string, people: readonly Present[]): void {
  publish(new Map(byCase).set(caseId, people));
}
export const forgetPresence = () => publish(new Map());

/** Who else has this case open now, and whether they write. */
export function usePresence(caseId: string, myId: string): readonly Present[] {
  const people = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => byCase.get(caseId) ?? nobody);
  return people.filter((person) => person.agentId !== myId);
}

type Tell = (message: FromBrowser) => void;

export const lookedAtCase = () => mine.caseId;
/** Says where this agent is; only when it has changed. */
export function setMyPresence(caseId: string | null, state: 'viewing' | 'typing', tell: Tell): void {
  if (mine.caseId === caseId && mine.state === state) return;
  mine = { caseId, state };
  tell({ type: 'presence', ...mine });
}
export function resendPresence(tell: Tell): void {
  if (mine.caseId !== null) tell({ type: 'presence', ...mine });
}
