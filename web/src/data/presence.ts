import type { FromBrowser } from '@rapport/contract';
import { useSyncExternalStore } from 'react';

export interface Present {
  agentId: string;
  name: string;
  state: 'viewing' | 'typing';
}

/** What is known of the people at one case now. */
interface AtCase {
  people: readonly Present[];
  /** The customer has a live conversation open. */
  customer?: 'there' | 'typing' | undefined;
}

// Said again in this pace while somebody types on; the server forgets it after eight seconds.
const SAY_AGAIN_MS = 3_000;
const nobody: AtCase = { people: [] };
let byCase: ReadonlyMap<string, AtCase> = new Map();
const listeners = new Set<() => void>();
let mine: Doing = { caseId: null, state: 'viewing', isAnswer: false };
let saidAt = 0;

function publish(next: ReadonlyMap<string, AtCase>): void {
  byCase = next;
  for (const listener of listeners) listener();
}

export function keepPresence(caseId: string, now: AtCase): void {
  publish(new Map(byCase).set(caseId, now));
}
export const forgetPresence = () => publish(new Map());

const useAtCase = (caseId: string): AtCase =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => byCase.get(caseId) ?? nobody);

/** Who else has this case open now, and whether they write. */
export const usePresence = (caseId: string, myId: string): readonly Present[] => useAtCase(caseId).people.filter((person) => person.agentId !== myId);
/** Whether the customer has their side of a live conversation open. */
export const useCustomerThere = (caseId: string): AtCase['customer'] => useAtCase(caseId).customer;

interface Doing {
  caseId: string | null;
  state: 'viewing' | 'typing';
  /** What is typed goes to the customer. */
  isAnswer: boolean;
}
type Tell = (message: FromBrowser) => void;

export const lookedAtCase = () => mine.caseId;
/** Says where this agent is: when it has changed, and now and then while they type on. */
export function setMyPresence(doing: Doing, tell: Tell): void {
  const isSame = mine.caseId === doing.caseId && mine.state === doing.state && mine.isAnswer === doing.isAnswer;
  if (isSame && (doing.state === 'viewing' || Date.now() - saidAt < SAY_AGAIN_MS)) return;
  mine = doing;
  saidAt = Date.now();
  tell({ type: 'presence', ...mine });
}
export function resendPresence(tell: Tell): void {
  if (mine.caseId !== null) tell({ type: 'presence', ...mine });
}
