import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefMemory } from './brief-memory.ts';

test('an answer is remembered for its while, nothing and errors are not', async () => {
  let now = 0;
  let asked = 0;
  const memory = briefMemory<string | undefined>(1000, () => now);
  const ask = (answer: string | undefined) => memory.get('a', async () => {
    asked++;
    return answer;
  });
  assert.equal(await ask(undefined), undefined);
  assert.equal(await ask('one'), 'one');
  assert.equal(await ask('two'), 'one');
  assert.equal(asked, 2);
  now = 1001;
  assert.equal(await ask('two'), 'two');
  await assert.rejects(memory.get('b', () => Promise.reject(new Error('no'))));
  assert.equal(await memory.get('b', async () => 'yes'), 'yes');
});
