import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BriefEntry } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { Refusal } from '../platform/refusal.ts';
import { getCase } from './get-case.ts';
import { listEntries } from './list-entries.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { searchCases } from './search.ts';
import { updateCase, type UpdateCase } from './update-case.ts';

let desk: TestDesk;
let anna: TestAgent;
let bela: TestAgent;
let billing: string;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
  billing = await desk.team('Billing');
  bela = await desk.agent({ name: 'Bela', teamIds: [billing] });
});
after(() => desk.close());

const brief = { asked: 'Why the invoice has two lines', tried: 'Explained the first; she does not know the second', promised: 'An answer by Friday', next: 'Look up the second charge' };
const arrive = async (inboxId?: string) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(inboxId === undefined ? {} : { inboxId })))).caseId;
const change = (caseId: string, input: UpdateCase, agent = anna) => agent.does((ctx) => updateCase(ctx, caseId, input));
const entries = async (caseId: string) => (await desk.asSystem((ctx) => listEntries(ctx, { caseId, limit: 100 }))).items;
const missing = (...parts: string[]) => (error: unknown) => error instanceof Refusal && error.code === 'brief_needed' && JSON.stringify(error.extra?.['missing']) === JSON.stringify(parts);

test('a case changes hands only with a brief, and what is missing is named', async () => {
  const caseId = await arrive();
  await assert.rejects(change(caseId, { teamId: billing }), missing('asked', 'tried', 'promised', 'next'));
  await assert.rejects(change(caseId, { teamId: billing, brief: { ...brief, next: '  ' } }), missing('next'));
  // That nothing was promised is said on purpose, not by leaving something out.
  await assert.rejects(change(caseId, { teamId: billing, brief: { ...brief, promised: ' ' } }), missing('promised'));
  await assert.rejects(change(caseId, { teamId: null }), missing('asked', 'tried', 'promised', 'next'), 'back to nobody’s team as well');
  assert.equal((await desk.asSystem((ctx) => getCase(ctx, caseId))).team?.id, desk.teamId);
  const moved = await change(caseId, { teamId: billing, brief: { ...brief, promised: null } });
  assert.equal(moved.team?.id, billing);
});

test('the brief stands on the timeline behind the change of team and is pinned until the next agent answers', async () => {
  const caseId = await arrive();
  const moved = await change(caseId, { teamId: billing, brief });
  const [line, told] = (await entries(caseId)).slice(-2);
  assert.equal(line?.kind, 'change');
  const { asked, tried, promised, next, fromTeam, toTeam, author } = told as BriefEntry;
  assert.deepEqual({ asked, tried, promised, next }, brief);
  assert.deepEqual([fromTeam, toTeam, author.name], ['Support', 'Billing', 'Anna Agent']);
  assert.deepEqual(moved.brief, told);
  await change(caseId, { priority: 'high' }, bela);
  assert.equal((await desk.asSystem((ctx) => getCase(ctx, caseId))).brief?.id, told?.id, 'other changes leave it pinned');
  await desk.asSystem((ctx) => receive(ctx, desk.mail({ caseId, from: 'anna@example.com' })));
  assert.equal((await desk.asSystem((ctx) => getCase(ctx, caseId))).brief?.id, told?.id, 'and so does the customer');
  await bela.does((ctx) => reply(ctx, { caseId, text: 'I have looked it up', to: ['anna@example.com'] }));
  assert.equal((await desk.asSystem((ctx) => getCase(ctx, caseId))).brief, null);
});

test('a case of no team is given to its first one without a brief', async () => {
  const { id } = await desk.inbox({}, null);
  const caseId = await arrive(id);
  assert.equal((await change(caseId, { teamId: billing })).brief, null);
});

test('whoever moved a case by mistake takes it back without a word, for ten minutes; nobody else does', async () => {
  const caseId = await arrive();
  await change(caseId, { teamId: billing, brief });
  await assert.rejects(change(caseId, { teamId: desk.teamId }, bela), missing('asked', 'tried', 'promised', 'next'));
  desk.clock.forward({ minutes: 9 });
  assert.equal((await change(caseId, { teamId: desk.teamId })).team?.id, desk.teamId);
  await change(caseId, { teamId: billing, brief });
  desk.clock.forward({ minutes: 11 });
  await assert.rejects(change(caseId, { teamId: desk.teamId }), missing('asked', 'tried', 'promised', 'next'));
});

test('a card number in a brief is masked, and a brief is found by its words', async () => {
  const caseId = await arrive();
  const moved = await change(caseId, { teamId: billing, brief: { ...brief, tried: 'Tried wombat card 4111111111111111' } });
  assert.ok(!JSON.stringify(moved.brief).includes('4111111111111111'));
  const found = await searchCases(desk.platform, { kind: 'agent', agentId: anna.id, name: 'Anna', permissions: new Set(['case.read']), caseScope: 'all', teamIds: [], address: '', accountId: desk.accountId }, { q: 'wombat', limit: 10 });
  assert.deepEqual(found.items.map((item) => item.case.id), [caseId]);
});
