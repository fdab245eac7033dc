import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partFolds } from './text-parts.ts';

test('a text is parted where something is folded, and a heading stays in sight', () => {
  const text = 'On Monday Ada wrote:\n\nYes.\n\n> old\n\n-- \nAda';
  const at = (piece: string) => text.indexOf(piece);
  const parts = partFolds(text, [{ kind: 'heading', from: 0, to: at('Yes') }, { kind: 'quote', from: at('> old'), to: at('-- ') }, { kind: 'signature', from: at('-- '), to: text.length }]);
  assert.deepEqual(parts, [{ kind: 'shown', text: 'On Monday Ada wrote:\n\nYes.' }, { kind: 'quote', text: '> old' }, { kind: 'signature', text: '-- \nAda' }]);
});

test('without folds the whole text is shown', () => {
  assert.deepEqual(partFolds('  indented\n\nx\n', []), [{ kind: 'shown', text: '  indented\n\nx' }]);
});
