import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

// In this process, so that a process id that comes round again (it is always 1 in a container) is no shelter for leftovers.
const inProgress = new Set<string>();

/**
 * Makes `target` appear all at once: `fill` works in a sibling directory, which is renamed into place when it is done.
 * A crash half-way leaves only a sibling, and the next call clears it away. When somebody else was faster their
 * directory stands and ours is dropped; the answer says whether it was ours that made it.
 */
export async function makeWholeDirectory(target: string, fill: (directory: string) => Promise<void>): Promise<boolean> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  await clearLeftovers(target);
  const work = await mkdtemp(join(parent, `${basename(target)}.new-${process.pid}-`));
  inProgress.add(work);
  try {
    await fill(work);
    await rename(work, target);
    await sync(parent);
    return true;
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  } finally {
    inProgress.delete(work);
  }
}

async function clearLeftovers(target: string): Promise<void> {
  const parent = dirname(target);
  const prefix = `${basename(target)}.new-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    const path = join(parent, name);
    const somebodyIsAtIt = pid === process.pid ? inProgress.has(path) : isRunning(pid);
    if (!somebodyIsAtIt) await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// A rename is only as durable as the directory it happened in.
async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
