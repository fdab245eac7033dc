import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createReadingBudget } from './reading-budget.ts';

test('what many connections have sent never passes the bound, one mail alone may, and room that is given back is there again', () => {
  fc.assert(fc.property(fc.array(fc.record({ mail: fc.nat(5), bytes: fc.integer({ min: 1, max: 60 }), isEnd: fc.boolean() }), { maxLength: 200 }), (deeds) => {
    const budget = createReadingBudget(100);
    const open = new Map<number, { share: ReturnType<typeof budget.begin>; held: number }>();
    for (const { mail, bytes, isEnd } of deeds) {
      const known = open.get(mail) ?? { share: budget.begin(), held: 0 };
      open.set(mail, known);
      const before = [...open.values()].reduce((sum, each) => sum + each.held, 0);
      const isTaken = known.share.take(bytes);
      assert.equal(isTaken, before + bytes <= 100 || open.size === 1);
      if (isTaken) known.held += bytes;
      if (!isEnd) continue;
      known.share.end();
      known.share.end();
      open.delete(mail);
    }
    for (const { share } of open.values()) share.end();
    const last = budget.begin();
    const beside = budget.begin();
    assert.equal(last.take(100), true);
    assert.equal(beside.take(1), false);
  }));
});
