import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { everyFile, everyRow } from '../../../testing/everything.ts';
import { refused } from '../../../testing/refused.ts';
import { openTestHouse, type SignedIn, type TestHouse } from '../../../testing/test-house.ts';
import { selectDue } from '../../cases/index.ts';
import { takeIn } from '../../channels/index.ts';
import { rebuildInsights } from '../../insights/index.ts';
import { verifyLedger } from '../../ledger/index.ts';
import { newId } from '../../platform/ids.ts';
import { retentionJob } from './jobs.ts';
import { runRetention } from './run-retention.ts';
import { nextNight } from './settings.ts';

let house: TestHouse;
let admin: SignedIn;
before(async () => {
  house = await openTestHouse();
  admin = await house.admin();
});
after(() => house.close());

type Rule = { action: 'keep' | 'words' | 'case'; days: number };
const inboxNamed = async (name: string) => (await admin.client.inboxes.create({ body: { channel: 'email', name, teamId: house.teamId, settings: { address: `${name}@desk.example`, outbound: { kind: 'mailbox' } } } })).id;
async function setRules(rules: Record<string, Rule>, more: { usual?: Rule; keepTags?: string[]; removesCustomers?: boolean } = {}) {
  const { version } = await admin.client.retentionRules.get();
  return admin.client.retentionRules.set({ body: { usual: { action: 'keep', days: 365 }, keepTags: [], removesCustomers: true, ...more, inboxes: Object.entries(rules).map(([id, rule]) => ({ id, rule })), version } });
}
async function mail(inbox: { id: string; name: string }, from: string, subject: string, more: { text?: string; answers?: string; file?: string; messageId?: string } = {}) {
  const messageId = more.messageId ?? `<${newId()}@mail.example>`;
  const lines = [`From: ${from}`, `To: ${inbox.name}@desk.example`, `Subject: ${subject}`, `Message-ID: ${messageId}`, ...(more.answers ? [`In-Reply-To: ${more.answers}`] : []), 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', more.text ?? subject, ...(more.file ? ['--b', 'Content-Type: text/plain; name="list.txt"', 'Content-Disposition: attachment; filename="list.txt"', '', more.file] : []), '--b--', ''];
  const raw = Buffer.from(lines.join('\r\n'));
  const again = () => takeIn(house.platform, { accountId: house.accountId, inboxId: inbox.id, door: 'api', raw, envelopeFrom: undefined, envelopeTo: [], arrivedAt: new Date() });
  return { caseId: (await again()).caseId ?? assert.fail('no case'), messageId, again };
}
const run = <T extends object>(sql: string, values: unknown[] = []) => house.asSystem((ctx) => ctx.tx.run<T>(sql, values));
/** Solves a case as an agent does and lets it have been a while ago. */
async function solvedLongAgo(caseId: string, days: number) {
  await admin.client.cases.update({ params: { caseId }, body: { status: 'resolved' } });
  await run(`update cases set resolved_at = now() - make_interval(days => $2), last_activity_at = now() - make_interval(days => $2) where id = $1`, [caseId, days]);
}
const facts = () => run('select * from insight_fact order by case_id, measure, entry_id, at');
async function until(isSo: () => Promise<boolean>) {
  while (!(await isSo())) await sleep(20);
}

test('a year after a case was solved its words and files are gone from everywhere, and every number is as it was', async () => {
  const inbox = { id: await inboxNamed('words'), name: 'words' };
  const asked = await mail(inbox, 'Wanda Zwieback <wanda@zwieback.example>', 'Quarkstrudel is late', { text: 'My quarkstrudel did not come. Wanda', file: 'quarkstrudel list' });
  const { caseId } = asked;
  await admin.client.cases.addNote({ params: { caseId }, body: { text: 'The quarkstrudel lady' } });
  await admin.client.cases.reply({ params: { caseId }, body: { text: 'The quarkstrudel is on its way', to: ['wanda@zwieback.example'] } });
  await mail(inbox, 'Wanda Zwieback <wanda@zwieback.example>', 'Re: Quarkstrudel is late', { answers: asked.messageId, text: 'Thanks for the quarkstrudel' });
  await admin.client.cases.saveDraft({ params: { caseId, mode: 'note' }, body: { text: 'quarkstrudel draft', revision: 0 } });
  await admin.client.cases.update({ params: { caseId }, body: { addTags: ['late'], priority: 'high', subject: 'Quarkstrudel again' } });
  const promise = await admin.client.promises.make({ params: { caseId }, body: { text: 'Another quarkstrudel', dueAt: new Date(Date.now() + 86_400_000).toISOString() } });
  await admin.client.promises.change({ params: { promiseId: promise.id, caseId }, body: { state: 'kept', version: promise.version } });
  await asked.again();
  const kept = await mail(inbox, 'Kim Keep <kim@keep.example>', 'Poppyseed');
  await until(async () => (await run(`select from entry where delivery_state in ('queued', 'sending')`)).length === 0);
  await solvedLongAgo(caseId, 366);
  await solvedLongAgo(kept.caseId, 364);
  await rebuildInsights(house.platform, house.accountId);
  const before_ = { facts: await facts(), sums: await admin.client.ledger.summary(), detail: await admin.client.cases.get({ params: { caseId } }) };
  assert.ok(before_.facts.length > 5);
  assert.match(await everyRow(house), /quarkstrudel/);

  await setRules({ [inbox.id]: { action: 'words', days: 365 } });
  const preview = await admin.client.retentionRules.preview({ params: { inboxId: inbox.id }, query: { days: 365 } });
  assert.deepEqual([preview.due, preview.isMore, preview.soon, preview.examples.map((each) => each.id)], [1, false, 1, [caseId]]);
  await retentionJob.run(house.platform, {} as never);
  await until(async () => !(await everyFile(house)).includes('quarkstrudel'));

  // The mailbox of a demo stands for the customer’s own.
  const rows = await everyRow(house, ['mailbox_mail']);
  for (const word of ['quarkstrudel', 'zwieback', 'wanda']) assert.ok(!rows.includes(word), `${word}: ${rows.slice(Math.max(0, rows.indexOf(word) - 300), rows.indexOf(word) + 40)}`);
  assert.match(rows, /poppyseed/);
  const detail = await admin.client.cases.get({ params: { caseId } });
  assert.deepEqual([detail.number, detail.subject, detail.status, detail.tags, detail.priority, detail.customer.name, detail.createdAt], [before_.detail.number, '', 'closed', ['late'], 'high', 'Erased person', before_.detail.createdAt]);
  const entries = (await admin.client.cases.listEntries({ params: { caseId }, query: { limit: 100 } })).items;
  assert.deepEqual(entries.filter((entry) => entry.kind === 'message').map((entry) => [entry.direction, entry.text]), [['in', ''], ['out', ''], ['in', '']]);
  assert.ok(entries.some((entry) => entry.kind === 'change' && entry.changes.some((change) => change.field === 'erased')));
  assert.equal((await admin.client.customers.list({ query: { q: 'zwieback' } })).items.length, 0);

  assert.deepEqual(await facts(), before_.facts);
  await rebuildInsights(house.platform, house.accountId);
  assert.deepEqual(await facts(), before_.facts, 'counted anew from what is left');
  assert.deepEqual(await admin.client.ledger.summary(), before_.sums);
  assert.deepEqual(await house.asSystem(verifyLedger), []);

  // The mail that is fetched again does not come back; who answers it now begins a new matter.
  assert.notEqual((await asked.again()).outcome, 'new_case');
  const late = await mail(inbox, 'Wanda Zwieback <wanda@zwieback.example>', 'Re: Quarkstrudel is late', { answers: asked.messageId });
  assert.notEqual(late.caseId, caseId);
  const ran = (await admin.client.accounts.listAudit({ query: {} })).items.find((each) => each.action === 'retention.ran');
  assert.deepEqual([ran?.detail['wordsErased'], ran?.detail['messages'], ran?.detail['customers'], ran?.detail['failed']], [1, 3, 1, 0]);
  const [night] = (await admin.client.retentionRules.get()).runs;
  assert.deepEqual([night?.state, night?.words, night?.customers], ['done', 1, 1]);
  await retentionJob.run(house.platform, {} as never);
  assert.equal((await admin.client.retentionRules.get()).runs.length, 1, 'a night without anything to do writes nothing down');
});

test('whole cases go where the rule says so, the ledger still adds up, and a customer with another case stays', async () => {
  const [inbox, other] = [{ id: await inboxNamed('whole'), name: 'whole' }, { id: await inboxNamed('other'), name: 'other' }];
  const first = await mail(inbox, 'Gil <gil@whole.example>', 'Marzipan', { file: 'marzipan' });
  const merged = await mail(inbox, 'Gil <gil@whole.example>', 'Marzipan twice');
  await admin.client.moving.merge({ params: { caseId: merged.caseId }, body: { intoCaseId: first.caseId } });
  const elsewhere = await mail(other, 'Gil <gil@whole.example>', 'Nougat');
  await solvedLongAgo(first.caseId, 31);
  await solvedLongAgo(elsewhere.caseId, 31);
  // The usual rule is for inboxes without one of their own.
  await setRules({ [inbox.id]: { action: 'case', days: 30 } }, { usual: { action: 'words', days: 32 } });
  await runRetention(house.platform, house.accountId);
  await refused(admin.client.cases.get({ params: { caseId: first.caseId } }), 'not_found');
  assert.equal((await admin.client.cases.get({ params: { caseId: elsewhere.caseId } })).subject, 'Nougat');
  assert.equal((await admin.client.customers.list({ query: { q: 'gil@whole.example' } })).items.length, 1);
  assert.ok(!(await everyRow(house, ['mailbox_mail'])).includes('marzipan'));
  assert.deepEqual(await house.asSystem(verifyLedger), []);
  await setRules({ [inbox.id]: { action: 'case', days: 30 } }, { usual: { action: 'words', days: 31 }, removesCustomers: false });
  await runRetention(house.platform, house.accountId);
  assert.equal((await admin.client.cases.get({ params: { caseId: elsewhere.caseId } })).subject, '');
  assert.equal((await admin.client.customers.list({ query: { q: 'gil@whole.example' } })).items.length, 1, 'customers stay where the admin wants them to');
});

test('a case is due when it was solved long enough ago and nothing holds it, whatever else is the matter with it', async () => {
  const inbox = { id: await inboxNamed('due'), name: 'due' };
  const ids: string[] = [];
  for (let i = 0; i < 8; i += 1) ids.push((await mail(inbox, `P${i} <p${i}@due.example>`, `Due ${i}`)).caseId);
  const states = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
  const one = fc.record({
    status: fc.constantFrom(...states, 'resolved', 'closed', 'closed'), days: fc.integer({ min: 0, max: 60 }), tags: fc.subarray(['keep', 'other']), aside: fc.constantFrom(null, null, null, null, 'spam', 'deleted'), isErased: fc.boolean(), hasPromise: fc.constantFrom(false, false, true),
    isSending: fc.constantFrom(false, false, true), follows: fc.option(fc.nat(7), { freq: 2 }), linked: fc.option(fc.nat(7), { freq: 2 }),
  });
  await fc.assert(fc.asyncProperty(fc.array(one, { minLength: 8, maxLength: 8 }), fc.integer({ min: 7, max: 60 }), async (cases, days) => {
    const now = Date.now();
    await house.asSystem(async (ctx) => {
      await ctx.tx.run('delete from case_link where account_id = $1', [ctx.accountId]);
      for (const [i, each] of cases.entries()) {
        const isDone = each.status === 'resolved' || each.status === 'closed';
        await ctx.tx.run(
          `update cases set status = $2, resolved_at = $3, tags = $4, removed_as = $5, removed_at = $6, erased_at = $7, next_promise_at = $8, follows_case_id = $9 where id = $1`,
          [ids[i], each.status, isDone ? new Date(now - each.days * 86_400_000) : null, each.tags, each.aside, each.aside && new Date(), each.isErased ? new Date() : null, each.hasPromise ? new Date() : null, each.follows === null || each.follows === i ? null : ids[each.follows]]);
        await ctx.tx.run(`update entry set delivery_state = $2 where case_id = $1 and kind = 'message'`, [ids[i], each.isSending ? 'queued' : null]);
        if (each.linked !== null && each.linked !== i) await ctx.tx.run(`insert into case_link (account_id, id, kind, from_case_id, to_case_id, created_at) values ($1, $2, 'related', $3, $4, now()) on conflict do nothing`, [ctx.accountId, newId(), ids[i], ids[each.linked]]);
      }
    });
    const isUnfinished = (i: number) => { const each = cases[i]; return each !== undefined && each.aside === null && each.status !== 'resolved' && each.status !== 'closed'; };
    const expected = cases.flatMap((each, i) => {
      const isHeld = each.tags.includes('keep') || each.hasPromise || each.isSending || cases.some((other, j) => j !== i && ((isUnfinished(j) && (other.follows === i || other.linked === i || each.linked === j))));
      return (each.status === 'resolved' || each.status === 'closed') && each.days > days && each.aside === null && !each.isErased && !isHeld ? [ids[i]] : [];
    });
    const query = { inboxId: inbox.id, before: new Date(now - days * 86_400_000), keepTags: ['keep'] };
    const found: string[] = [];
    // Two at once, so that pages are turned.
    await house.asSystem(async (ctx) => {
      for (let after: Awaited<ReturnType<typeof selectDue>>[number] | undefined; ; ) {
        const page = await selectDue(ctx, query, after, 2);
        found.push(...page.flatMap((each) => (each.hold === null ? [each.id] : [])));
        after = page.at(-1);
        if (page.length < 2) break;
      }
    });
    assert.deepEqual(found.sort(), expected.sort());
  }), { numRuns: 60 });
  await run('delete from case_link');
  await run(`update entry set delivery_state = null where case_id = any($1::uuid[])`, [ids]);
  await run(`update cases set erased_at = now() where id = any($1::uuid[])`, [ids]);
});

test('killed at any moment, a night’s work is done in the end, and each case is counted once', { timeout: 200_000 }, async () => {
  const inbox = { id: await inboxNamed('killed'), name: 'killed' };
  const CASES = 90;
  const ids: string[] = [];
  for (let i = 0; i < CASES; i += 1) ids.push((await mail(inbox, `K${i % 20} <k${i % 20}@killed.example>`, `Gingerbread ${i}`, { file: `gingerbread ${i}` })).caseId);
  await run(`update cases set status = 'closed', resolved_at = now() - interval '40 days', tags = case when number % 10 = 0 then array['keep'] else '{}' end where id = any($1::uuid[])`, [ids]);
  const [tagged] = await run<{ count: number }>(`select count(*) as count from cases where id = any($1::uuid[]) and tags = '{keep}'`, [ids]);
  const due = CASES - Number(tagged?.count);
  const preview = await admin.client.retentionRules.preview({ params: { inboxId: inbox.id }, query: { days: 30, keepTags: 'keep' } });
  assert.deepEqual([preview.due, preview.held.tag], [due, Number(tagged?.count)]);
  await setRules({ [inbox.id]: { action: 'words', days: 30 } }, { keepTags: ['keep'] });
  const erased = async () => Number((await run<{ count: number }>('select count(*) as count from cases where erased_at is not null and id = any($1::uuid[])', [ids]))[0]?.count);
  let kills = 0;
  for (const far of [5, 25, 60]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../../testing/retention-process.ts'), house.databaseUrl, house.platform.config.dataDir, house.accountId], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await once(child.stdout, 'data');
    while (child.exitCode === null && (await erased()) < far) await sleep(2);
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      kills += 1;
    }
    await gone;
  }
  assert.ok(kills > 0, 'it was killed on the way');
  await retentionJob.run(house.platform, {} as never);
  assert.equal(await erased(), due);
  const [night] = (await admin.client.retentionRules.get()).runs;
  assert.deepEqual([night?.state, night?.words, night?.messages, night?.held, night?.failed], ['done', due, due, Number(tagged?.count), 0]);
  await until(async () => ((await everyFile(house)).match(/gingerbread/g) ?? []).length <= Number(tagged?.count) * 4);
  assert.deepEqual(await house.asSystem(verifyLedger), []);
});

