import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Customer } from '@rapport/contract';
import fc from 'fast-check';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { dismissDuplicate, listDuplicates } from '../../customers/duplicates.ts';
import { addIdentity, removeIdentity, updateIdentity } from '../../customers/change-identities.ts';
import { getCustomer, updateCustomer } from '../../customers/index.ts';
import { listCustomers } from '../../customers/list-customers.ts';
import { likenessKeys, mailboxOf } from '../../customers/likeness.ts';
import { listMerges } from '../../customers/merge-records.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listCasesOfCustomer } from '../list-cases.ts';
import { receive } from '../receive.ts';
import { updateCase } from '../update-case.ts';
import { mergeCustomers, undoCustomerMerge } from './merge-customers.ts';
import { suggestDuplicates } from './suggest-duplicates.ts';

let desk: TestDesk;
let agent: TestAgent;
before(async () => {
  desk = await openTestDesk();
  agent = await desk.agent({ name: 'Anna Agent' });
});
after(() => desk.close());

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
/** Somebody writes, and the listener hears of it. */
async function writes(from: string, fromName: string | null = null, more: { caseId?: string; answers?: string[] } = {}): Promise<{ caseId: string; customerId: string }> {
  const { caseId, outcome, entryId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ from, fromName, ...more })));
  await desk.asSystem((ctx) => suggestDuplicates.handle(ctx, { id: entryId, accountId: desk.accountId, topic: 'message.received', at: '', payload: { caseId, isNewCase: outcome === 'new_case' } } as never));
  const [row] = await desk.asSystem((ctx) => ctx.tx.run<{ id: string }>(`select customer_id as id from customer_identity where account_id = $1 and value = $2`, [desk.accountId, from]));
  return { caseId, customerId: row?.id ?? '' };
}
const merge = (customerId: string, intoCustomerId: string) => agent.does((ctx) => mergeCustomers(ctx, { customerId, intoCustomerId }));
const get = (id: string) => agent.does((ctx) => getCustomer(ctx, id));
const casesOf = async (customerId: string) => (await agent.does((ctx) => listCasesOfCustomer(ctx, { customerId, limit: 100 }))).items.map((row) => row.id).sort();

test('nobody merges customers, or takes a merge back, over cases they do not see', async () => {
  const other = await desk.team('Elsewhere');
  const near = await desk.agent({ name: 'Nele', scope: 'team', teamIds: [desk.teamId] });
  const one = await writes('rita@firm.example', 'Rita');
  const two = await writes('rita@home.example', 'Rita');
  const input = { customerId: one.customerId, intoCustomerId: two.customerId };
  await desk.asSystem((ctx) => updateCase(ctx, two.caseId, { teamId: other }));
  await assert.rejects(near.does((ctx) => mergeCustomers(ctx, input)), refused('not_allowed'));
  assert.deepEqual([await casesOf(one.customerId), await casesOf(two.customerId)], [[one.caseId], [two.caseId]], 'nothing has moved');
  const { mergeId } = await agent.does((ctx) => mergeCustomers(ctx, input));
  await assert.rejects(near.does((ctx) => undoCustomerMerge(ctx, mergeId)), refused('not_allowed'));
  await desk.asSystem((ctx) => updateCase(ctx, two.caseId, { teamId: desk.teamId }));
  assert.equal((await near.does((ctx) => undoCustomerMerge(ctx, mergeId))).id, one.customerId);
});

