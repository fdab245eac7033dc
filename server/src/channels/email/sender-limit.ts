import type { Clock } from '../../platform/clock.ts';

/** Counts what comes from one network address, so that one that runs wild does not keep the others out. */
export interface SenderLimit {
  count(address: string): void;
  isOver(address: string): boolean;
}

const WINDOW_MS = 60_000;
const MOST_A_MINUTE = 1_000;
const MOST_ADDRESSES = 10_000;

/** In memory of one process: this is a shield against floods, not a count anybody relies on. The own machine is not counted. */
export function createSenderLimit(clock: Clock, most = MOST_A_MINUTE): SenderLimit {
  let windowBegan = 0;
  let counts = new Map<string, number>();
  const roll = (): void => {
    const now = clock.now().getTime();
    if (now - windowBegan < WINDOW_MS && now >= windowBegan) return;
    windowBegan = now;
    counts = new Map();
  };
  const isOwn = (address: string): boolean => address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
  return {
    count(address) {
      roll();
      if (!isOwn(address) && (counts.has(address) || counts.size < MOST_ADDRESSES)) counts.set(address, (counts.get(address) ?? 0) + 1);
    },
    isOver(address) {
      roll();
      return (counts.get(address) ?? 0) >= most;
    },
  };
}
