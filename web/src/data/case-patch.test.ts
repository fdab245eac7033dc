import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CaseRow } from '@rapport/contract';
import { applyPatch, inverseOf, type CasePatch } from './case-patch.ts';

const people = { agents: [{ id: 'jonas', name: 'Jonas Weber' }, { id: 'hana', name: 'Hana Sato' }], teams: [{ id: 'billing', name: 'Billing' }] };
const now = Date.parse('2026-03-01T10:00:00Z');
const later = '2026-03-02T08:00:00.000Z';
const base: CaseRow = {
  id: 'a', number: 1, subject: 'Charged twice', status: 'open', shelf: 'open', priority: 'normal', kind: 'question', nextPromiseAt: null, due: null, hasHeldBack: false, channel: 'email', inboxId: 'i', customer: { id: 'c', name: 'Giulia' }, assignee: null, team: null, tags: ['billing'], snoozedUntil: null,
  waitingSince: '2026-03-01T09:00:00.000Z', lastActivityAt: '2026-03-01T09:00:00.000Z', preview: '', messageCount: 1, version: 1, createdAt: '2026-03-01T09:00:00.000Z', isUnread: false,
};

test('a colleague is named before the server has answered', () => {
  assert.deepEqual(applyPatch(base, { assigneeId: 'jonas' }, people, now).assignee, { id: 'jonas', name: 'Jonas Weber' });
});

test('a resolved case waits for nobody and a snoozed one goes to sleep', () => {
  const resolved = applyPatch(base, { status: 'resolved' }, people, now);
  assert.deepEqual([resolved.shelf, resolved.waitingSince], ['resolved', null]);
  assert.equal(applyPatch(base, { snoozedUntil: later }, people, now).shelf, 'snoozed');
});

test('taking back what was done brings the case where it was', () => {
  const patch = fc.oneof<fc.Arbitrary<CasePatch>[]>(
    fc.record({ status: fc.constantFrom('open', 'pending', 'on_hold', 'resolved') }),
    fc.record({ priority: fc.constantFrom('low', 'normal', 'high', 'urgent') }),
    fc.record({ assigneeId: fc.constantFrom('jonas', 'hana', null) }),
    fc.record({ teamId: fc.constantFrom('billing', null) }),
    fc.record({ snoozedUntil: fc.constantFrom(later, null) }),
    fc.record({ addTags: fc.subarray(['billing', 'refund', 'vip']) }),
    fc.record({ removeTags: fc.subarray(['billing', 'refund']) }),
  );
  fc.assert(fc.property(fc.array(patch, { maxLength: 4 }), patch, (earlier, last) => {
    const before = earlier.reduce((row, one) => applyPatch(row, one, people, now), base);
    const undone = applyPatch(applyPatch(before, last, people, now), inverseOf(before, last), people, now);
    const seen = ({ status, priority, assignee, team, snoozedUntil, shelf, tags }: CaseRow) => ({ status, priority, assignee, team, snoozedUntil, shelf, tags: [...tags].sort() });
    assert.deepEqual(seen(undone), seen(before));
  }));
});

test('a new case that is resolved by mistake comes back as open: nothing becomes new again', () => {
  assert.deepEqual(inverseOf({ ...base, status: 'new' }, { status: 'resolved' }), { status: 'open' });
});
