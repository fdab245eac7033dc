import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { verifyLedger } from '../../ledger/verify-ledger.ts';
import { Refusal } from '../../platform/refusal.ts';
import { addNote } from '../add-note.ts';
import { countCases } from '../count-cases.ts';
import { receive } from '../receive.ts';
import { registerThreadKeys } from '../register-thread-keys.ts';
import { reply } from '../reply.ts';
import { updateCase } from '../update-case.ts';
import { listMoves } from './list-moves.ts';
import { mergeCases } from './merge-cases.ts';
import { markSpam, removeCase, restoreCase } from './set-aside.ts';
import { splitCase } from './split-case.ts';
import { undoMove } from './undo-move.ts';

let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent' });
});
after(() => desk.close());

type Step =
  | { do: 'mail' | 'answer' | 'note' | 'spam' | 'delete' | 'restore' | 'undo'; at: number; nth: number }
  | { do: 'merge'; at: number; into: number }
  | { do: 'split'; at: number; nth: number }
  | { do: 'status'; at: number; status: 'open' | 'on_hold' | 'resolved' | 'closed' }
  | { do: 'wait'; days: number };

const at = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('mail' as const), at, nth: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), at, nth: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('note' as const, 'spam' as const, 'delete' as const, 'restore' as const), at, nth: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), at, into: at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), at, nth: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('split' as const), at, nth: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('status' as const), at, status: fc.constantFrom('open' as const, 'on_hold' as const, 'resolved' as const, 'closed' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }) },
);

interface Facts { id: string; number: number; status: string; shelf: string; merged_into_id: string | null; message_count: number; last_incoming_id: string | null; messages: string[]; newest_in: string | null; movable: string[] }
const casesOf = (ids: readonly string[]) => desk.asSystem((ctx) => ctx.tx.run<Facts>(
  `select c.id, c.number, c.status, c.shelf, c.merged_into_id, c.message_count, c.last_incoming_id, array(select e.id from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' order by e.id) as messages,
     array(select e.id from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind <> 'change' order by e.id) as movable,
     (select e.id from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' and e.direction = 'in' order by e.id desc limit 1) as newest_in
   from cases c where c.account_id = $1 and c.id = any($2)`, [desk.accountId, ids]));

/** What one history did: its cases, its messages, and what lay on the cases that it closed. */
class History {
  readonly cases: string[] = [];
  readonly messages = new Set<string>();
  readonly closed = new Map<string, string[]>();

  private pick(place: number): string {
    return this.cases[place % this.cases.length] as string;
  }

  private know(caseId: string): void {
    if (!this.cases.includes(caseId)) this.cases.push(caseId);
  }

