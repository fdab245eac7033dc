import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { caseScopes, permissionNames, shelves, type CaseRow, type CaseScope } from '@rapport/contract';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';
import { getCustomer } from '../customers/get-customer.ts';
import { caseReader, isInScope } from '../platform/case-scope.ts';
import { inAccount, type AgentActor, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { countCases } from './count-cases.ts';
import { foldCaseTally } from './fold-tally.ts';
import { getCase } from './get-case.ts';
import { listCases, listCasesOfCustomer, type CaseQuery, type Effort } from './list-cases.ts';
import { listEntries } from './list-entries.ts';
import { selectTags } from './list-store.ts';
import { markRead } from './mark-read.ts';
import { mergeCases } from './moving/merge-cases.ts';
import { markSpam, removeCase } from './moving/set-aside.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { updateCase } from './update-case.ts';
import { wakeDueCases } from './wake-snoozed.ts';

let desk: TestDesk;
let teams: string[];
let agents: string[];
let inboxes: string[];
/** Every case as it is, whoever looks. */
let everything: CaseRow[];

before(async () => {
  desk = await openTestDesk();
  teams = [desk.teamId, await desk.team('B'), await desk.team('C')];
  agents = [(await desk.agent()).id, (await desk.agent()).id, (await desk.agent()).id];
  inboxes = [desk.inboxId, (await desk.inbox({}, null)).id];
  let seed = 1;
  const dice = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n;
  for (let i = 0; i < 60; i += 1) {
    desk.clock.forward({ minutes: dice(3) });
    const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail({ from: `customer${dice(5)}@example.com`, inboxId: inboxes[dice(2)] as string })));
    const status = (['open', 'pending', 'on_hold', 'resolved', 'closed', undefined, undefined, undefined] as const)[dice(8)];
    await desk.asSystem((ctx) => updateCase(ctx, caseId, {
      teamId: [null, ...teams][dice(4)] as string | null, addTags: dice(3) === 0 ? [`tag${dice(2)}`] : [],
      ...(dice(6) === 0 && status !== 'resolved' && status !== 'closed' ? { snoozedUntil: '2027-01-01T00:00:00.000Z' } : {}),
    }));
    // As the database holds it, so that assignees of other teams occur as well: a team may have been left since.
    await desk.asSystem((ctx) => ctx.tx.run('update cases set assignee_id = $2 where id = $1', [caseId, [null, ...agents][dice(4)]]));
    if (status !== undefined) await desk.asSystem((ctx) => updateCase(ctx, caseId, { status }));
  }
  everything = (await desk.asSystem(async (ctx) => {
    const found: CaseRow[] = [];
    for (const shelf of shelves) found.push(...(await readAll(ctx, { shelf, order: 'newest', limit: 100 })));
    return found;
  }));
});
after(() => desk.close());

async function readAll(ctx: Ctx, query: CaseQuery, effort?: Effort): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCases(ctx, { ...query, cursor }, effort);
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

const actorOf = (scope: CaseScope, agentId: string, teamIds: string[]): AgentActor => ({ kind: 'agent', agentId, name: 'Reader', permissions: new Set(permissionNames), caseScope: scope, teamIds, address: '127.0.0.1' });
const as = <T>(actor: AgentActor, work: (ctx: Ctx & { actor: AgentActor }) => Promise<T>) => inAccount(desk.platform, desk.accountId, actor, (ctx) => work(ctx as Ctx & { actor: AgentActor }));
const readers = fc.record({ scope: fc.constantFrom(...caseScopes), who: fc.nat(2), membership: fc.subarray([0, 1, 2]) }).map(({ scope, who, membership }) => actorOf(scope, agents[who] as string, membership.map((i) => teams[i] as string)));
const visibleTo = (actor: AgentActor) => everything.filter((row) => isInScope(caseReader(actor), { assigneeId: row.assignee?.id ?? null, teamId: row.team?.id ?? null }));

test('all sixty cases lie on some shelf', () => {
  assert.equal(everything.length, 60);
  assert.equal(new Set(everything.map((row) => row.id)).size, 60);
  for (const shelf of shelves) assert.ok(everything.some((row) => row.shelf === shelf), shelf);
});

