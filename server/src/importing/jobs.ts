import { removeImportedCases } from '../cases/index.ts';
import { removeImportedCustomers } from '../customers/index.ts';
import { inAccount, type Ctx, type Platform } from '../platform/context.ts';
import { isDatabaseAway } from '../platform/database/is-away.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { checkSource } from './check-source.ts';
import type { SourceFile } from './found.ts';
import { importer, openDesk } from './open-desk.ts';
import { sourceOfPieces } from './pieces.ts';
import { oddOf, runImport } from './run-import.ts';
import { deleteOdds, deleteParts, findRun, insertOdds, lockRun, selectAbandoned, selectParts, selectStuck, writeRun, type RunRow } from './run-store.ts';

export interface Which {
  accountId: string;
  importId: string;
}

const LEASE_SECONDS = 120;
/** After so long a job makes room for others and goes on behind them. */
const TURN_MS = 10 * 60_000;
const STUCK_MS = 3 * 60_000;
const DAY_MS = 86_400_000;
const CASES_AT_ONCE = 50;
const CUSTOMERS_AT_ONCE = 500;

const quietly = <T>(platform: Platform, accountId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  inAccount(platform, accountId, importer, (ctx) => {
    ctx.tx.isQuiet = true;
    return work(ctx);
  });

/** The lease tells processes apart, this two runs within one. */
const atWork = new Set<string>();

/** Does `work` unless somebody else does it right now. A process that dies leaves it to the next after two minutes. */
export async function alone(platform: Platform, importId: string, work: (mayGoOn: () => Promise<boolean>) => Promise<void>): Promise<boolean> {
  const lease = `import:${importId}`;
  if (atWork.has(importId) || !(await platform.leases.hold(lease, LEASE_SECONDS))) return false;
  atWork.add(importId);
  let renewed = performance.now();
  try {
    await work(async () => {
      if (performance.now() - renewed < 20_000) return true;
      renewed = performance.now();
      return platform.leases.hold(lease, LEASE_SECONDS);
    });
    return true;
  } finally {
    atWork.delete(importId);
    await platform.leases.release(lease);
  }
}

async function uploaded(platform: Platform, { accountId, importId }: Which): Promise<{ run: RunRow; files: SourceFile[] } | undefined> {
  return inAccount(platform, accountId, importer, async (ctx) => {
    const run = await findRun(ctx, importId);
    return run && { run, files: sourceOfPieces(platform, importId, await selectParts(ctx, importId)) };
  });
}

/** Whether the database or the store of files was out for a moment: the job is tried again, and taken up later if that is not enough. */
function passes(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $metadata: answer } = error as Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };
  return isDatabaseAway(error) || (typeof code === 'string' && /^57...$/.test(code)) || (answer?.httpStatusCode ?? 0) >= 500;
}

/** What stops an import by itself is told to whoever looks: the log has the rest. */
async function stopWith(platform: Platform, { accountId, importId }: Which, error: unknown, to: 'stopped' | 'uploading'): Promise<void> {
  platform.log.error({ err: error, importId }, 'an import stopped');
  await inAccount(platform, accountId, importer, async (ctx) => {
    const run = await lockRun(ctx, importId);
    if (run && (run.state === 'running' || run.state === 'checking')) await writeRun(ctx, importId, { state: to, trouble: error instanceof Error ? error.name : 'error' });
  });
}

async function check(platform: Platform, which: Which): Promise<void> {
  const { accountId, importId } = which;
  const source = await uploaded(platform, which);
  if (source?.run.state !== 'checking') return;
  await alone(platform, importId, async (mayGoOn) => {
    try {
      const desk = await openDesk(platform, accountId, source.run, { isTrial: true });
      let told = 0;
      let isOver = false;
      const checked = await checkSource(desk, source.files, async (counts, read) => {
        if (performance.now() - told < 700) return false;
        told = performance.now();
        const isStill = (await mayGoOn()) && (await quietly(platform, accountId, async (ctx) => {
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
    } catch (error) {
      if (passes(error)) throw error;
      await stopWith(platform, which, error, 'uploading');
    }
  });
}

/** Goes on with an import for a while. Answers whether it is to be called again. */
export async function goOn(platform: Platform, which: Which, turnMs = TURN_MS): Promise<boolean> {
  const { accountId, importId } = which;
  const source = await uploaded(platform, which);
  if (source?.run.state !== 'running') return false;
  let isTurnOver = false;
  await alone(platform, importId, async (stillMine) => {
    try {
      const desk = await openDesk(platform, accountId, source.run, { isTrial: false });
      const until = performance.now() + turnMs;
      isTurnOver = (await runImport(desk, source.run, source.files, { mayGoOn: async () => performance.now() < until && (await stillMine()) })) === 'turn_over';
    } catch (error) {
      if (passes(error)) throw error;
      await stopWith(platform, which, error, 'stopped');
    }
  });
  return isTurnOver;
}

/** Removes what an import made, some at a time, then its uploaded files. Doing it again finishes what was begun. */
export async function removeMade(platform: Platform, { accountId, importId }: Which): Promise<void> {
  const run = await inAccount(platform, accountId, importer, (ctx) => findRun(ctx, importId));
  if (run?.state !== 'removing') return;
  await alone(platform, importId, async (mayGoOn) => {
    while ((await quietly(platform, accountId, async (ctx) => {
      const removed = await removeImportedCases(ctx, importId, { keepTouched: run.keeps_touched, limit: CASES_AT_ONCE });
      await writeRun(ctx, importId, {});
      return removed;
    })) > 0) if (!(await mayGoOn())) return;
    for (let after: string | undefined, isMore = true; isMore; isMore = after !== undefined) {
      const from: string | undefined = after;
      after = await quietly(platform, accountId, (ctx) => removeImportedCustomers(ctx, importId, from, CUSTOMERS_AT_ONCE));
      if (!(await mayGoOn())) return;
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

const settings = { retryLimit: 3, concurrency: 1, expireSeconds: 1_800 } as const;

export const checkJob = defineJob<Which>({ name: 'importing.check', ...settings, run: check });

export const runJob = defineJob<Which>({
  name: 'importing.run', ...settings,
  async run(platform, which) {
    if (await goOn(platform, which)) await inAccount(platform, which.accountId, importer, (ctx) => platform.jobs.enqueue(ctx.tx, runJob, which));
    else {
      const run = await inAccount(platform, which.accountId, importer, (ctx) => findRun(ctx, which.importId));
      // What is in needs its source no more.
      if (run?.state === 'done') await dropUpload(platform, which);
    }
  },
});

export const removeJob = defineJob<Which>({ name: 'importing.remove', ...settings, run: removeMade });

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
