import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewContent } from '@rapport/contract';
import { isOwnView, type OwnView } from '../data/views.ts';
import { isSame, readAddress, startColumns, writeAddress } from './address.ts';

const content: ViewContent = {
  filter: { shelves: ['open'], anyTags: ['grün', 'réclamation'], unread: true, waitingHours: 4, created: { lastDays: 7 }, resolved: { from: '2026-03-01T00:00:00.000Z' }, fields: [{ fieldId: '0192f0c1-1111-7111-8111-111111111111', value: 'größe 🧾' }], not: { assignees: ['me'], kinds: ['complaint'], shelves: ['closed'], customers: ['0192f0c1-1111-7111-8111-111111111111'], fields: [{ fieldId: '0192f0c1-1111-7111-8111-111111111111', value: 'x' }] }, subjectHas: 'ö', fieldRanges: [{ fieldId: '0192f0c1-1111-7111-8111-111111111111', from: 2 }], messages: { least: 3 }, lastWrote: 'us', planned: ['held_back'], promise: { nextDays: 3 }, customerFields: [{ fieldId: '0192f0c1-1111-7111-8111-111111111111', value: true }] },
  sort: 'waiting', layout: 'table', columns: ['number', 'subject', 'field:0192f0c1-1111-7111-8111-111111111111'],
};

test('a list that is not saved stands in its address as a whole', () => {
  const address = writeAddress({ content, of: 'abc' });
  assert.ok(isOwnView(address), address);
  assert.deepEqual(readAddress(address), { content, of: 'abc' });
});

const addressOf = (value: unknown) => `filter-${Buffer.from(JSON.stringify(value)).toString('base64url')}` as OwnView;

test('of an address that somebody made up only what can stand in a filter is taken', () => {
  assert.deepEqual(readAddress(addressOf({ filter: { shelves: 'open', kinds: [], unread: 'yes', waitingHours: '4', fields: [null, {}], fieldRanges: [{ fieldId: 'x' }, 7], not: { kinds: 'all', fields: [7, { fieldId: 'x' }] }, messages: { least: 'x' }, promise: 4, created: null, other: { a: 1 } }, sort: 'odd', layout: 7, columns: ['nothing', 'field:x', 7] }))?.content, { filter: {}, sort: 'newest', layout: 'list', columns: startColumns });
  assert.deepEqual(readAddress(addressOf({ filter: null }))?.content.filter, {});
  for (const damaged of ['filter-%%', 'filter-bm8', addressOf(null)]) assert.equal(readAddress(damaged as OwnView), undefined, damaged);
});

test('an order by a column stands in the address, and one that there is not is none', () => {
  const read = (sort: string) => readAddress(addressOf({ filter: {}, sort }))?.content.sort;
  for (const sort of ['customer:asc', 'messages:desc', 'field:0192f0c1-1111-7111-8111-111111111111:desc', 'waiting']) assert.equal(read(sort), sort);
  for (const sort of ['tags:asc', 'customer:up', 'field:x:asc', 'constructor:asc']) assert.equal(read(sort), 'newest');
});

test('two lists are the same whatever came first', () => {
  assert.ok(isSame(content, { ...content, filter: { ...Object.fromEntries(Object.entries(content.filter).reverse()) } }));
  assert.ok(!isSame(content, { ...content, sort: 'newest' }));
  assert.ok(!isSame(content, { ...content, columns: ['subject', 'number'] }), 'the order of columns counts');
});