test('merged, two are one: addresses, cases and search lead to the survivor, and so does the id that went', async () => {
  const one = await writes('maria@firm.example', 'Maria Petersen');
  const two = await writes('maria.private@gmail.com', 'Maria P.');
  await agent.does((ctx) => updateCustomer(ctx, one.customerId, { version: 1, note: 'Likes it short.', locale: 'de' }));
  const { mergeId, customer } = await merge(one.customerId, two.customerId);
  assert.deepEqual([customer.id, customer.name, customer.note, customer.locale], [two.customerId, 'Maria P.', 'Likes it short.', 'de']);
  assert.deepEqual(customer.identities.map((each) => [each.value, each.isPrimary]), [['maria.private@gmail.com', true], ['maria@firm.example', false]]);
  assert.equal((await get(one.customerId)).id, two.customerId);
  assert.deepEqual(await casesOf(one.customerId), [one.caseId, two.caseId].sort());
  assert.deepEqual((await agent.does((ctx) => listCustomers(ctx, { q: 'maria@firm.example', limit: 10 }))).items.map((each) => each.id), [two.customerId]);
  const later = await writes('maria@firm.example', 'Maria Petersen');
  assert.equal(later.customerId, two.customerId, 'what she writes from now on is the survivor’s');
  assert.deepEqual((await agent.does((ctx) => listMerges(ctx, two.customerId))).items.map((each) => [each.id, each.fromName, each.identityCount, each.caseCount, each.isUndone]), [[mergeId, 'Maria Petersen', 1, 1, false]]);

  const back = await agent.does((ctx) => undoCustomerMerge(ctx, mergeId));
  assert.deepEqual([back.id, back.name, back.identities.map((each) => each.value)], [one.customerId, 'Maria Petersen', ['maria@firm.example']]);
  assert.deepEqual(await casesOf(one.customerId), [one.caseId]);
  assert.deepEqual(await casesOf(two.customerId), [two.caseId, later.caseId].sort(), 'what arrived since stays');
  assert.deepEqual([(await get(two.customerId)).note, (await get(two.customerId)).locale], ['', null]);
  await assert.rejects(agent.does((ctx) => undoCustomerMerge(ctx, mergeId)), refused('undone_already'));
  await assert.rejects(merge(one.customerId, one.customerId), refused('merge_with_itself'));
});

test('a survivor that was merged itself is taken apart first', async () => {
  const [a, b, c] = [await writes('a@x.example'), await writes('b@x.example'), await writes('c@x.example')];
  const first = await merge(a.customerId, b.customerId);
  const second = await merge(b.customerId, c.customerId);
  assert.equal((await get(a.customerId)).id, c.customerId);
  await assert.rejects(merge(a.customerId, c.customerId), refused('merge_with_itself'));
  await assert.rejects(agent.does((ctx) => undoCustomerMerge(ctx, first.mergeId)), refused('undo_later_first'));
  await agent.does((ctx) => undoCustomerMerge(ctx, second.mergeId));
  await agent.does((ctx) => undoCustomerMerge(ctx, first.mergeId));
  for (const each of [a, b, c]) assert.deepEqual(await casesOf(each.customerId), [each.caseId]);
  const reader = await desk.agent({ permissions: ['customer.read', 'case.read'] });
  await assert.rejects(reader.does((ctx) => mergeCustomers(ctx, { customerId: a.customerId, intoCustomerId: b.customerId })), refused('not_allowed'));
});

test('after any merges, once all are undone, everybody has what was theirs', async () => {
  let round = 0;
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.boolean()), { maxLength: 10 }), async (steps) => {
    round += 1;
    const all = [];
    for (let i = 0; i < 5; i += 1) all.push(await writes(`p${i}@round${round}.example`, `Person ${i}`));
    const before = await Promise.all(all.map(async (each) => { const { version: _, ...rest } = await get(each.customerId); return { ...rest, cases: await casesOf(each.customerId) }; }));
    const open: string[] = [];
    for (const [from, into, isUndo] of steps) {
      try {
        if (isUndo && open.length > 0) {
          const id = open[(from * 5 + into) % open.length] ?? '';
          await agent.does((ctx) => undoCustomerMerge(ctx, id));
          open.splice(open.indexOf(id), 1);
        } else open.push((await merge(all[from]?.customerId ?? '', all[into]?.customerId ?? '')).mergeId);
      } catch (error) {
        assert.ok(error instanceof Refusal && ['merge_with_itself', 'undo_later_first'].includes(error.code), String(error));
      }
      // Whatever happened, every case has one owner who is there, and every id leads to one.
      const owners: Customer[] = await Promise.all(all.map((each) => get(each.customerId)));
      const seen: string[] = (await Promise.all([...new Set(owners.map((each) => each.id))].map(casesOf))).flat().sort();
      assert.deepEqual(seen, all.map((each) => each.caseId).sort());
    }
    for (const id of open.reverse()) await agent.does((ctx) => undoCustomerMerge(ctx, id));
    const now = await Promise.all(all.map(async (each) => { const { version: _, ...rest } = await get(each.customerId); return { ...rest, cases: await casesOf(each.customerId) }; }));
    assert.deepEqual(now, before);
  }), { numRuns: 8 });
});

