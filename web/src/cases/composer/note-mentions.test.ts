import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksForName, mentionsIn } from './note-mentions.ts';

test('an @ at the beginning or behind a space asks for a name, one inside an address does not', () => {
  assert.equal(asksForName('', '@'), true);
  assert.equal(asksForName('Please look ', 'Please look @'), true);
  assert.equal(asksForName('one two', 'one @two'), true);
  assert.equal(asksForName('anna', 'anna@'), false);
  assert.equal(asksForName('@', '@x'), false);
  assert.equal(asksForName('', 'pasted with an @ in it'), false);
});

test('only those whose name still stands in the text are mentioned', () => {
  const chosen = [{ id: 'a', name: 'Anna Agent' }, { id: 'b', name: 'Bela' }];
  assert.deepEqual(mentionsIn('Thanks, @Bela', chosen).map((one) => one.id), ['b']);
});
