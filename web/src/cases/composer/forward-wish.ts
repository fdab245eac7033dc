import type { MessageEntry } from '@rapport/contract';

const listeners = new Map<string, (entry: MessageEntry) => void>();

/** Asks the open case's editor to forward a message. Nothing happens where there is none. */
export function wishForward(entry: MessageEntry): void {
  listeners.get(entry.caseId)?.(entry);
}

/** Hears of wishes for a case. Returns how to stop. */
export function onForward(caseId: string, listener: (entry: MessageEntry) => void): () => void {
  listeners.set(caseId, listener);
  return () => listeners.delete(caseId);
}
