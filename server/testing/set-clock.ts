import type { Clock } from '../src/platform/clock.ts';

/** A clock that stands still until a test moves it. */
export interface SetClock extends Clock {
  forward(ms: number): void;
}

export function setClock(start = '2026-03-02T09:00:00Z'): SetClock {
  let at = Date.parse(start);
  return { now: () => new Date(at), forward: (ms) => void (at += ms) };
}
