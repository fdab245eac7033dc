import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { createByteGate } from './byte-gate.ts';

test('the bytes in hand never pass the bound, save for one mail that is larger than it, and everybody gets a turn', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 40 }), async (sizes) => {
    const gate = createByteGate(100);
    const inHand: number[] = [];
    let done = 0;
    await Promise.all(sizes.map((size) => gate.pass(size, async () => {
      inHand.push(size);
      const sum = inHand.reduce((a, b) => a + b, 0);
      assert.ok(sum <= 100 || inHand.length === 1);
      await turn();
      inHand.splice(inHand.indexOf(size), 1);
      done++;
    })));
    assert.equal(done, sizes.length);
  }), { numRuns: 100 });
});

test('work that fails makes room all the same', async () => {
  const gate = createByteGate(10);
  await assert.rejects(gate.pass(10, () => Promise.reject(new Error('no'))));
  assert.equal(await gate.pass(10, async () => 'yes'), 'yes');
});
