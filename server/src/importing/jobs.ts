import { removeImportedCases } from '../cases/index.ts';
import { removeImportedCustomers } from '../customers/index.ts';
import { inAccount, type Ctx, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { alone } from './alone.ts';
import { checkSource } from './check-source.ts';
import type { SourceFile } from './found.ts';
import { importer, openDesk } from './open-desk.ts';
import { DamagedUpload, sourceOfPieces } from './pieces.ts';
import { oddOf, runImport } from './run-import.ts';
import { deleteOdds, deleteParts, findRun, insertOdds, isAnotherRunning, lockRun, selectAbandoned, selectParts, selectStuck, writeRun } from './run-store.ts';
import { passes, troubleOf } from './troubles.ts';

export interface Which {
  accountId: string;
  importId: string;
}

/** After so long a job makes room for another import that waits. A turn begins by reading up to where the import stands: it lasts `times` as long at least, whatever the size of the source. */
const TURN = { ms: 10 * 60_000, times: 4 };
const STUCK_MS = 3 * 60_000;
const AGAIN_MS = 3_000;
const DAY_MS = 86_400_000;
const CASES_AT_ONCE = 50;
const CUSTOMERS_AT_ONCE = 500;

const quietly = <T>(platform: Platform, accountId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inAccount(platform, accountId, importer, (ctx) => {
    ctx.tx.isQuiet = true;
    return work(ctx);
  });

const find = (platform: Platform, { accountId, importId }: Which) => inAccount(platform, accountId, importer, (ctx) => findRun(ctx, importId));

async function uploaded(platform: Platform, { accountId, importId }: Which): Promise<SourceFile[]> {
  return sourceOfPieces(platform, importId, await inAccount(platform, accountId, importer, (ctx) => selectParts(ctx, importId)));
}

/** Does `work` alone. What stops it and does not pass by itself is told to whoever looks, in a word that says what to do; the log has the rest. */
async function guarded(platform: Platform, which: Which, to: 'stopped' | 'uploading', work: (isMine: () => boolean) => Promise<void>): Promise<void> {
  const { accountId, importId } = which;
  await alone(platform, importId, async (isMine) => {
    try {
      await work(isMine);
    } catch (error) {
      if (passes(error)) throw error;
      platform.log.error({ err: error, importId }, 'an import stopped');
      // Nothing of it can be read any more in its order: it is asked for again.
      if (error instanceof DamagedUpload) await dropUpload(platform, which);
      await inAccount(platform, accountId, importer, async (ctx) => {
        const run = await lockRun(ctx, importId);
        if (run && (run.state === 'running' || run.state === 'checking')) await writeRun(ctx, importId, { state: to, trouble: troubleOf(error) });
      });
    }
  });
}

async function check(platform: Platform, which: Which): Promise<void> {
  const { accountId, importId } = which;
  const begun = await find(platform, which);
  if (begun?.state !== 'checking') return;
  await guarded(platform, which, 'uploading', async (isMine) => {
    const desk = await openDesk(platform, accountId, begun, { isTrial: true });
    let told = 0;
    let isOver = false;
    const checked = await checkSource(desk, await uploaded(platform, which), async (counts, read) => {
      if (performance.now() - told < 700) return false;
      told = performance.now();
      const isStill = isMine() && (await quietly(platform, accountId, async (ctx) => {
        const run = await lockRun(ctx, importId);
        if (run?.state !== 'checking') return false;
        await writeRun(ctx, importId, { read_bytes: read, found: counts });
        return true;
      }));
      isOver = !isStill;
      return isOver;
    });
    if (isOver) return;
    await inAccount(platform, accountId, importer, async (ctx) => {
      const run = await lockRun(ctx, importId);
      if (run?.state !== 'checking') return;
      await deleteOdds(ctx, importId, true);
      if (checked.odds.length > 0) await insertOdds(ctx, importId, true, 0, checked.odds.map(oddOf));
      await writeRun(ctx, importId, { state: 'checked', found: checked.counts, odd: checked.odd, former: checked.former, read_bytes: run.total_bytes });
    });
  });
}

/** Goes on with an import: to its end, or for a turn while another waits. Answers whether it is to be called again. */
export async function goOn(platform: Platform, which: Which, turn = TURN): Promise<boolean> {
  const { accountId, importId } = which;
  const begun = await find(platform, which);
  if (begun?.state !== 'running') return false;
  let isTurnOver = false;
  await guarded(platform, which, 'stopped', async (isMine) => {
    const desk = await openDesk(platform, accountId, begun, { isTrial: false });
    const asked = performance.now();
    let until: number | undefined;
    const mayGoOn = async (): Promise<boolean> => {
      // Counted from the first batch on: the reading before it brings nothing in.
      until ??= performance.now() + Math.max(turn.ms, turn.times * (performance.now() - asked));
      return isMine() && (performance.now() < until || !(await platform.database.asSystem((tx) => isAnotherRunning(tx, importId))));
    };
    isTurnOver = (await runImport(desk, begun, await uploaded(platform, which), { mayGoOn })) === 'turn_over';
  });
  return isTurnOver;
}

/** Removes what an import made, some at a time, then its uploaded files. Doing it again finishes what was begun. */
export async function removeMade(platform: Platform, { accountId, importId }: Which): Promise<void> {
  const run = await find(platform, { accountId, importId });
  if (run?.state !== 'removing') return;
  await alone(platform, importId, async (isMine) => {
    while ((await quietly(platform, accountId, async (ctx) => {
      const removed = await removeImportedCases(ctx, importId, { keepTouched: run.keeps_touched, limit: CASES_AT_ONCE });
      await writeRun(ctx, importId, {});
      return removed;
    })) > 0) if (!isMine()) return;
    for (let after: string | undefined, isMore = true; isMore; isMore = after !== undefined) {
      const from: string | undefined = after;
      after = await quietly(platform, accountId, (ctx) => removeImportedCustomers(ctx, importId, from, CUSTOMERS_AT_ONCE));
      if (!isMine()) return;
    }
    await dropUpload(platform, { accountId, importId });
    await inAccount(platform, accountId, importer, (ctx) => writeRun(ctx, importId, { state: 'removed', finished_at: ctx.clock.now() }));
  });
}

/** Deletes the uploaded files: the stored pieces first, so that a crash leaves rows that lead to them again, never pieces that nothing leads to. */
export async function dropUpload(platform: Platform, { accountId, importId }: Which): Promise<void> {
  const parts = await inAccount(platform, accountId, importer, (ctx) => selectParts(ctx, importId));
  for (const part of parts) await platform.files.delete(part.file_key);
  await inAccount(platform, accountId, importer, (ctx) => deleteParts(ctx, importId));
}

// Larger than any source takes to read. A process that dies is noticed by its heartbeat.
const settings = { retryLimit: 3, concurrency: 1, expireSeconds: 20 * 3_600 } as const;

export const checkJob = defineJob<Which>({ name: 'importing.check', ...settings, run: check });

export const runJob = defineJob<Which>({
  name: 'importing.run', ...settings,
  async run(platform, which) {
    if (await goOn(platform, which)) await inAccount(platform, which.accountId, importer, (ctx) => platform.jobs.enqueue(ctx.tx, runJob, which));
    // What is in needs its source no more.
    else if ((await find(platform, which))?.state === 'done') await dropUpload(platform, which);
  },
});

export const removeJob = defineJob<Which>({
  name: 'importing.remove', ...settings,
  async run(platform, which) {
    await removeMade(platform, which);
    // Whoever was still bringing it in lets go after the batch at hand.
    if ((await find(platform, which))?.state === 'removing') await inAccount(platform, which.accountId, importer, (ctx) => platform.jobs.enqueue(ctx.tx, removeJob, which, { singletonKey: which.importId, startAfter: new Date(ctx.clock.now().getTime() + AGAIN_MS) }));
  },
});

/** Takes up what was left by a process that died. */
export const resumeJob = defineJob({
  name: 'importing.resume',
  schedule: '* * * * *',
  async run(platform) {
    const stuck = await platform.database.asSystem((tx) => selectStuck(tx, new Date(platform.clock.now().getTime() - STUCK_MS)));
    for (const { account_id: accountId, id: importId } of stuck) {
      await inAccount(platform, accountId, importer, async (ctx) => {
        const state = (await findRun(ctx, importId))?.state;
        const job = state === 'checking' ? checkJob : state === 'running' ? runJob : state === 'removing' ? removeJob : undefined;
        if (job) await platform.jobs.enqueue(ctx.tx, job, { accountId, importId }, { singletonKey: importId });
      });
    }
  },
});

/** Uploads nobody came back to for a week go; what an import made stays. */
export const tidyJob = defineJob({
  name: 'importing.tidy-up',
  schedule: '29 3 * * *',
  async run(platform) {
    const old = await platform.database.asSystem((tx) => selectAbandoned(tx, new Date(platform.clock.now().getTime() - 7 * DAY_MS)));
    for (const { account_id: accountId, id: importId } of old) {
      await dropUpload(platform, { accountId, importId });
      await inAccount(platform, accountId, importer, async (ctx) => {
        const run = await lockRun(ctx, importId);
        if (run && run.position === 0) await writeRun(ctx, importId, { state: 'uploading', total_bytes: 0, found: null });
      });
    }
  },
});
