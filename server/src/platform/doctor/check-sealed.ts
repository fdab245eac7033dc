import type { Tx } from '../database/index.ts';
import { ok, problem } from './finding.ts';
import type { RoomCheck } from './examine.ts';

/** What a room keeps sealed with the secret key for long; what is sealed for minutes or hours is gone before anybody asks. */
export interface SealedKind {
  /** Of the finding, for example `mailbox passwords`. */
  check: string;
  /** All there is in the installation; `name` is how people know its owner. */
  select(tx: Tx): Promise<{ sealed: Buffer; purpose: string; name: string }[]>;
  /** What does not work, as the end of a sentence: `of 3 inboxes`. */
  says(count: number, first: string): string;
  /** What to do when the right key is gone for good. */
  instead: string;
}

/** Whether the key that is here is the one these were sealed with. */
export function checkSealed({ check, select, says, instead }: SealedKind): RoomCheck {
  return async ({ database, secrets }) => {
    if (!secrets) return [];
    const lost = (await database.asSystem(select)).filter(({ sealed, purpose }) => {
      try {
        secrets.open(sealed, purpose);
        return false;
      } catch {
        return true;
      }
    });
    if (lost[0] === undefined) return [ok(check, 'The secret key opens them.')];
    return [problem(check, `The secret key does not open those ${says(lost.length, lost[0].name)}: it is not the one they were sealed with.`, `Bring the secret.key back that belongs to this database, or ${instead}`)];
  };
}
