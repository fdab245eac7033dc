import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { percentile } from './measure.ts';

export interface Spent {
  what: string;
  n: number;
  /** Main-thread CPU milliseconds of one. */
  cpuP50: number;
  cpuP95: number;
  /** From the key or the pointer to the next picture, as browsers report it in steps of 8 ms; undefined where nothing was pressed. */
  paintP50?: number;
  paintP95?: number;
}

/** Keeps the slowest answer to an input since it was last asked for. Below 16 ms browsers say nothing. */
const WATCH_INPUT = `globalThis.slowest = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) if (each.interactionId) globalThis.slowest = Math.max(globalThis.slowest, each.duration); }).observe({ type: 'event', durationThreshold: 16, buffered: false });`;

export interface Thread {
  page: Page;
  /** Slows the processor of the page down so many times. */
  slowDown(times: number): Promise<void>;
  /** Does something so often and reads what the main thread spent on it until `quietMs` after it was done. */
  spend(what: string, n: number, quietMs: number, act: (i: number) => Promise<unknown>, before?: (i: number) => Promise<unknown>): Promise<Spent>;
}

/** The main thread of a page under a magnifying glass. Times are those of the thread, not of the clock: what else runs on the machine is not in them. */
export async function watchThread(page: Page): Promise<Thread> {
  await page.addInitScript(WATCH_INPUT);
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskMs = async () => ((await session.send('Performance.getMetrics')).metrics.find((each) => each.name === 'TaskDuration')?.value ?? 0) * 1000;
  const round = (value: number) => Math.round(value * 10) / 10;
  return {
    page,
    slowDown: async (rate) => void (await session.send('Emulation.setCPUThrottlingRate', { rate })),
    async spend(what, n, quietMs, act, before = async () => {}) {
      const cpu: number[] = [];
      const paints: number[] = [];
      for (let i = -1; i < n; i += 1) {
        await before(i);
        await sleep(quietMs);
        await page.evaluate('globalThis.slowest = 0');
        const from = await taskMs();
        await act(i);
        await sleep(quietMs);
        const spent = (await taskMs()) - from;
        const slowest = await page.evaluate<number>('globalThis.slowest');
        // The first one warms up.
        if (i < 0) continue;
        cpu.push(spent);
        paints.push(slowest);
      }
      cpu.sort((a, b) => a - b);
      paints.sort((a, b) => a - b);
      const wasInput = paints.some((each) => each > 0);
      return { what, n, cpuP50: round(percentile(cpu, 50)), cpuP95: round(percentile(cpu, 95)), ...(wasInput ? { paintP50: percentile(paints, 50), paintP95: percentile(paints, 95) } : {}) };
    },
  };
}
