import { z } from 'zod';

/** UUIDv7, made by the application. */
export const id = z.uuid();
/** RFC 3339, always UTC. */
export const timestamp = z.iso.datetime();
export const emailAddress = z.email().max(254);
const isTimeZone = (zone: string) => { try { return Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined; } catch { return false; } };
/** By its name; an offset is none, and databases read its sign the other way round. */
export const timeZone = z.string().max(60).regex(/^[A-Za-z]/, 'A time zone as Europe/Berlin').refine(isTimeZone, 'A time zone as Europe/Berlin');
export const shortText = z.string().trim().min(1).max(200);

/** Keyset paging: hand `nextCursor` back as `cursor`; it is opaque and bound to the same filters. */
export const paging = { cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(25) };

/** What an address carries as JSON, then as `of` takes it. */
export const jsonText = <T extends z.ZodType>(of: T, most: number) => z.string().max(most).transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'It is written as JSON' });
    return z.NEVER;
  }
}).pipe(of);

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** The answer is bytes, not JSON: the typed client hands back the `Response`, a server handler streams. */
export interface FileAnswer {
  readonly isFile: true;
}
export const file = z.custom<FileAnswer>();

/** What was removed, sealed: handed to the `restore` beside the endpoint it came from within ten minutes, it is put back as it was. Null when it is too large. */
export const wayBack = z.object({ wayBack: z.string().nullable() });
export const onWayBack = z.object({ wayBack: z.string().min(1).max(4 * 1024 * 1024) });
export const wayBackLimit = 5 * 1024 * 1024;
