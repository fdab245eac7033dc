import { newId } from '../platform/ids.ts';

/** The millisecond a UUIDv7 was made in. */
const msOf = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/**
 * The id of the next entry of a case whose row is locked. It is always greater than the last one, also when another machine's clock is ahead:
 * whoever has read up to an entry then never misses one that was written later.
 */
export function nextEntryId(lastEntryId: string | null): string {
  const id = newId();
  return lastEntryId === null || id > lastEntryId ? id : newId(new Date(msOf(lastEntryId) + 1));
}
