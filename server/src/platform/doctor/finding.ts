export type Health = 'ok' | 'warning' | 'problem';

/** One thing the doctor looked at. */
export interface Finding {
  /** What was looked at, in a word or two; stable, for scripts. */
  check: string;
  state: Health;
  /** What was found. */
  says: string;
  /** What the person can do about it; always there unless it is `ok`. */
  advice?: string;
}

export function ok(check: string, says: string): Finding {
  return { check, state: 'ok', says };
}

export function warning(check: string, says: string, advice: string): Finding {
  return { check, state: 'warning', says, advice };
}

export function problem(check: string, says: string, advice: string): Finding {
  return { check, state: 'problem', says, advice };
}
