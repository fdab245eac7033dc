import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { permissionNames, type CaseScope, type Permission } from '@rapport/contract';
import { openTestDesk, type MailParts, type TestDesk } from '../../../testing/desk.ts';
import { caseReader } from '../../platform/case-scope.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { addNote } from '../add-note.ts';
import { selectTags } from '../list-store.ts';
import { receive } from '../receive.ts';
import { reply } from '../reply.ts';
import { searchCases, type SearchInput } from '../search.ts';
import { updateCase } from '../update-case.ts';
import { listSavedSearches, removeSavedSearch, saveSearch, updateSavedSearch } from './saved-searches.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

const arrive = (parts: MailParts) => desk.asSystem((ctx) => receive(ctx, desk.mail(parts)));
const change = (caseId: string, input: Parameters<typeof updateCase>[2]) => desk.asSystem((ctx) => updateCase(ctx, caseId, input));
const file = (filename: string) => ({ fileKey: `${desk.accountId}/00/${'0'.repeat(64)}`, filename, mediaType: 'application/pdf', bytes: 3, contentId: null, isInline: false });
const caller = (scope: CaseScope = 'all', agentId = desk.adminId, teamIds: string[] = [], permissions: readonly Permission[] = permissionNames): AgentActor & { accountId: string } => ({
  kind: 'agent', accountId: desk.accountId, agentId, name: 'Searcher', permissions: new Set(permissions), caseScope: scope, teamIds, address: '127.0.0.1',
});
const refused = (call: Promise<unknown>, code: string) => assert.rejects(call, (error) => error instanceof Refusal && error.code === code);
const search = (q: string, input: Partial<SearchInput> = {}, who = caller()) => searchCases(desk.platform, who, { q, limit: 25, ...input });
const foundBy = async (q: string, input: Partial<SearchInput> = {}, who = caller()) => (await search(q, input, who)).items.map((item) => item.case.id);
const same = (found: readonly string[], wanted: readonly string[], what: string) => assert.deepEqual([...found].sort(), [...wanted].sort(), what);

describe('weak search: filters say what words cannot', () => {
  let tom: string;
  let mia: string;
  let bob: { id: string };
  before(async () => {
    tom = (await arrive({ from: 'tom.berg@elk.example', fromName: 'Tom Bërg', subject: 'Grinder', text: 'The burr is worn', attachments: [file('Rechnung-März.pdf')] })).caseId ?? '';
    mia = (await arrive({ from: 'mia@moose.example', fromName: 'Mia Solberg', subject: 'Kettle', text: 'The burr, said Tom Berg, is fine' })).caseId ?? '';
    bob = await desk.agent({ name: 'Bob Builder' });
    await change(tom, { priority: 'urgent', addTags: ['vip', 'refund'], assigneeId: bob.id, kind: 'complaint' });
    await change(mia, { addTags: ['vip'], status: 'pending', assigneeId: desk.adminId });
  });

  test('by who wrote, in part too, with words and without', async () => {
    for (const q of ['from:tom.berg@elk.example', 'from:"tom berg" burr', 'burr from:tom', 'burr from:ber', 'from:@elk.example', 'burr von:Bërg']) same(await foundBy(q), [tom], q);
    same(await foundBy('burr'), [tom, mia], 'the word alone finds both');
    same(await foundBy('burr -from:tom'), [mia], 'all but his');
  });

  test('by what a colleague wrote, and to whom', async () => {
    await asBob().does((ctx) => addNote(ctx, { caseId: mia, text: 'The gasket is on order' }));
    await asBob().does((ctx) => reply(ctx, { caseId: tom, to: ['tom.berg@elk.example'], text: 'A gasket is on its way', thenStatus: 'open' }));
    same(await foundBy('gasket from:bob'), [mia, tom], 'his note and his answer');
    same(await foundBy('gasket from:mia'), [], 'not hers');
    same(await foundBy('gasket to:elk'), [tom], 'what went to him');
    same(await foundBy('to:tom.berg@elk.example'), [tom], 'without words');
    same(await foundBy(`burr to:${desk.inboxAddress}`), [tom, mia], 'what came to an inbox of ours');
  });

  test('by the case: status, kind, priority, tags, assignee, team and inbox', async () => {
    const cases: [string, string[]][] = [
      ['burr status:open', [tom]], ['burr status:new', []], ['burr -status:new', [tom, mia]], ['burr status:pending', [mia]], ['burr -status:pending', [tom]], ['burr status:open status:wartend', [tom, mia]], ['burr kind:complaint', [tom]], ['burr priority:urgent', [tom]],
      ['burr tag:vip', [tom, mia]], ['burr tag:vip tag:refund', [tom]], ['burr tag:vip -tag:refund', [mia]], ['burr assignee:me', [mia]], ['burr assignee:bob', [tom]], ['burr assignee:none', []], ['burr -assignee:none', [tom, mia]],
      ['burr team:none', []], ['burr inbox:"Support 1"', [tom, mia]],
    ];
    for (const [q, wanted] of cases) {
      same(await foundBy(q), wanted, q);
      // Without a word the same cases come, newest first, and none that has the word lacks.
      same((await foundBy(q.replace('burr ', ''))).filter((id) => id === tom || id === mia), wanted, q.replace('burr ', ''));
    }
  });

  test('by files and their names', async () => {
    same(await foundBy('burr has:attachment'), [tom], 'has');
    same(await foundBy('burr -has:attachment'), [mia], 'has none');
    for (const q of ['file:rechnung', 'file:Rechnung-Marz.pdf', 'datei:"rechnung märz"', 'burr file:pdf']) same(await foundBy(q), [tom], q);
    same(await foundBy('burr -file:rechnung'), [mia], 'not that file');
    same((await foundBy('has:attachment')).filter((id) => id === tom || id === mia), [tom], 'without a word');
  });

  test('a word or phrase to leave out', async () => {
    same(await foundBy('burr -worn'), [mia], 'a word');
    same(await foundBy('burr -"is fine"'), [tom], 'a phrase');
    same(await foundBy('burr -"fine is"'), [tom, mia], 'a phrase that stands nowhere');
    assert.deepEqual((await search('-worn')).hints.map((hint) => hint.code), ['only_without']);
  });

  test('what is not understood is said and left out, and words are kept', async () => {
    const answer = await search('burr assignee:zebulon colour:red status:purple ');
    assert.deepEqual(answer.hints.map(({ code, value }) => `${code} ${value}`).sort(), ['unknown_filter red', 'unknown_value purple', 'unknown_value zebulon']);
    same((await search('burr status:purple ')).items.map((item) => item.case.id), [tom, mia], 'as if it were not there');
  });

  test('pages of filtered cases follow one another', async () => {
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search('tag:vip', { limit: 1, cursor });
      pages.push(...page.items.map((item) => item.case.id));
      assert.equal(page.total, 2, 'of all pages');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(pages, [mia, tom], 'newest first');
  });

  function asBob() {
    return { does: <T>(work: (ctx: Ctx) => Promise<T>) => desk.asSystem((ctx) => work({ ...ctx, actor: { ...caller('all', bob.id), name: 'Bob Builder' } })) };
  }
});

