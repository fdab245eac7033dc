import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseRow } from '@rapport/contract';
import { placeInList } from './place-in-list.ts';
import { couldFit } from './view-queries.ts';
import { belongs, filterOf, inOrder, isView, shelfOf } from './views.ts';
import type { ListData } from './cases.ts';

const me = 'me';
const row = (id: string, at: number, rest: Partial<CaseRow> = {}): CaseRow => ({
  id, number: 1, subject: '', status: 'open', shelf: 'open', priority: 'normal', kind: 'question', nextPromiseAt: null, due: null, hasHeldBack: false, channel: 'email', inboxId: 'i', customer: { id: 'c', name: 'C' }, assignee: { id: me, name: 'Me' }, team: null, tags: [], snoozedUntil: null,
  waitingSince: null, lastActivityAt: new Date(at).toISOString(), preview: '', messageCount: 1, version: 1, createdAt: new Date(0).toISOString(), isUnread: false, ...rest,
});
const list = (pages: CaseRow[][], hasMore = false): ListData => ({ pages: pages.map((items, index) => ({ items, nextCursor: index < pages.length - 1 || hasMore ? 'next' : null })), pageParams: pages.map(() => undefined) });
const ids = (data: ListData) => data.pages.map((page) => page.items.map((item) => item.id).join(''));
const mine = filterOf('mine');

test('an address names a standing view or a team, and nothing else', () => {
  assert.ok(isView('mine') && isView('team-0192f0c1-1111-7111-8111-111111111111'));
  assert.ok(!isView('theirs') && !isView('team-x'));
});

test('a snoozed case lies apart until its time has come', () => {
  assert.equal(shelfOf('open', new Date(2000).toISOString(), 1000), 'snoozed');
  assert.equal(shelfOf('open', new Date(2000).toISOString(), 3000), 'open');
  assert.equal(shelfOf('new', null), 'open');
});

test('a case belongs to me, to nobody or to a team, as the list asks', () => {
  assert.ok(belongs(row('a', 1), mine, me));
  assert.ok(!belongs(row('a', 1, { assignee: null }), mine, me));
  assert.ok(belongs(row('a', 1, { assignee: null }), filterOf('unassigned'), me));
  assert.ok(belongs(row('a', 1, { team: { id: 't', name: 'T' } }), { shelf: 'open', team: 't' }, me));
  assert.ok(!belongs(row('a', 1, { shelf: 'snoozed' }), mine, me));
});

test('a case with a new message moves to the top, over the border of a page', () => {
  const before = list([[row('a', 4), row('b', 3)], [row('c', 2), row('d', 1)]]);
  assert.deepEqual(ids(placeInList(before, row('d', 5), mine, 'newest', me)), ['dab', 'c']);
});

test('a resolved case leaves the list, and one that is given to me enters it where it belongs', () => {
  const before = list([[row('a', 4), row('c', 2)]]);
  assert.deepEqual(ids(placeInList(before, row('a', 4, { shelf: 'resolved', status: 'resolved' }), mine, 'newest', me)), ['c']);
  assert.deepEqual(ids(placeInList(before, row('b', 3), mine, 'newest', me)), ['abc']);
});

test('a case older than all that is loaded waits for its page', () => {
  const before = list([[row('b', 4), row('c', 3)]], true);
  assert.deepEqual(ids(placeInList(before, row('a', 1), mine, 'newest', me)), ['bc']);
  assert.deepEqual(ids(placeInList(list([[row('b', 4), row('c', 3)]]), row('a', 1), mine, 'newest', me)), ['bca']);
});

test('what changes nothing about a list leaves the very same list', () => {
  const before = list([[row('a', 4)]]);
  assert.equal(placeInList(before, row('x', 9, { assignee: null }), mine, 'newest', me), before);
});

test('lists that begin with the oldest are kept in that order', () => {
  const before = list([[row('c', 1), row('b', 3)]]);
  assert.deepEqual(ids(placeInList(before, row('a', 2), mine, 'oldest', me)), ['cab']);
  assert.ok(inOrder('oldest')(row('a', 1), row('b', 2)) < 0);
});

test('what cannot fit a filter any more leaves its list before the server has said so', () => {
  const one = row('a', 1, { subject: 'Where is my Lantern?', kind: 'complaint', messageCount: 3 });
  for (const filter of [{ not: { kinds: ['problem' as const], assignees: ['none' as const] } }, { subjectHas: 'lantern where' }, { messages: { least: 2 } }, { not: {} }]) assert.ok(couldFit(one, filter, me), JSON.stringify(filter));
  for (const filter of [{ not: { kinds: ['complaint' as const] } }, { not: { assignees: ['me' as const] } }, { not: { teams: ['none' as const] } }, { subjectHas: 'lamp' }, { messages: { least: 4 } }, { promise: { nextDays: 3 } }, { snoozed: {} }]) assert.ok(!couldFit(one, filter, me), JSON.stringify(filter));
});
