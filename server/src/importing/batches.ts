import { prepare, type Desk, type Prepared } from './prepare.ts';
import type { Found, FoundEntry, Place, Placed, SourceFile } from './found.ts';
import { formats } from './formats/index.ts';
import { orderFiles } from './order-files.ts';
import { isOfOneRecord } from './troubles.ts';

const MOST_RECORDS = 200;
const MOST_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 8;

export interface Batch {
  prepared: Prepared[];
  /** Records of the source up to its end. */
  position: number;
  read: number;
}

const bytesOf = (entries: readonly FoundEntry[]): number => entries.reduce((sum, entry) => sum + (entry.text?.length ?? 0) + (entry.html?.length ?? 0) + entry.files.reduce((bytes, file) => bytes + (file.content?.length ?? 0), 0), 0);
function weigh(found: Found): number {
  if (found.kind === 'mail') return found.raw.length;
  if (found.kind === 'case') return 2_000 + bytesOf(found.case.entries);
  return 500 + (found.kind === 'entries' ? bytesOf(found.entries) : 0);
}

/**
 * A source in batches that are ready to be written, from behind `position` on. While a batch is written the next is being made ready; no more than two are in memory, whatever the size of the source.
 */
export async function* batches(desk: Desk, files: readonly SourceFile[], position: number): AsyncGenerator<Batch> {
  let passed = 0;
  let size = 0;
  let found: Placed<Found>[] = [];
  let ahead: Promise<Batch> | undefined;
  const ready = (): Promise<Batch> => {
    const taken = found;
    const at = passed;
    found = [];
    size = 0;
    const batch = prepareAll(desk, taken).then((prepared) => ({ prepared, position: at, read: taken.at(-1)?.place.read ?? 0 }));
    // Looked at when its turn comes.
    batch.catch(() => {});
    return batch;
  };
  for await (const each of formats[desk.format](orderFiles(files))) {
    passed += 1;
    if (passed <= position) continue;
    found.push(each);
    size += weigh(each);
    if (found.length < MOST_RECORDS && size < MOST_BYTES) continue;
    const next = ready();
    if (ahead) yield await ahead;
    ahead = next;
  }
  if (ahead) yield await ahead;
  if (found.length > 0) yield await ready();
}

/** One record that breaks what reads it must not stop the others. */
async function prepareOrRefuse(desk: Desk, found: Placed<Found>): Promise<Prepared> {
  try {
    return await prepare(desk, found);
  } catch (error) {
    if (!isOfOneRecord(error)) throw error;
    return refusedAs(desk, found.place, error);
  }
}

/** Left out, with its place in the report; the log has the cause. */
export function refusedAs(desk: Desk, place: Place, error: unknown): Prepared {
  desk.platform.log.warn({ err: error, record: place.record }, 'a record of an import was left out');
  return { kind: 'refused', place, code: 'unreadable', sourceId: null };
}

async function prepareAll(desk: Desk, found: readonly Placed<Found>[]): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < found.length; at = next++) prepared[at] = await prepareOrRefuse(desk, found[at] as Placed<Found>);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return prepared;
}
