import { useSyncExternalStore } from 'react';

/** What is being asked about the open case; only one thing at a time. */
export type MovingDialog = { kind: 'merge' | 'link' | 'delete'; caseId: string } | { kind: 'split'; caseId: string; /** Chosen from the start. */ entryIds: readonly string[] } | { kind: 'children'; caseId: string };

let opened: MovingDialog | undefined;
const listeners = new Set<() => void>();

export function openMoving(next: MovingDialog | undefined): void {
  opened = next;
  for (const listener of listeners) listener();
}

export function useOpenMoving(caseId: string): MovingDialog | undefined {
  const now = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => opened);
  return now?.caseId === caseId ? now : undefined;
}