test('two who may be one are suggested with the reason, until somebody says that they are not', async () => {
  const one = await writes('nina.holm@corp.example', 'Nina Holm');
  const two = await writes('n.holm@corp.example', 'Holm, Nina');
  const three = await writes('nina.holm+shop@corp.example', 'Nina');
  const found = async (id: string) => Object.fromEntries((await agent.does((ctx) => listDuplicates(ctx, id))).items.map((each) => [each.customer.id, each.reasons]));
  assert.deepEqual(await found(one.customerId), { [two.customerId]: ['name_and_domain'], [three.customerId]: ['mailbox'] });
  await agent.does((ctx) => dismissDuplicate(ctx, { customerId: two.customerId, otherId: one.customerId }));
  await writes('nina.holm@corp.example', 'Nina Holm');
  assert.deepEqual(await found(one.customerId), { [three.customerId]: ['mailbox'] });
  const private_ = await writes('nina@home.example', 'Nina Holm', { caseId: one.caseId });
  assert.deepEqual((await found(private_.customerId))[one.customerId], ['same_thread']);
  for (const each of [three, private_]) await agent.does((ctx) => addIdentity(ctx, { customerId: each.customerId, kind: 'phone', value: each === three ? '+49 40 12 34 56' : '+49 (40) 123456' }).catch((error: unknown) => assert.ok(refused('identity_taken')(error))));
  await merge(three.customerId, one.customerId);
  assert.ok(!(three.customerId in (await found(one.customerId))));
});

test('one mailbox in two spellings is one mailbox, and nobody is alike for having a mailbox at a large provider', () => {
  assert.equal(mailboxOf('J.o.e+news@googlemail.com'), 'joe@gmail.com');
  assert.equal(mailboxOf('joe+x@firm.example'), 'joe@firm.example');
  assert.equal(mailboxOf('+x@firm.example'), '+x@firm.example');
  assert.deepEqual(likenessKeys('Ann Lee', [{ kind: 'email', value: 'ann@gmx.de' }]), ['mailbox:ann@gmx.de']);
  assert.deepEqual(likenessKeys('Ann', [{ kind: 'email', value: 'ann@firm.example' }, { kind: 'phone', value: '112' }]), ['mailbox:ann@firm.example']);
});

test('addresses are added, made the first, verified and taken away, but never the last', async () => {
  const { customerId } = await writes('kim@one.example', 'Kim');
  const other = await writes('lee@one.example', 'Lee');
  const added = await agent.does((ctx) => addIdentity(ctx, { customerId, kind: 'email', value: 'Kim@Two.example' }));
  const second = added.identities[1]?.id ?? '';
  assert.deepEqual(added.identities.map((each) => [each.value, each.isPrimary, each.isVerified]), [['kim@one.example', true, false], ['kim@two.example', false, false]]);
  await assert.rejects(agent.does((ctx) => addIdentity(ctx, { customerId, kind: 'email', value: 'lee@one.example' })), (error: unknown) => refused('identity_taken')(error) && (error as Refusal).extra?.['customer'] !== undefined);
  const first = await agent.does((ctx) => updateIdentity(ctx, { customerId, identityId: second, isPrimary: true, isVerified: true }));
  assert.deepEqual(first.identities.map((each) => [each.value, each.isPrimary, each.isVerified]), [['kim@two.example', true, true], ['kim@one.example', false, false]]);
  const left = await agent.does((ctx) => removeIdentity(ctx, { customerId, identityId: second }));
  assert.deepEqual(left.identities.map((each) => [each.value, each.isPrimary]), [['kim@one.example', true]]);
  await assert.rejects(agent.does((ctx) => removeIdentity(ctx, { customerId, identityId: left.identities[0]?.id ?? '' })), refused('last_identity'));
  await assert.rejects(agent.does((ctx) => removeIdentity(ctx, { customerId: other.customerId, identityId: left.identities[0]?.id ?? '' })), refused('not_found'));
});
