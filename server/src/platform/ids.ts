import { v7 } from 'uuid';

/** A UUIDv7: unique without asking anybody, and ordered by the time it was made (milliseconds since 1970 in its first 48 bits). */
export function newId(at?: Date): string {
  return at ? v7({ msecs: at.getTime() }) : v7();
}