test('whoever reads, with whatever filter, gets exactly the cases of their scope, in order, page by page', async () => {
  const filters = fc.record({
    shelf: fc.constantFrom(...shelves), order: fc.constantFrom('newest' as const, 'oldest' as const), limit: fc.integer({ min: 1, max: 30 }), assignee: fc.constantFrom(undefined, 'me', 'none', 0, 1), team: fc.constantFrom(undefined, 'none', 0, 1, 2),
    inbox: fc.constantFrom(undefined, undefined, 0, 1), tag: fc.constantFrom(undefined, undefined, 'tag0', 'tag1', 'never'),
    effort: fc.constantFrom(undefined, { rareTag: 3, scan: 4, scans: 2 }, { rareTag: 100, scan: 1, scans: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(readers, filters, async (actor, { shelf, order, limit, effort, ...chosen }) => {
      const assignee = typeof chosen.assignee === 'number' ? (agents[chosen.assignee] as string) : chosen.assignee;
      const team = typeof chosen.team === 'number' ? (teams[chosen.team] as string) : chosen.team;
      const inbox = chosen.inbox === undefined ? undefined : (inboxes[chosen.inbox] as string);
      const listed = await as(actor, (ctx) => readAll(ctx, { shelf, order, limit, assignee, team, inbox, tag: chosen.tag }, effort));
      const wanted = visibleTo(actor).filter((row) => row.shelf === shelf
        && (assignee === undefined || (row.assignee?.id ?? 'none') === (assignee === 'me' ? actor.agentId : assignee))
        && (team === undefined || (row.team?.id ?? 'none') === team) && (inbox === undefined || row.inboxId === inbox) && (chosen.tag === undefined || row.tags.includes(chosen.tag)));
      const key = (row: CaseRow) => `${row.lastActivityAt} ${row.id}`;
      wanted.sort((a, b) => (key(a) < key(b) ? -1 : 1) * (order === 'oldest' ? 1 : -1));
      assert.deepEqual(listed.map((row) => row.number), wanted.map((row) => row.number));
    }),
    { numRuns: 300 },
  );
});

test('the counts are what the lists hold', async () => {
  for (const isFolded of [false, true]) {
    if (isFolded) await foldCaseTally.run(desk.platform, {});
    await fc.assert(
      fc.asyncProperty(readers, async (actor) => {
        const counts = await as(actor, countCases);
        const rows = visibleTo(actor);
        const open = rows.filter((row) => row.shelf === 'open');
        for (const shelf of shelves) assert.equal(counts.shelves[shelf], rows.filter((row) => row.shelf === shelf).length, shelf);
        assert.equal(counts.mine, open.filter((row) => row.assignee?.id === actor.agentId).length);
        assert.equal(counts.unassigned, open.filter((row) => row.assignee === null).length);
        for (const team of teams) assert.equal(counts.teams.find((each) => each.teamId === team)?.open ?? 0, open.filter((row) => row.team?.id === team).length);
      }),
      { numRuns: 60 },
    );
  }
  const rows = await desk.database.asSystem((tx) => tx.run<{ count: number }>('select count(*) as count from case_tally where account_id = $1 group by team_id, assignee_id, shelf', [desk.accountId]));
  assert.ok(rows.every((row) => row.count === 1), 'folding leaves one row for each sum');
});

test('the tally stays true through any history', async () => {
  const one = await openTestDesk();
  try {
    const team = await one.team();
    const agent = await one.agent();
    const ids: string[] = [];
    const act = fc.oneof(
      fc.record({ what: fc.constant('mail' as const), on: fc.nat(9) }),
      fc.record({ what: fc.constant('status' as const), on: fc.nat(9), to: fc.constantFrom('open' as const, 'pending' as const, 'on_hold' as const, 'resolved' as const, 'closed' as const) }),
      fc.record({ what: fc.constant('assign' as const), on: fc.nat(9), isMine: fc.boolean(), isTeam: fc.boolean() }),
      fc.record({ what: fc.constant('snooze' as const), on: fc.nat(9) }),
      fc.record({ what: fc.constant('reply' as const), on: fc.nat(9), then: fc.constantFrom('open' as const, 'pending' as const, 'resolved' as const) }),
      fc.record({ what: fc.constant('fold' as const), on: fc.nat(1) }),
      fc.record({ what: fc.constant('wake' as const), on: fc.nat(1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 15 }), async (steps) => {
        await Promise.all(steps.map(async (step) => {
          const id = ids[step.on % Math.max(1, ids.length)];
          try {
            if (step.what === 'fold') return await foldCaseTally.run(one.platform, {});
            if (step.what === 'wake') {
              one.clock.forward({ hours: 2 });
              return await wakeDueCases(one.platform);
            }
            if (step.what === 'mail' || id === undefined) {
              const result = await one.asSystem((ctx) => receive(ctx, one.mail(id !== undefined && step.on % 2 === 0 ? { caseId: id } : {})));
              return ids.push(result.caseId);
            }
            if (step.what === 'status') return await one.asSystem((ctx) => updateCase(ctx, id, { status: step.to }));
            if (step.what === 'assign') return await one.asSystem((ctx) => updateCase(ctx, id, { assigneeId: step.isMine ? agent.id : null, teamId: step.isTeam ? team : null }));
            if (step.what === 'snooze') return await one.asSystem((ctx) => updateCase(ctx, id, { snoozedUntil: new Date(one.clock.now().getTime() + 3_600_000).toISOString() }));
            return await agent.does((ctx) => reply(ctx, { caseId: id, text: 'x', to: ['anna@example.com'], thenStatus: step.then }));
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            return undefined;
          }
        }));
        const differences = await one.asSystem((ctx) => ctx.tx.run(
          `select * from (
             select team_id, assignee_id, shelf, sum(n) as difference from (
               select team_id, assignee_id, shelf, count(*) as n from cases group by 1, 2, 3 union all select team_id, assignee_id, shelf, -sum(change) from case_tally group by 1, 2, 3
             ) both_ group by 1, 2, 3
           ) d where difference <> 0`));
        assert.deepEqual(differences, []);
      }),
      { numRuns: 25 },
    );
  } finally {
    await one.close();
  }
});

test('the database and the program mean the same by a scope', async () => {
  const [me, other, mine, theirs] = [agents[0] as string, agents[1] as string, teams[0] as string, teams[1] as string];
  for (const scope of caseScopes) {
    for (const assigneeId of [null, me, other]) {
      for (const teamId of [null, mine, theirs]) {
        const [row] = await desk.asSystem((ctx) => ctx.tx.run<{ seen: boolean }>('select case_in_scope($1, $2, $3, $4, $5) as seen', [scope, me, [mine], assigneeId, teamId]));
        assert.equal(row?.seen, isInScope({ scope, agentId: me, teamIds: [mine] }, { assigneeId, teamId }), `${scope} ${assigneeId === me} ${teamId === mine}`);
      }
    }
  }
});

test('a cursor belongs to its own list', async () => {
  const actor = actorOf('all', agents[0] as string, []);
  const page = await as(actor, (ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 1 }));
  const cursor = page.nextCursor ?? '';
  for (const other of [{ shelf: 'open' as const, order: 'oldest' as const }, { shelf: 'closed' as const, order: 'newest' as const }, { shelf: 'open' as const, order: 'newest' as const, team: 'none' }]) {
    await assert.rejects(as(actor, (ctx) => listCases(ctx, { ...other, limit: 1, cursor })), (error: unknown) => error instanceof Refusal && error.code === 'invalid_request');
  }
  await assert.rejects(as(actor, (ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 1, cursor: Buffer.from('["x",1,2]').toString('base64url') })), Refusal);
});

test('what is spam, deleted or merged is in neither a customer’s cases nor their number', async () => {
  const from = 'set-aside@customer.example';
  const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail({ from })))).caseId;
  const [kept, spam, deleted, merged] = [await arrive(), await arrive(), await arrive(), await arrive()];
  const actor = actorOf('all', agents[0] as string, []);
  await as(actor, (ctx) => markSpam(ctx, spam));
  await as(actor, (ctx) => removeCase(ctx, { caseId: deleted, reason: 'A test' }));
  await as(actor, (ctx) => mergeCases(ctx, { caseId: merged, intoCaseId: kept }));
  const { customer } = await as(actor, (ctx) => getCase(ctx, kept));
  assert.deepEqual((await as(actor, (ctx) => listCasesOfCustomer(ctx, { customerId: customer.id, limit: 10 }))).items.map((row) => row.id), [kept]);
  assert.equal((await as(actor, (ctx) => getCustomer(ctx, customer.id))).caseCount, 1);
});