test('dates begin with the day where the asker is', async () => {
  const at = desk.clock.now();
  desk.clock.moveTo(new Date('2026-05-10T22:30:00Z'));
  const { caseId } = await arrive({ text: 'a nocturnal okapi' });
  desk.clock.moveTo(new Date('2026-05-20T09:00:00Z'));
  const inBerlin = { timeZone: 'Europe/Berlin' };
  assert.deepEqual(await foundBy('okapi after:2026-05-11', inBerlin), [caseId], 'half past midnight there');
  assert.deepEqual(await foundBy('okapi after:2026-05-11'), [], 'still the day before in UTC');
  assert.deepEqual(await foundBy('okapi before:2026-05-11', inBerlin), []);
  assert.deepEqual(await foundBy('okapi after:10d before:9d', inBerlin), [], 'the 10th there');
  assert.deepEqual(await foundBy('okapi after:9d before:8d', inBerlin), [caseId], 'the 11th there');
  assert.deepEqual(await foundBy('okapi -after:2026-05-11', inBerlin), []);
  assert.deepEqual(await foundBy('okapi after:2026-05-11', { timeZone: 'Nowhere/Land' }), [], 'an unknown zone is UTC');
  assert.ok((await foundBy('after:2026-05-11', inBerlin)).includes(caseId ?? ''), 'without words');
  desk.clock.moveTo(at);
});

test('several entries of a case that match are shown below one another', async () => {
  const first = await arrive({ text: 'one marmot', messageId: '<marmot@x>' });
  for (const n of [2, 3, 4]) await arrive({ text: `marmot number ${n}`, answers: ['<marmot@x>'] });
  const { items } = await search('marmot');
  assert.equal(items.length, 1);
  assert.equal(items[0]?.case.id, first.caseId);
  assert.equal(items[0]?.also.length, 2);
  assert.deepEqual(await foundBy('marmot status:neu'), [first.caseId], 'nobody has touched it');
  assert.equal(new Set([items[0]?.entryId, ...(items[0]?.also ?? []).map((one) => one.entryId)]).size, 3);
  for (const one of items[0]?.also ?? []) assert.match(one.snippet, /\u0002marmot\u0003/);
});

