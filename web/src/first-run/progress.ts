import { useSyncExternalStore } from 'react';
import { firstRunKey } from '../data/first-run.ts';

export type Step = 'company' | 'you' | 'inbox' | 'try';

/** What has been answered so far. It survives a reload; the password does not, it is only ever held in memory. */
export interface Progress {
  step: Step;
  /** The demo company is wanted: no address is asked, the demo brings its own. */
  isDemo: boolean;
  company: string;
  name: string;
  email: string;
  inboxAddress: string;
  /** The customer of the test mail and the case it became. */
  customer?: string | undefined;
  caseId?: string | undefined;
}

const beginning: Progress = { step: 'company', isDemo: false, company: '', name: '', email: '', inboxAddress: '' };
const listeners = new Set<() => void>();
let password = '';
let isPasswordWeak = false;

function read(): Progress {
  try {
    const kept = { ...beginning, ...(JSON.parse(localStorage.getItem(firstRunKey) ?? '{}') as Partial<Progress>) };
    // Without the password the set-up cannot be sent: back to where it is asked, everything else is still filled in.
    return kept.step === 'inbox' ? { ...kept, step: 'you' } : kept;
  } catch {
    return beginning;
  }
}
let progress = read();

export const readProgress = () => progress;
export const readPassword = () => password;
export const keepPassword = (next: string) => {
  password = next;
  isPasswordWeak = false;
};
/** The server refused the password on a later page; the page that asks for it says so. */
export const wasPasswordRefused = () => isPasswordWeak;
export const refusePassword = () => {
  isPasswordWeak = true;
};

export function keepProgress(next: Partial<Progress>): void {
  progress = { ...progress, ...next };
  localStorage.setItem(firstRunKey, JSON.stringify(progress));
  for (const listener of listeners) listener();
}

/** The first run is over. */
export function forgetProgress(): void {
  localStorage.removeItem(firstRunKey);
  password = '';
  progress = beginning;
}

export function useProgress(): Progress {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, readProgress);
}