test('a customer’s cases and their count are those the reader may see', async () => {
  const customerId = everything[0]?.customer.id ?? '';
  await fc.assert(
    fc.asyncProperty(readers, fc.integer({ min: 1, max: 5 }), async (actor, limit) => {
      const listed: CaseRow[] = [];
      let cursor: string | undefined;
      do {
        const page = await as(actor, (ctx) => listCasesOfCustomer(ctx, { customerId, limit, cursor }));
        listed.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const wanted = visibleTo(actor).filter((row) => row.customer.id === customerId).sort((a, b) => b.number - a.number);
      assert.deepEqual(listed.map((row) => row.number), wanted.map((row) => row.number));
      assert.equal((await as(actor, (ctx) => getCustomer(ctx, customerId))).caseCount, wanted.length);
    }),
    { numRuns: 40 },
  );
});

test('filters on this page that few cases fit still come to an end', async () => {
  const actor = actorOf('all', agents[0] as string, []);
  assert.deepEqual(await as(actor, (ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 5, tag: 'never' })), { items: [], nextCursor: null });
});

test('tags in use are listed, and forgotten with their last case', async () => {
  const { caseId } = await desk.asSystem((ctx) => receive(ctx, desk.mail()));
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { addTags: ['zz-last', 'aa-first'] }));
  assert.deepEqual(await desk.asSystem((ctx) => selectTags(ctx, caseReader(ctx.actor))), ['aa-first', 'tag0', 'tag1', 'zz-last']);
  await desk.asSystem((ctx) => updateCase(ctx, caseId, { removeTags: ['zz-last', 'aa-first'] }));
  assert.deepEqual(await desk.asSystem((ctx) => selectTags(ctx, caseReader(ctx.actor))), ['tag0', 'tag1']);
  await desk.asSystem((ctx) => ctx.tx.run('delete from cases where id = $1', [caseId]));
});

