import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bus } from './index.ts';

/** Opens one more process's bus on the same wire. */
export type OpenBus = () => Promise<Bus>;

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What every bus driver must do. `isShared` is false for the one that serves a single process. */
export function describeBus(name: string, prepare: () => Promise<{ open: OpenBus; end: () => Promise<void> }>, options: { isShared: boolean; skip?: string | false }): void {
  describe(`bus: ${name}`, { skip: options.skip ?? false, timeout: 60_000 }, () => {
    let open: OpenBus;
    let end = async () => {};
    let a: Bus;
    let b: Bus;
    before(async () => {
      ({ open, end } = await prepare());
      a = await open();
      b = options.isShared ? await open() : a;
    });
    after(async () => {
      await a.close();
      if (b !== a) await b.close();
      await end();
    });

    it('carries what one process publishes to the subscribers of every process', async () => {
      const heard: unknown[] = [];
      const stops = [a, b].map((bus, i) => bus.subscribe('greeting', (payload) => heard.push([i, payload])));
      a.publish('greeting', { text: 'Grüezi 👋', nothing: null });
      await until(() => heard.length >= 2);
      assert.deepEqual(heard.sort(), [[0, { text: 'Grüezi 👋', nothing: null }], [1, { text: 'Grüezi 👋', nothing: null }]]);
      for (const stop of stops) stop();
    });

    it('never calls a subscriber before publish has returned', async () => {
      let isPublishing = true;
      const seen = new Promise<boolean>((resolve) => a.subscribe('later', () => resolve(isPublishing)));
      a.publish('later', 1);
      isPublishing = false;
      assert.equal(await seen, false);
    });

    it('keeps subjects apart and forgets a subscriber that has gone', async () => {
      const heard: unknown[] = [];
      const stop = b.subscribe('mine', (payload) => heard.push(payload));
      const end2 = new Promise<void>((resolve) => b.subscribe('last', () => resolve()));
      a.publish('other', 'no');
      a.publish('mine', 'yes');
      await until(() => heard.length > 0);
      stop();
      a.publish('mine', 'too late');
      a.publish('last', null);
      await end2;
      assert.deepEqual(heard, ['yes']);
    });

    it('keeps the order of one publisher, also of a thousand at once', async () => {
      const heard: number[] = [];
      b.subscribe('count', (payload) => heard.push(payload as number));
      for (let i = 0; i < 1_000; i += 1) a.publish('count', i);
      await until(() => heard.length === 1_000);
      assert.deepEqual(heard, Array.from({ length: 1_000 }, (_, i) => i));
    });

    it('carries a letter that is larger than a packet, whatever characters are in it', async () => {
      const text = '€𝄞\u0000ä'.repeat(20_000);
      const heard = new Promise<unknown>((resolve) => b.subscribe('large', resolve));
      a.publish('large', { text });
      assert.deepEqual(await heard, { text });
    });

    it('goes on when a subscriber throws', async () => {
      b.subscribe('fragile', () => {
        throw new Error('a subscriber with a fault');
      });
      const heard = new Promise<unknown>((resolve) => b.subscribe('fragile', resolve));
      a.publish('fragile', 'still here');
      assert.equal(await heard, 'still here');
    });

    it('closes quietly and delivers nothing afterwards', async () => {
      const heard: unknown[] = [];
      const c = options.isShared ? await open() : undefined;
      if (!c) return;
      c.subscribe('bye', (payload) => heard.push(payload));
      await c.close();
      const witness = new Promise<void>((resolve) => b.subscribe('bye', () => resolve()));
      a.publish('bye', 1);
      await witness;
      assert.deepEqual(heard, []);
    });
  });
}
