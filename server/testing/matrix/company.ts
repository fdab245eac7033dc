import type { SignedIn, TestAccount, TestHouse } from '../test-house.ts';
import type { Person } from './people.ts';
import type { Oracle, Secrets } from './secrets.ts';

/** Something that stands behind a door: what an address or a body calls it, and who may reach it. */
export interface Thing {
  what: string;
  /** By the name of the parameter or of the field. */
  ids: Readonly<Record<string, string>>;
  /** The case it hangs on, by its name in the world. */
  of?: string;
  /** Only where all of it is named: one part of it has another reach. */
  isOne?: true;
  mayReach: Oracle;
}

/** A company whose every thing has words of its own, written by Bea of the far team, who has every right. */
export interface Company {
  house: TestHouse;
  account: TestAccount;
  bea: SignedIn;
  near: string;
  far: string;
  inboxes: Record<'near' | 'far' | 'loose', string>;
  people: readonly Person[];
  secrets: Secrets;
  things: Thing[];
  /** Nothing of a company is told in another. */
  within(oracle: Oracle): Oracle;
}

export const everybody: Oracle = () => true;
export const nobody: Oracle = () => false;
