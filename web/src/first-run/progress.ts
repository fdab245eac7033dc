import { useSyncExternalStore } from 'react';

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

const key = 'rapport.firstRun';
const beginning: Progress = { step: 'company', isDemo: false, company: '', name: '', email: '', inboxAddress: '' };
const listeners = new Set<() => void>();
let password = '';

function read(): Progress {
  try {
    const kept = { ...beginning, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Progress>) };
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
};

export function keepProgress(next: Partial<Progress>): void {
  progress = { ...progress, ...next };
  localStorage.setItem(key, JSON.stringify(progress));
  for (const listener of listeners) listener();
}

/** The first run is over. */
export function forgetProgress(): void {
  localStorage.removeItem(key);
  password = '';
  progress = beginning;
}

export function useProgress(): Progress {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, readProgress);
}