test('only who may change the company’s settings says how long things are kept, after a proof, and not over somebody else’s change', async () => {
  const lead = await house.signedInClient('supervisor');
  await refused(lead.client.retentionRules.get(), 'not_allowed');
  const { version } = await admin.client.retentionRules.get();
  const body = { usual: { action: 'keep' as const, days: 30 }, inboxes: [], keepTags: [], removesCustomers: true };
  await refused(admin.client.retentionRules.set({ body: { ...body, version: version - 1 } }), 'changed_meanwhile');
  await refused(admin.client.retentionRules.set({ body: { ...body, version, inboxes: [{ id: newId(), rule: body.usual }] } }), 'not_found');
  await refused(admin.client.retentionRules.set({ body: { ...body, version, usual: { action: 'case', days: 6 } } }), 'invalid_request');
  await run(`update session set proved_at = now() - interval '16 minutes' where agent_id = $1`, [house.adminId]);
  await refused(admin.client.retentionRules.set({ body: { ...body, version } }), 'proof_needed');
});

test('the coming night is the next one that has not begun', () => {
  assert.equal(nextNight(new Date('2026-03-02T02:16:59Z')).toISOString(), '2026-03-02T02:17:00.000Z');
  assert.equal(nextNight(new Date('2026-03-02T02:17:00Z')).toISOString(), '2026-03-03T02:17:00.000Z');
});