test('a case is unread until this agent has looked, and again when the customer writes', async () => {
  const [one, two] = [actorOf('all', agents[0] as string, []), actorOf('all', agents[1] as string, [])];
  const first = await desk.asSystem((ctx) => receive(ctx, desk.mail({ messageId: '<unread@x>' })));
  const isUnread = async (actor: AgentActor) => (await as(actor, (ctx) => getCase(ctx, first.caseId))).isUnread;
  assert.deepEqual([await isUnread(one), await isUnread(two)], [true, true]);
  await as(one, (ctx) => markRead(ctx, { caseId: first.caseId, entryId: first.entryId }));
  assert.deepEqual([await isUnread(one), await isUnread(two)], [false, true]);
  await as(two, (ctx) => reply(ctx, { caseId: first.caseId, text: 'x', to: ['anna@example.com'] }));
  assert.equal(await isUnread(one), false, 'a colleague’s answer is nothing that came in');
  const second = await desk.asSystem((ctx) => receive(ctx, desk.mail({ answers: ['<unread@x>'] })));
  assert.equal(await isUnread(one), true);
  await as(one, (ctx) => markRead(ctx, { caseId: first.caseId, entryId: second.entryId }));
  await as(one, (ctx) => markRead(ctx, { caseId: first.caseId, entryId: first.entryId }));
  assert.equal((await as(one, (ctx) => getCase(ctx, first.caseId))).lastReadEntryId, second.entryId, 'the bookmark moves forward only');
  const heard = await desk.asSystem((ctx) => ctx.tx.run(`select 1 from event where topic = 'case.read' and payload ->> 'caseId' = $1`, [first.caseId]));
  assert.equal(heard.length, 2);
});

test('the timeline pages backwards and forwards', async () => {
  const first = await desk.asSystem((ctx) => receive(ctx, desk.mail({ messageId: '<pages@x>' })));
  for (let i = 0; i < 9; i += 1) await desk.asSystem((ctx) => receive(ctx, desk.mail({ answers: ['<pages@x>'], text: `mail ${i}` })));
  const page = (query: { before?: string; after?: string }) => desk.asSystem((ctx) => listEntries(ctx, { caseId: first.caseId, limit: 4, ...query }));
  const newest = await page({});
  assert.deepEqual([newest.items.length, newest.hasEarlier, newest.hasLater], [4, true, false]);
  const middle = await page({ before: newest.items[0]?.id ?? '' });
  const oldest = await page({ before: middle.items[0]?.id ?? '' });
  assert.deepEqual([oldest.items.length, oldest.hasEarlier, oldest.hasLater], [2, false, true]);
  const ids = [...oldest.items, ...middle.items, ...newest.items].map((entry) => entry.id);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, 10);
  const forward = await page({ after: first.entryId });
  assert.deepEqual([forward.items.map((entry) => entry.id), forward.hasLater], [ids.slice(1, 5), true]);
  assert.equal((await page({ after: ids[9] as string })).items.length, 0);
});

test('a case of very long mails is shown a few at a time, and none of them is left out', async () => {
  const long = (letters: number) => `<p>${'x'.repeat(letters)}</p>`;
  const first = await desk.asSystem((ctx) => receive(ctx, { ...desk.mail(), html: long(1_500_000) }));
  for (let i = 0; i < 6; i += 1) await desk.asSystem((ctx) => receive(ctx, { ...desk.mail({ caseId: first.caseId }), html: long(i === 3 ? 6_000_000 : 1_500_000) }));
  const page = (query: { before?: string; after?: string }) => desk.asSystem((ctx) => listEntries(ctx, { caseId: first.caseId, limit: 50, ...query }));
  const backwards: string[][] = [];
  for (let before: string | undefined, more = true; more; ) {
    const { items, hasEarlier } = await page(before === undefined ? {} : { before });
    backwards.unshift(items.map((entry) => entry.id));
    [before, more] = [items[0]?.id, hasEarlier];
  }
  const ids = backwards.flat();
  assert.equal(ids.length, 7);
  assert.deepEqual(backwards.map((part) => part.length), [2, 2, 1, 2]);
  const forwards = [ids[0] as string];
  for (let more = true; more; ) {
    const { items, hasLater } = await page({ after: forwards.at(-1) as string });
    forwards.push(...items.map((entry) => entry.id));
    more = hasLater;
  }
  assert.deepEqual(forwards, ids);
});