describe('a mistyped word', () => {
  test('is answered with the word that was meant, in what was typed', async () => {
    await arrive({ from: 'ines@heron.example', fromName: 'Ines Heron', text: 'My espresso machine leaks at the portafilter' });
    const guess = async (q: string) => (await search(q)).didYouMean;
    assert.equal(await guess('expresso'), 'espresso');
    assert.equal(await guess('machien leaks'), 'machine leaks');
    assert.equal(await guess('leakz expresso'), 'leaks espresso');
    assert.equal(await guess('portfilter status:open'), 'portafilter status:open');
    assert.equal(await guess('portafliterr'), 'portafilter', 'two mistakes behind a right beginning');
    assert.equal(await guess('from:heron expresso'), 'from:heron espresso');
    assert.equal(await guess('espresso'), null, 'what finds something is not doubted');
    assert.equal(await guess('qzxqzxq'), null);
    assert.equal(await guess('LC-48219'), null, 'numbers are as they are');
    assert.equal((await search('espresso')).items.length, 1);
  });

  test('in other scripts too', async () => {
    await arrive({ text: 'Моя кофемашина сломалась' });
    assert.equal((await search('кофемашына')).didYouMean, 'кофемашина');
  });
});

describe('nothing tells of cases that one may not see', () => {
  let theirs: string;
  let hidden: string;
  const outsiders = () => [caller('team', newId(), [desk.teamId]), caller('own', newId(), [theirs])];
  before(async () => {
    theirs = await desk.team('Secret team');
    const inbox = await desk.inbox({}, theirs);
    hidden = (await arrive({ inboxId: inbox.id, from: 'spy@bunker.example', fromName: 'Vesper Lynd', subject: 'Xylograph', text: 'the hidden xylophone', attachments: [file('blueprint.pdf')] })).caseId ?? '';
    await change(hidden, { addTags: ['topsecret'] });
  });

  test('neither results, nor pages, nor guesses of words and names', async () => {
    for (const who of outsiders()) {
      for (const q of ['xylophone', 'xylophon', 'xylopone', 'xilophone', 'vespre', 'from:vesper', 'from:spy@bunker.example', 'file:blueprint', 'tag:topsecret', 'xylograph -foo', '"hidden xylophone"', 'xylophone tag:topsecret', 'after:2020 has:attachment tag:topsecret']) {
        const { items, nextCursor, total, didYouMean, isPartial } = await search(q, {}, who);
        assert.deepEqual({ items, nextCursor, total, didYouMean, isPartial }, { items: [], nextCursor: null, total: 0, didYouMean: null, isPartial: false }, `${who.caseScope}: ${q}`);
      }
      const number = (await search('xylophone')).items[0]?.case.number ?? 0;
      const byNumber = await search(String(number), {}, who);
      assert.deepEqual([byNumber.items, byNumber.total], [[], 0], 'nor that a number is taken');
    }
    const insider = caller('team', newId(), [theirs]);
    assert.deepEqual(await foundBy('xylophone', {}, insider), [hidden]);
    assert.equal((await search('xilophone', {}, insider)).didYouMean, 'xylophone');
  });

  test('nor the list of tags', async () => {
    const tags = (who: AgentActor) => desk.asSystem((ctx) => selectTags(ctx, caseReader(who)));
    for (const who of outsiders()) assert.ok(!(await tags(who)).includes('topsecret'), who.caseScope);
    assert.ok((await tags(caller('team', newId(), [theirs]))).includes('topsecret'));
    assert.ok((await tags(caller())).includes('topsecret'));
    const owner = await desk.agent({ name: 'Owner' });
    await change(hidden, { assigneeId: owner.id });
    assert.deepEqual(await tags(caller('own', owner.id)), ['topsecret']);
    assert.deepEqual(await tags(caller('all', newId(), [], [])), [], 'nor anything to who may not read cases');
  });

  test('names of colleagues are looked up only for who may see colleagues', async () => {
    await desk.agent({ name: 'Moneypenny' });
    const who = caller('all', newId(), [], ['case.read']);
    assert.deepEqual((await search('assignee:moneypenny team:secret', {}, who)).hints.map((hint) => hint.code), ['unknown_value', 'unknown_value']);
    assert.deepEqual((await search('assignee:moneypenny', {})).hints, []);
  });

  test('spam and deleted cases are only for those who may bring them back', async () => {
    const { caseId } = await arrive({ text: 'a discarded wolverine' });
    await desk.superuserPool().query(`update cases set removed_as = 'deleted', removed_at = now() where id = $1`, [caseId]);
    assert.deepEqual(await foundBy('wolverine status:deleted'), [caseId]);
    assert.deepEqual(await foundBy('status:deleted'), [caseId]);
    const who = caller('all', newId(), [], ['case.read']);
    for (const q of ['wolverine', 'status:deleted', 'wolverine status:deleted', 'wolverine -status:open', '-status:open', 'wolvrine status:deleted']) assert.deepEqual((await search(q, {}, who)).items.filter((item) => item.case.id === caseId), [], q);
    assert.equal((await search('wolvrine status:deleted', {}, who)).didYouMean, null);
  });
});

