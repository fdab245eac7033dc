import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { CustomerExport } from '@rapport/contract';
import { countCasesOfPerson } from '../../cases/index.ts';
import { findPerson } from '../../customers/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { makeArchive, type ArchiveTask } from './archive.ts';
import { pieceOf, StoreTrouble } from './pieces.ts';
import { beginRun, clearPieces, endExport, findExport, finishExport, noteProgress } from './store.ts';

const KEPT_MS = 24 * 3_600_000;
// Errors are tried again for about a minute; processes that end without a word (a restart, too little memory) a few times more.
const MOST_TRIES = 4;
const MOST_RUNS = 12;
const actor = systemActor('privacy');

/** Thrown inside to stop a run that somebody cancelled, or that another run has taken over. */
class Stopped extends Error {}

async function begin(ctx: Ctx, exportId: string, runId: string): Promise<{ task: ArchiveTask; left: string[]; runs: number } | undefined> {
  const found = await findExport(ctx, exportId);
  const person = found && (await findPerson(ctx, found.customer_id));
  if (!found || !person) return undefined;
  const whose = { customerIds: person.customerIds, addresses: person.identities.map((one) => one.value.toLowerCase()), names: person.names };
  const begun = await beginRun(ctx, exportId, runId, await countCasesOfPerson(ctx, whose));
  return begun && { task: { accountId: ctx.accountId, customerId: found.customer_id, hasNotes: begun.row.has_notes, person: whose }, left: begun.left, runs: begun.row.attempts + 1 };
}

/**
 * Makes the archive and stores it in pieces, so that neither memory nor a disk of this machine has to hold it whole. A run that died is begun again from the start and its pieces go; of two runs the later
 * one goes on. Sent twice it does no harm. What fails again and again ends as failed, with the reason; before that the error is thrown, for the queue to try again.
 */
export async function runExport(platform: Platform, accountId: string, exportId: string, pieceBytes = 4 << 20): Promise<void> {
  const runId = newId();
  const begun = await inAccount(platform, accountId, actor, (ctx) => begin(ctx, exportId, runId));
  if (!begun) return;
  for (const key of begun.left) await platform.files.delete(key);
  if (begun.runs > MOST_RUNS) return letGo(platform, accountId, exportId, 'failed', 'interrupted');
  try {
    await makePieces(platform, begun.task, { exportId, runId }, pieceBytes);
  } catch (error) {
    if (error instanceof Stopped) return;
    if (begun.runs < MOST_TRIES) throw error;
    platform.log.error({ err: error, exportId }, 'an archive of one person could not be made');
    await letGo(platform, accountId, exportId, 'failed', error instanceof StoreTrouble ? 'storage' : 'unexpected');
  }
}

async function makePieces(platform: Platform, task: ArchiveTask, { exportId, runId }: { exportId: string; runId: string }, pieceBytes: number): Promise<void> {
  const { accountId } = task;
  let done = 0;
  const note = async (part?: { key: string; bytes: number }) => {
    if (!(await inAccount(platform, accountId, actor, (ctx) => noteProgress(ctx, exportId, runId, { done, ...(part ? { part } : {}) })))) throw new Stopped();
  };
  const own: string[] = [];
  const archive = makeArchive(platform, task, async () => {
    done += 1;
    await note();
  });
  await pipeline(Readable.from(archive), createGzip(), async (packed: AsyncIterable<Buffer>) => {
    let waiting: Buffer[] = [];
    let size = 0;
    const store = async () => {
      if (size === 0) return;
      const { key, content, bytes } = pieceOf(accountId, runId, waiting);
      [waiting, size] = [[], 0];
      // The row names a piece before the store has it: whenever the process ends, nothing lies there that no row knows of.
      await note({ key, bytes });
      own.push(key);
      await platform.files.put(accountId, content).catch((error: unknown) => {
        throw new StoreTrouble(error);
      });
    };
    for await (const chunk of packed) {
      waiting.push(chunk);
      size += chunk.length;
      if (size >= pieceBytes) await store();
    }
    await store();
  }).catch(async (error: unknown) => {
    // Whoever stopped this run may have taken its pieces away before the last one was stored.
    if (error instanceof Stopped) for (const key of own) await platform.files.delete(key);
    throw error;
  });
  await inAccount(platform, accountId, actor, (ctx) => finishExport(ctx, exportId, runId, new Date(ctx.clock.now().getTime() + KEPT_MS)));
}

/** Ends an export and removes its pieces after the commit. What a crash in between, or a run that had not heard of it yet, leaves behind is cleared by `clearAway`, since the row still names it. */
export async function letGo(platform: Platform, accountId: string, exportId: string, state: 'cancelled' | 'failed' | 'expired', failure: CustomerExport['failure'] = null): Promise<void> {
  const keys = await inAccount(platform, accountId, actor, (ctx) => endExport(ctx, exportId, state, failure));
  for (const key of keys ?? []) await platform.files.delete(key);
}

/** Removes the pieces of an export that ended a while ago once more, and then forgets their names. */
export async function clearAway(platform: Platform, row: { account_id: string; id: string; part_keys: readonly string[] }): Promise<void> {
  for (const key of row.part_keys) await platform.files.delete(key);
  await inAccount(platform, row.account_id, actor, (ctx) => clearPieces(ctx, row.id));
}
