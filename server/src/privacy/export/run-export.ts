import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { countCasesOfPerson } from '../../cases/index.ts';
import { findPerson } from '../../customers/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { makeArchive, type ArchiveTask } from './archive.ts';
import { beginRun, endExport, findExport, finishExport, noteProgress } from './store.ts';

const KEPT_MS = 24 * 3_600_000;
const actor = systemActor('privacy');

/** Thrown inside to stop a run that somebody cancelled, or that another run has taken over. */
class Stopped extends Error {}

async function begin(ctx: Ctx, exportId: string, runId: string): Promise<{ task: ArchiveTask; left: string[] } | undefined> {
  const found = await findExport(ctx, exportId);
  const person = found && (await findPerson(ctx, found.customer_id));
  if (!found || !person) return undefined;
  const whose = { customerIds: person.customerIds, addresses: person.identities.map((one) => one.value.toLowerCase()), names: person.names };
  const begun = await beginRun(ctx, exportId, runId, await countCasesOfPerson(ctx, whose));
  return begun && { task: { accountId: ctx.accountId, customerId: found.customer_id, hasNotes: begun.row.has_notes, person: whose }, left: begun.left };
}

/**
 * Makes the archive and stores it in pieces, so that neither memory nor a disk of this machine has to hold it whole. A run that died is begun again from the start and its pieces go; of two runs the later
 * one goes on. Sent twice it does no harm.
 */
export async function runExport(platform: Platform, accountId: string, exportId: string, pieceBytes = 4 << 20): Promise<void> {
  const runId = newId();
  const begun = await inAccount(platform, accountId, actor, (ctx) => begin(ctx, exportId, runId));
  if (!begun) return;
  for (const key of begun.left) await platform.files.delete(key);
  let done = 0;
  const note = async (part?: { key: string; bytes: number }) => {
    const isOn = await inAccount(platform, accountId, actor, (ctx) => noteProgress(ctx, exportId, runId, { done, ...(part ? { part } : {}) }));
    if (isOn) return;
    if (part) await platform.files.delete(part.key);
    throw new Stopped();
  };
  const archive = makeArchive(platform, begun.task, async () => {
    done += 1;
    await note();
  });
  try {
    await pipeline(Readable.from(archive), createGzip(), async (packed: AsyncIterable<Buffer>) => {
      let waiting: Buffer[] = [];
      let size = 0;
      const store = async () => {
        if (size === 0) return;
        const { key, bytes } = await platform.files.put(accountId, Buffer.concat(waiting));
        [waiting, size] = [[], 0];
        await note({ key, bytes });
      };
      for await (const chunk of packed) {
        waiting.push(chunk);
        size += chunk.length;
        if (size >= pieceBytes) await store();
      }
      await store();
    });
    await inAccount(platform, accountId, actor, (ctx) => finishExport(ctx, exportId, runId, new Date(ctx.clock.now().getTime() + KEPT_MS)));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

/** Ends an export and removes its pieces after the commit; a crash in between leaves them to the sweep of files nobody names. */
export async function letGo(platform: Platform, accountId: string, exportId: string, state: 'cancelled' | 'expired'): Promise<void> {
  const keys = await inAccount(platform, accountId, actor, (ctx) => endExport(ctx, exportId, state));
  for (const key of keys ?? []) await platform.files.delete(key);
}
