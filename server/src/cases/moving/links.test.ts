import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { ChosenRole, LinkRole } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { Refusal } from '../../platform/refusal.ts';
import { getCase } from '../get-case.ts';
import { listEntries } from '../list-entries.ts';
import { receive } from '../receive.ts';
import { updateCase } from '../update-case.ts';
import { linkTwins } from './link-twins.ts';
import { linkCases, listLinks, unlinkCases } from './links.ts';
import { mergeCases } from './merge-cases.ts';
import { undoMove } from './undo-move.ts';

let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent' });
});
after(() => desk.close());

const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const link = (caseId: string, otherCaseId: string, role: ChosenRole, agent = anna) => agent.does((ctx) => linkCases(ctx, { caseId, otherCaseId, role }));
const links = async (caseId: string, agent = anna) => (await agent.does((ctx) => listLinks(ctx, caseId))).items.map((one): [LinkRole, string] => [one.role, one.other.id]);

test('a link is read from both of its ends, and both timelines tell of it', async () => {
  const [child, parent] = [await arrive(), await arrive()];
  await link(child, parent, 'part_of');
  assert.deepEqual(await links(child), [['part_of', parent]]);
  assert.deepEqual(await links(parent), [['has_part', child]]);
  const last = (await desk.asSystem((ctx) => listEntries(ctx, { caseId: parent, limit: 10 }))).items.at(-1);
  assert.deepEqual(last?.kind === 'change' && [last.changes[0]?.field, last.changes[0]?.from], ['link', 'has_part']);
  await desk.asSystem((ctx) => updateCase(ctx, child, { status: 'on_hold' }));
  assert.equal((await anna.does((ctx) => listLinks(ctx, parent))).items[0]?.other.status, 'on_hold', 'a parent shows the states of its children');
  await anna.does((ctx) => unlinkCases(ctx, { caseId: parent, otherCaseId: child }));
  assert.deepEqual([await links(child), await links(parent)], [[], []]);
});

test('a case says whether anything is linked to it, so that nobody need ask for nothing', async () => {
  const [one, other] = [await arrive(), await arrive()];
  const has = async (caseId: string) => (await anna.does((ctx) => getCase(ctx, caseId))).hasLinks;
  assert.equal(await has(one), false);
  await link(one, other, 'related');
  assert.deepEqual([await has(one), await has(other)], [true, true]);
  await anna.does((ctx) => unlinkCases(ctx, { caseId: one, otherCaseId: other }));
  assert.deepEqual([await has(one), await has(other)], [false, false]);
});

test('one mail to two of our inboxes is two cases that know of each other, whichever came first and however often it is heard', async () => {
  const billing = await desk.inbox();
  const mail = desk.mail({ messageId: '<to-both@x>' });
  const [one, other] = [await desk.asSystem((ctx) => receive(ctx, mail)), await desk.asSystem((ctx) => receive(ctx, { ...mail, inboxId: billing.id }))];
  assert.notEqual(one.caseId, other.caseId);
  const hear = (from: typeof one) => desk.asSystem((ctx) => linkTwins.handle(ctx, { id: from.entryId, accountId: desk.accountId, topic: 'message.received', at: '', payload: { caseId: from.caseId, entryId: from.entryId, isNewCase: true } } as never));
  for (const from of [one, other, one]) await hear(from);
  assert.deepEqual([await links(one.caseId), await links(other.caseId)], [[['related', other.caseId]], [['related', one.caseId]]]);
  const alone = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  await hear(alone);
  assert.deepEqual(await links(alone.caseId), []);
});

test('choosing again changes how two cases are linked', async () => {
  const [one, other] = [await arrive(), await arrive()];
  await link(one, other, 'related');
  await link(other, one, 'duplicate_of');
  assert.deepEqual(await links(one), [['has_duplicate', other]]);
  await link(one, other, 'caused_by');
  assert.deepEqual(await links(one), [['caused_by', other]]);
});

test('a case is a part of one other at most, and not linked to itself', async () => {
  const [child, parent, other] = [await arrive(), await arrive(), await arrive()];
  await link(parent, child, 'has_part');
  await assert.rejects(link(child, other, 'part_of'), refused('still_in_use'));
  await assert.rejects(link(child, child, 'related'), refused('invalid_request'));
  const reader = await desk.agent({ permissions: ['case.read'] });
  await assert.rejects(link(child, other, 'related', reader), refused('not_allowed'));
  const narrow = await desk.agent({ scope: 'own' });
  await assert.rejects(link(child, other, 'related', narrow), refused('not_found'));
});

test('linked cases outside what a role sees are not shown', async () => {
  const [mine, theirs] = [await arrive(), await arrive()];
  await link(mine, theirs, 'related');
  const narrow = await desk.agent({ scope: 'own', teamIds: [desk.teamId] });
  await desk.asSystem((ctx) => ctx.tx.run('update cases set assignee_id = $3 where account_id = $1 and id = $2', [desk.accountId, mine, narrow.id]));
  assert.deepEqual(await links(mine, narrow), []);
});

test('links of a merged case lead to the other, and back when it is undone', async () => {
  const [from, into, third] = [await arrive(), await arrive(), await arrive()];
  await link(from, third, 'caused_by');
  const { moveId } = await anna.does((ctx) => mergeCases(ctx, { caseId: from, intoCaseId: into }));
  assert.deepEqual(await links(into), [['caused_by', third]]);
  assert.deepEqual(await links(third), [['causes', into]]);
  await anna.does((ctx) => undoMove(ctx, { caseId: from, moveId }));
  assert.deepEqual(await links(from), [['caused_by', third]]);
  assert.deepEqual(await links(into), []);
});

test('however cases are linked and merged, no chain of parts, causes or duplicates leads back to where it began', async () => {
  const roles: ChosenRole[] = ['related', 'duplicate_of', 'caused_by', 'part_of', 'has_part', 'causes'];
  const step = fc.record({ one: fc.nat(4), other: fc.nat(4), role: fc.constantFrom(...roles), isMerge: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i += 1) ids.push(await arrive());
      for (const { one, other, role, isMerge } of steps) {
        const [a, b] = [ids[one] as string, ids[other] as string];
        const done = isMerge ? anna.does((ctx) => mergeCases(ctx, { caseId: a, intoCaseId: b })) : link(a, b, role);
        await done.catch((error: unknown) => assert.ok(error instanceof Refusal, String(error)));
      }
      const rows = await desk.asSystem((ctx) => ctx.tx.run<{ kind: string; from: string; to: string }>('select kind, from_case_id as "from", to_case_id as "to" from case_link where account_id = $1 and from_case_id = any($2)', [desk.accountId, ids]));
      for (const kind of ['duplicate', 'cause', 'part']) {
        const next = new Map<string, string[]>();
        for (const row of rows) if (row.kind === kind) next.set(row.from, [...(next.get(row.from) ?? []), row.to]);
        const leads = (at: string, seen: readonly string[]): boolean => (next.get(at) ?? []).some((to) => seen.includes(to) || leads(to, [...seen, to]));
        for (const id of ids) assert.equal(leads(id, [id]), false, `a circle of ${kind}`);
        if (kind === 'part') for (const list of next.values()) assert.equal(list.length, 1);
      }
    }),
    { numRuns: 15 },
  );
});
