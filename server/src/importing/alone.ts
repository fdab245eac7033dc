import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../platform/context.ts';

/** How long a process that says nothing more is waited for. */
const LEASE_SECONDS = 120;

/** The lease tells processes apart, this two runs within one. */
const atWork = new Set<string>();

/**
 * Does `work` unless somebody else does it right now; answers whether it was done. The lease is renewed beside the work, however long a step of it takes: reading a large source up to where it stands is one. A process that dies leaves it to the
 * next after two minutes. `isMine` says false once another process may have taken it.
 */
export async function alone(platform: Platform, importId: string, work: (isMine: () => boolean) => Promise<void>, seconds = LEASE_SECONDS): Promise<boolean> {
  const lease = `import:${importId}`;
  if (atWork.has(importId) || !(await platform.leases.hold(lease, seconds))) return false;
  atWork.add(importId);
  const ended = new AbortController();
  let heldUntil = performance.now() + seconds * 1_000;
  const renewing = (async () => {
    while (!ended.signal.aborted) {
      await sleep((seconds * 1_000) / 6, undefined, { signal: ended.signal, ref: false }).catch(() => {});
      if (ended.signal.aborted) return;
      const asked = performance.now();
      // While the database is away nobody else can take it either.
      const isHeld = await platform.leases.hold(lease, seconds).catch(() => undefined);
      if (isHeld === false) heldUntil = 0;
      else if (isHeld) heldUntil = asked + seconds * 1_000;
    }
  })();
  try {
    await work(() => performance.now() < heldUntil);
    return true;
  } finally {
    ended.abort();
    await renewing;
    atWork.delete(importId);
    await platform.leases.release(lease);
  }
}
