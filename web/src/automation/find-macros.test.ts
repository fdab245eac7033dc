import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMacros } from './find-macros.ts';

const items = [
  { name: 'Ask for the order number', folder: { name: 'First answers' }, excerpt: 'so that I can find your order' },
  { name: 'Refund is on its way', folder: { name: 'Money' }, excerpt: 'we have sent the money back' },
  { name: 'Für langes Warten entschuldigen', folder: { name: 'Erste Antworten' }, excerpt: 'Das tut mir leid' },
  { name: 'Parcel lost', folder: { name: 'Shipping' }, excerpt: 'a refund or a new one, as you like' },
];
const names = (typed: string) => findMacros(items, typed).map((item) => item.name);

test('the name counts more than the folder and the text', () => {
  assert.deepEqual(names('refund'), ['Refund is on its way', 'Parcel lost']);
  assert.deepEqual(names('ship'), ['Parcel lost']);
});

test('a slip of the finger finds it all the same', () => {
  assert.deepEqual(names('refudn'), ['Refund is on its way', 'Parcel lost']);
  assert.deepEqual(names('oder numbr'), ['Ask for the order number']);
  assert.deepEqual(names('fur langs'), ['Für langes Warten entschuldigen'], 'and without the dots');
});

test('what does not fit is not shown, and nothing typed shows all', () => {
  assert.deepEqual(names('zebra'), []);
  assert.deepEqual(names('refund zebra'), []);
  assert.equal(names(' ').length, items.length);
});
