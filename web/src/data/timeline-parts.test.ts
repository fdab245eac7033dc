import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '@rapport/contract';
import { addLater, joinNewest, type Timeline } from './timeline-parts.ts';

const entry = (id: string, text = id): Entry => ({ kind: 'note', id, caseId: 'c', createdAt: '', occurredAt: '', author: { kind: 'agent', id: 'me', name: 'Me' }, text, attachments: [], maskedCardNumbers: 0, mentions: [], html: null });
const timeline = (ids: string, hasEarlier = false): Timeline => ({ items: [...ids].map((id) => entry(id)), hasEarlier });
const ids = ({ items }: Timeline) => items.map((item) => item.id).join('');

test('the newest page is put onto the earlier entries that were loaded', () => {
  const joined = joinNewest(timeline('abcd', true), timeline('cdef', true));
  assert.deepEqual([ids(joined), joined.hasEarlier], ['abcdef', true]);
});

test('a gap is never hidden: when the pages do not touch, only the newest is kept', () => {
  assert.equal(ids(joinNewest(timeline('ab'), timeline('xy', true))), 'xy');
});

test('an entry that comes again with news stands where it stood', () => {
  const next = addLater(timeline('abc'), [entry('b', 'bounced'), entry('d')]);
  assert.equal(ids(next), 'abcd');
  assert.equal(next.items[1]?.kind === 'note' && next.items[1].text, 'bounced');
});
