import { createHash } from 'node:crypto';
import { Refusal } from './refusal.ts';

const bindingOf = (filters: unknown) => createHash('sha256').update(JSON.stringify(filters)).digest('base64url').slice(0, 8);

/** The position after the last row of a page, opaque to the caller and bound to the filters it was made with. `position` is what the next page's keyset starts from. */
export function writeCursor(position: readonly (string | number)[], filters: unknown): string {
  return Buffer.from(JSON.stringify([bindingOf(filters), ...position])).toString('base64url');
}

/** The position in a cursor, as many strings as `length`; undefined without a cursor. A cursor of other filters or one that was tampered with is refused. */
export function readCursor(cursor: string | undefined, filters: unknown, length: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [binding, ...position] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (binding === bindingOf(filters) && position.length === length) return position.map(String);
  } catch {
    // Falls through to the refusal: the reason does not help anybody.
  }
  throw new Refusal('invalid_request', 'cursor: It belongs to another list. Start again without it.');
}

/** A position that must be a UUID, before it reaches the database. */
export function uuidIn(position: string | undefined): string {
  if (position === undefined || !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(position)) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
  return position;
}
/** A position that must be a number the database can count to. */
export function numberIn(position: string | undefined): number {
  const number = Number(position);
  if (!Number.isSafeInteger(number) || number < 0 || number > 2_147_483_647) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
  return number;
}
/** A position that must be a time. */
export function timeIn(position: string | undefined): Date {
  const time = new Date(position ?? '');
  if (Number.isNaN(time.getTime())) throw new Refusal('invalid_request', 'cursor: It is damaged. Start again without it.');
  return time;
}
