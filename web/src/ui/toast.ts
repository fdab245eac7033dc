import { useSyncExternalStore } from 'react';
import type { IconName } from './icon-names.ts';

export interface Toast {
  id: number;
  text: string;
  icon?: IconName;
  tone: 'plain' | 'trouble';
  /** A way back or on; the toast leaves when it is taken. */
  action?: { label: string; keys?: string; run: () => void };
  /** How long it stays; while the pointer or focus rests on it the time stands still. */
  ms: number;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();
const publish = (next: readonly Toast[]) => {
  toasts = next;
  for (const listener of listeners) listener();
};

export function dismissToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

/** Shows a line at the foot of the window, eight seconds when it can be undone. At most three stand at a time. Returns its id. */
export function showToast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): number {
  const id = nextId++;
  publish([...toasts.slice(-2), { id, text, tone: 'plain', ms: options.action ? 8000 : 5000, ...options }]);
  return id;
}

/** Something went wrong: stays longer, is read out at once. */
export const showTrouble = (text: string, action?: Toast['action']) => showToast(text, { tone: 'trouble', icon: 'circle-alert', ms: 12_000, ...(action ? { action } : {}) });

/** The newest toast that can be undone, for the undo key. */
export const undoableToast = () => toasts.findLast((toast) => toast.action);

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => toasts);
}
