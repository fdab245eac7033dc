import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { caseStatuses } from '@rapport/contract';
import { afterIncoming, afterLostAnswer, afterReply, begin, shelfOf, shownWaitingSince, takesMessages, withStatus, woken, type CaseState } from './case-state.ts';

const T = (hours: number) => new Date(Date.UTC(2026, 0, 5, hours));

test('a customer waits from the first unanswered message until the answer', () => {
  let state = begin(T(1), false);
  state = afterIncoming(state, T(2), false);
  assert.deepEqual(shownWaitingSince(state), T(1));
  state = afterReply(state, 'pending', T(3));
  assert.equal(shownWaitingSince(state), null);
  state = afterIncoming(state, T(4), false);
  assert.deepEqual(shownWaitingSince(state), T(4));
});

test('putting a case on hold hides the waiting, and taking it back shows it again', () => {
  const open = begin(T(1), false);
  const held = withStatus(open, 'on_hold', T(2));
  assert.equal(shownWaitingSince(held), null);
  assert.deepEqual(shownWaitingSince(withStatus(held, 'open', T(3))), T(1));
});

test('resolving ends the waiting and the snooze', () => {
  const snoozed: CaseState = { ...begin(T(1), false), snoozedUntil: T(99) };
  const resolved = withStatus(snoozed, 'resolved', T(2));
  assert.deepEqual(resolved, { status: 'resolved', snoozedUntil: null, waitingSince: null, resolvedAt: T(2) });
  assert.equal(withStatus(resolved, 'closed', T(3)).resolvedAt?.getTime(), T(2).getTime(), 'closing later does not move when it was resolved');
});

test('a resolved case takes messages up to the last moment of the reopening days', () => {
  const resolved = withStatus(begin(T(1), false), 'resolved', T(2));
  const end = new Date(T(2).getTime() + 14 * 86_400_000);
  assert.equal(takesMessages(resolved, 14, end), true);
  assert.equal(takesMessages(resolved, 14, new Date(end.getTime() + 1)), false);
  assert.equal(takesMessages(withStatus(resolved, 'closed', T(3)), 14, T(4)), false);
});

test('an answer that was lost brings a pending or resolved case back, and leaves others be', () => {
  const pending = afterReply(begin(T(1), false), 'pending', T(2));
  assert.equal(afterLostAnswer(pending, T(3)).status, 'open');
  assert.deepEqual(afterLostAnswer(pending, T(3)).waitingSince, T(3));
  const held = withStatus(pending, 'on_hold', T(3));
  assert.equal(afterLostAnswer(held, T(4)), held);
});

/** Anything that can happen to a case, in any order. */
const step = fc.oneof(
  fc.record({ what: fc.constant('incoming' as const), isAutomatic: fc.boolean() }),
  fc.record({ what: fc.constant('reply' as const), then: fc.constantFrom('open' as const, 'pending' as const, 'on_hold' as const, 'resolved' as const) }),
  fc.record({ what: fc.constant('status' as const), to: fc.constantFrom(...caseStatuses.filter((status) => status !== 'new')) }),
  fc.record({ what: fc.constant('snooze' as const) }),
  fc.record({ what: fc.constant('wake' as const) }),
  fc.record({ what: fc.constant('lost' as const) }),
);

test('through any history: done cases hide nothing and keep nobody waiting, and only messages of people make anybody wait', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let state = begin(T(0), false);
      let unanswered = true;
      for (const [i, each] of steps.entries()) {
        const now = T(i + 1);
        if (state.status === 'closed') break;
        if (each.what === 'incoming' && takesMessages(state, 14, now)) {
          const before = state;
          state = afterIncoming(state, now, each.isAutomatic);
          if (each.isAutomatic) assert.equal(state, before);
          else {
            unanswered = true;
            assert.equal(shelfOf(state), 'open');
            assert.ok(shownWaitingSince(state));
          }
        } else if (each.what === 'reply') {
          unanswered = false;
          state = afterReply(state, each.then, now);
        } else if (each.what === 'status') state = withStatus(state, each.to, now);
        else if (each.what === 'snooze' && shelfOf(state) !== 'resolved') state = { ...state, snoozedUntil: T(1000) };
        else if (each.what === 'wake') state = woken(state);
        else if (each.what === 'lost') {
          const wasHidden = state.status === 'pending' || state.status === 'resolved';
          state = afterLostAnswer(state, now);
          if (wasHidden) unanswered = true;
        }
        const isDone = state.status === 'resolved' || state.status === 'closed';
        if (isDone) unanswered = false;
        assert.equal(state.resolvedAt !== null, isDone);
        if (isDone) assert.deepEqual([state.snoozedUntil, state.waitingSince, shelfOf(state)], [null, null, state.status]);
        if (shownWaitingSince(state)) assert.ok(unanswered && (state.status === 'new' || state.status === 'open'));
        if (!unanswered) assert.equal(state.waitingSince, null);
        assert.equal(shelfOf(state) === 'snoozed', state.snoozedUntil !== null);
      }
    }),
    { numRuns: 500 },
  );
});