test('whatever is typed is answered', async () => {
  for (const q of ['tag:"\u0000"', 'from:\ud800', 'file:"\'); drop table cases; --"', 'inbox:%_', 'tag:\\', `${'-a '.repeat(60)}`, 'to:&|!', 'from:"', '#999999999999999', 'before:9999', 'after:1000-01-01 -has:attachment']) await search(q);
});

describe('slow as data grows: a search that nobody waits for', () => {
  test('is cancelled in the database, and the connection serves the next', async () => {
    const gone = new AbortController();
    let isRunning: () => void = () => {};
    const running = new Promise<void>((resolve) => (isRunning = resolve));
    const work = desk.database.forSearch(desk.accountId, async (tx) => {
      isRunning();
      await tx.run('select pg_sleep(60)');
    }, gone.signal);
    await running;
    gone.abort();
    await assert.rejects(work);
    const { rows } = await desk.superuserPool().query(`select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`);
    assert.deepEqual(rows, []);
    for (let i = 0; i < 10; i += 1) await foundBy('espresso');
  });

  test('is refused with advice, as is one that takes too long', async () => {
    const gone = new AbortController();
    gone.abort();
    await refused(searchCases(desk.platform, caller(), { q: 'espresso', limit: 25 }, gone.signal), 'search_too_long');
    const slow = { ...desk.platform, database: { ...desk.database, forSearch: () => Promise.reject(Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' })) } } as unknown as typeof desk.platform;
    await refused(searchCases(slow, caller(), { q: 'espresso', limit: 25 }), 'search_too_long');
  });
});

test('basics behind a paywall: everybody saves searches, and has them alone', async () => {
  const [anna, ben] = [await desk.agent({ name: 'Anna' }), await desk.agent({ name: 'Ben' })];
  const saved = await anna.does((ctx) => saveSearch(ctx, { name: 'Refunds', q: 'refund status:open' }));
  await anna.does((ctx) => saveSearch(ctx, { name: 'Angry', q: 'kind:complaint' }));
  assert.deepEqual((await anna.does(listSavedSearches)).map((one) => one.name), ['Angry', 'Refunds']);
  assert.deepEqual(await ben.does(listSavedSearches), []);
  await refused(anna.does((ctx) => saveSearch(ctx, { name: 'refunds', q: 'x' })), 'name_taken');
  await ben.does((ctx) => saveSearch(ctx, { name: 'Refunds', q: 'mine' }));
  assert.equal((await anna.does((ctx) => updateSavedSearch(ctx, saved.id, { name: 'Money back' }))).q, 'refund status:open');
  await refused(anna.does((ctx) => updateSavedSearch(ctx, saved.id, { name: 'ANGRY' })), 'name_taken');
  await refused(ben.does((ctx) => updateSavedSearch(ctx, saved.id, { q: 'taken over' })), 'not_found');
  await refused(ben.does((ctx) => removeSavedSearch(ctx, saved.id)), 'not_found');
  await anna.does((ctx) => removeSavedSearch(ctx, saved.id));
  await refused(anna.does((ctx) => removeSavedSearch(ctx, saved.id)), 'not_found');
  assert.equal((await anna.does(listSavedSearches)).length, 1);
});

test('an agent saves fifty searches, and no more however many come at once', async () => {
  const carl = await desk.agent({ name: 'Carl' });
  for (let i = 0; i < 49; i += 1) await carl.does((ctx) => saveSearch(ctx, { name: `Search ${i}`, q: 'x' }));
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => carl.does((ctx) => saveSearch(ctx, { name, q: 'x' }))));
  assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
  assert.equal((await carl.does(listSavedSearches)).length, 50);
});

test('whoever reads a search in larger pages finds the same cases, so that a change of all of them changes those that were counted', async () => {
  for (let i = 0; i < 27; i += 1) await arrive({ subject: `Flask ${i}`, text: 'It is a zthermo' });
  for (let i = 0; i < 5; i += 1) await arrive({ subject: `Oven ${i}`, text: 'It is a zthermostat' });
  const small = await search('zthermo');
  const large = await search('zthermo', { limit: 100 });
  assert.deepEqual([small.total, large.total, large.items.length], [27, 27, 27]);
});