  async take(step: Step): Promise<void> {
    desk.clock.forward({ minutes: 1 });
    if (step.do === 'wait') return desk.clock.forward({ days: step.days });
    if (this.cases.length === 0 || (step.do === 'mail' && step.nth === 0)) {
      const { caseId, entryId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: `customer${step.at % 3}@example.com` })));
      this.know(caseId);
      this.messages.add(entryId);
      return undefined;
    }
    const caseId = this.pick(step.at);
    switch (step.do) {
      case 'mail': {
        const mail = desk.mail({ caseId, from: `customer${step.at % 3}@example.com` });
        const got = await desk.asSystem((ctx) => receive(ctx, mail));
        this.know(got.caseId);
        this.messages.add(got.entryId);
        assert.equal((await desk.asSystem((ctx) => receive(ctx, mail))).outcome, 'duplicate');
        return undefined;
      }
      case 'answer': {
        const sent = await anna.does((ctx) => reply(ctx, { caseId, text: 'Answer', to: ['customer@example.com'] }));
        await desk.asSystem((ctx) => registerThreadKeys(ctx, { caseId, entryId: sent.id, messageId: `${sent.id}@ours` }));
        this.messages.add(sent.id);
        return undefined;
      }
      case 'note': return void (await anna.does((ctx) => addNote(ctx, { caseId, text: 'Note' })));
      case 'spam': return void (await anna.does((ctx) => markSpam(ctx, caseId)));
      case 'delete': return void (await anna.does((ctx) => removeCase(ctx, { caseId, reason: 'x' })));
      case 'restore': return void (await anna.does((ctx) => restoreCase(ctx, caseId)));
      case 'merge': return void (await anna.does((ctx) => mergeCases(ctx, { caseId, intoCaseId: this.pick(step.into), isSameMatter: true })));
      case 'split': {
        const [found] = await casesOf([caseId]);
        const entryId = found?.movable[step.nth];
        if (entryId === undefined) return undefined;
        this.know((await anna.does((ctx) => splitCase(ctx, { caseId, entryIds: [entryId], subject: 'Another matter' }))).case.id);
        return undefined;
      }
      case 'undo': {
        const { items } = await anna.does((ctx) => listMoves(ctx, caseId));
        const move = items[step.nth % Math.max(1, items.length)];
        if (move) await anna.does((ctx) => undoMove(ctx, { caseId, moveId: move.id }));
        return undefined;
      }
      case 'status': {
        await anna.does((ctx) => updateCase(ctx, caseId, { status: step.status }));
        if (step.status === 'closed') this.closed.set(caseId, (await casesOf([caseId]))[0]?.messages ?? []);
        return undefined;
      }
    }
  }

  async check(): Promise<void> {
    const facts = await casesOf(this.cases);
    const lying = facts.flatMap((one) => one.messages);
    assert.deepEqual(lying.toSorted(), [...this.messages].toSorted(), 'every message lies on exactly one case');
    for (const one of facts) {
      assert.equal(one.message_count, one.messages.length, 'a case knows how many messages it has');
      assert.equal(one.last_incoming_id, one.newest_in, 'and which came last');
      if (one.merged_into_id !== null) {
        assert.deepEqual([one.movable, one.status, one.shelf], [[], 'closed', 'merged'], 'a tombstone is empty');
        const seen = new Set([one.id]);
        for (let next: string | null = one.merged_into_id; next !== null; next = facts.find((other) => other.id === next)?.merged_into_id ?? null) {
          assert.ok(!seen.has(next), 'a tombstone leads to a case, not round');
          seen.add(next);
        }
      }
      const closed = this.closed.get(one.id);
      if (closed) assert.deepEqual(one.messages, closed, 'a closed case never changes');
    }
  }
}

test('whatever is received, answered, merged, split, undone, resolved, closed, deleted and restored: no message is lost or doubled, and the counters are true', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 35 }), async (steps) => {
      const history = new History();
      for (const each of steps) {
        await history.take(each).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
      }
      await history.check();
    }),
    { numRuns: 40 },
  );
  assert.deepEqual(await desk.asSystem(verifyLedger), []);
  const counts = await anna.does(countCases);
  const rows = await desk.asSystem((ctx) => ctx.tx.run<{ shelf: string; count: number }>('select shelf, count(*) as count from cases where account_id = $1 group by shelf', [desk.accountId]));
  const real = Object.fromEntries(rows.map((row) => [row.shelf, row.count]));
  for (const [shelf, count] of Object.entries({ ...counts.shelves, ...counts.aside })) assert.equal(count, real[shelf] ?? 0, `the counter of ${shelf}`);
  const astray = await desk.asSystem((ctx) => ctx.tx.run(
    'select h.entry_id from entry_home h left join entry e on e.account_id = h.account_id and e.case_id = h.case_id and e.id = h.entry_id where h.account_id = $1 and e.id is null union all select t.case_id from thread t join cases c on c.account_id = t.account_id and c.id = t.case_id where t.account_id = $1 and c.merged_into_id is not null',
    [desk.accountId],
  ));
  assert.deepEqual(astray, [], 'pointers lead to where the entries are, and no thread leads to a tombstone');
});
