import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMatcher, notationOf, type Press } from './match-keys.ts';

const press = (key: string, rest: Partial<Press> = {}): Press => ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...rest });

test('a press is read by the sign it types, wherever the layout has it', () => {
  assert.equal(notationOf(press('?')), '?');
  assert.equal(notationOf(press('R')), 'R');
  assert.equal(notationOf(press('k', { ctrlKey: true })), 'Mod+k');
  assert.equal(notationOf(press('K', { metaKey: true })), 'Mod+k');
  assert.equal(notationOf(press('Enter', { ctrlKey: true })), 'Mod+Enter');
});

test('nothing is a shortcut while an input method composes or Alt is held', () => {
  assert.equal(notationOf(press('e', { isComposing: true })), undefined);
  assert.equal(notationOf(press('e', { altKey: true })), undefined);
  assert.equal(notationOf(press('@', { altKey: true, ctrlKey: true })), undefined);
  assert.equal(notationOf(press('Shift')), undefined);
});

test('g and m within a second go to my cases; later, m is only m', () => {
  const known = (keys: string) => ['g m', 'm', 'j'].includes(keys);
  const begins = (start: string) => 'g m'.startsWith(start);
  const match = createMatcher();
  assert.equal(match('g', 0, known, begins), undefined);
  assert.equal(match('m', 500, known, begins), 'g m');
  assert.equal(match('g', 1000, known, begins), undefined);
  assert.equal(match('m', 4000, known, begins), 'm');
  assert.equal(match('g', 5000, known, begins), undefined);
  assert.equal(match('j', 5100, known, begins), 'j');
  assert.equal(match('x', 5200, known, begins), undefined);
});
