import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { builtInRoles, macroContent, type MacroContent } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../../testing/desk.ts';
import { receive } from '../../cases/index.ts';
import { createFolder, listFolders, removeFolder, restoreFolder } from './folders.ts';
import { foldMacroUses } from './fold-uses.ts';
import { exportMacros, importMacros } from './macro-file.ts';
import { createMacro, getMacro, listMacros, listMacroVersions, removeMacro, restoreMacro, updateMacro } from './macros.ts';
import { library } from './starter-library.ts';
import { listStarters, takeStarters } from './take-starters.ts';
import { recordMacroUse } from './record-use.ts';
import { previewMacro, renderMacro } from './render-macro.ts';
import { Refusal } from '../../platform/refusal.ts';

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
let desk: TestDesk;
let lead: TestAgent;
let anna: TestAgent;
let teamId: string;
let everyoneId: string;
before(async () => {
  desk = await openTestDesk();
  teamId = await desk.team('Shop');
  lead = await desk.agent({ name: 'Lea Lead', scope: 'team', teamIds: [teamId], permissions: builtInRoles.lead.permissions });
  anna = await desk.agent({ name: 'Anna Abend', scope: 'team', teamIds: [teamId, desk.teamId], permissions: builtInRoles.agent.permissions });
  everyoneId = (await lead.does((ctx) => createFolder(ctx, { name: 'All', audience: 'everyone' }))).id;
});
after(() => desk.close());

const said = (text: string, more: Partial<MacroContent> = {}): MacroContent => macroContent.parse({ texts: [{ text }], ...more });
let count = 0;
const write = (content: MacroContent, folderId = everyoneId, by = lead) => by.does((ctx) => createMacro(ctx, { name: `Macro ${(count += 1)}`, folderId, content }));
const arrive = async (parts: Parameters<TestDesk['mail']>[0] = {}) => (await desk.asSystem((ctx) => receive(ctx, desk.mail(parts)))).caseId;
const read = (caseId: string, content: MacroContent, timeZone?: string) => anna.does((ctx) => previewMacro(ctx, { caseId, content, timeZone }));

test('a folder is seen by those whose it is, and by nobody else', async () => {
  const stranger = await desk.agent({ scope: 'team', teamIds: [], permissions: builtInRoles.lead.permissions });
  const chief = await desk.agent({ scope: 'all', permissions: builtInRoles.supervisor.permissions });
  const own = await anna.does((ctx) => createFolder(ctx, { name: 'Mine', audience: 'personal' }));
  const shared = await lead.does((ctx) => createFolder(ctx, { name: 'Shop', audience: 'team', teamId }));
  const hers = await write(said('My own words'), own.id, anna);
  const ours = await write(said('Our words'), shared.id);
  const seen = async (who: TestAgent) => (await who.does(listMacros)).items.map((one) => one.id).filter((id) => id === hers.id || id === ours.id);
  assert.deepEqual([new Set(await seen(anna)), await seen(lead), await seen(stranger), await seen(chief)], [new Set([hers.id, ours.id]), [ours.id], [], [ours.id]]);
  await assert.rejects(stranger.does((ctx) => getMacro(ctx, ours.id)), refused('not_found'));
  await assert.rejects(chief.does((ctx) => getMacro(ctx, hers.id)), refused('not_found'));
  const caseId = await arrive();
  await assert.rejects(chief.does((ctx) => renderMacro(ctx, { caseId, macroId: hers.id })), refused('not_found'));
  await assert.rejects(chief.does((ctx) => recordMacroUse(ctx, hers.id)), refused('not_found'));
});

test('writing for others needs the right to, and for a team to be in it', async () => {
  await assert.rejects(anna.does((ctx) => createFolder(ctx, { name: 'No', audience: 'everyone' })), refused('not_allowed'));
  await assert.rejects(write(said('x'), everyoneId, anna), refused('not_allowed'));
  const other = await desk.team();
  await assert.rejects(lead.does((ctx) => createFolder(ctx, { name: 'No', audience: 'team', teamId: other })), refused('not_allowed'));
  await assert.rejects(lead.does((ctx) => createFolder(ctx, { name: 'No', audience: 'team' })), refused('invalid_request'));
  const made = await write(said('x'));
  await assert.rejects(anna.does((ctx) => updateMacro(ctx, { macroId: made.id, folderId: everyoneId, name: 'Mine now', content: said('y'), version: 1 })), refused('not_allowed'));
  await assert.rejects(anna.does((ctx) => removeMacro(ctx, made.id)), refused('not_allowed'));
  assert.deepEqual((await anna.does(listFolders)).items.filter((folder) => folder.audience === 'everyone').map((folder) => folder.canEdit), [false]);
});

test('every version is kept with who wrote it, and an old one does not overwrite a newer', async () => {
  const made = await write(said('One'));
  const change = (text: string, version: number) => lead.does((ctx) => updateMacro(ctx, { macroId: made.id, folderId: everyoneId, name: made.name, content: said(text), version }));
  assert.equal((await change('Two', 1)).version, 2);
  await assert.rejects(change('Late', 1), refused('changed_meanwhile'));
  const { items } = await anna.does((ctx) => listMacroVersions(ctx, { macroId: made.id, limit: 10 }));
  assert.deepEqual(items.map((one) => [one.version, one.content.texts[0]?.text, one.changedBy]), [[2, 'Two', 'Lea Lead'], [1, 'One', 'Lea Lead']]);
  const page = await anna.does((ctx) => listMacroVersions(ctx, { macroId: made.id, limit: 1 }));
  assert.equal((await anna.does((ctx) => listMacroVersions(ctx, { macroId: made.id, limit: 1, cursor: page.nextCursor ?? '' }))).items[0]?.version, 1);
});

test('names are taken once in a folder, a folder with something in it stays, and nothing is no macro', async () => {
  const made = await write(said('x'));
  await assert.rejects(lead.does((ctx) => createMacro(ctx, { name: made.name.toUpperCase(), folderId: everyoneId, content: said('y') })), refused('name_taken'));
  await assert.rejects(lead.does((ctx) => createFolder(ctx, { name: 'all', audience: 'everyone' })), refused('name_taken'));
  await assert.rejects(lead.does((ctx) => removeFolder(ctx, everyoneId)), refused('still_in_use'));
  await assert.rejects(write(said('  ')), refused('macro_empty'));
  await assert.rejects(write(macroContent.parse({ texts: [{ text: '', html: '<script>x</script>' }], actions: { addTags: [] } })), refused('macro_empty'));
});

test('a removed macro comes back with its versions and its use, and a folder empty as it was', async () => {
  const folder = await lead.does((ctx) => createFolder(ctx, { name: 'Seasonal', audience: 'everyone' }));
  const made = await write(said('Happy new year'), folder.id);
  await lead.does((ctx) => updateMacro(ctx, { macroId: made.id, version: 1, name: made.name, folderId: folder.id, content: said('Happy new year, {{customer.firstName}}') }));
  await anna.does((ctx) => recordMacroUse(ctx, made.id));
  const before = await lead.does((ctx) => getMacro(ctx, made.id));
  const versions = () => lead.does((ctx) => listMacroVersions(ctx, { macroId: made.id, limit: 10 }));
  const versionsBefore = await versions();
  const wayBack = (await lead.does((ctx) => removeMacro(ctx, made.id))).wayBack ?? assert.fail('no way back');
  const folderBack = (await lead.does((ctx) => removeFolder(ctx, folder.id))).wayBack ?? assert.fail('no way back');
  await assert.rejects(lead.does((ctx) => restoreMacro(ctx, wayBack)), refused('not_found'), 'its folder has to be there');
  await assert.rejects(anna.does((ctx) => restoreFolder(ctx, folderBack)), refused('not_allowed'));
  assert.equal((await lead.does((ctx) => restoreFolder(ctx, folderBack))).id, folder.id);
  await assert.rejects(anna.does((ctx) => restoreMacro(ctx, wayBack)), refused('not_allowed'));
  assert.deepEqual(await lead.does((ctx) => restoreMacro(ctx, wayBack)), before);
  assert.deepEqual(await versions(), versionsBefore);
  await assert.rejects(lead.does((ctx) => restoreMacro(ctx, wayBack)), refused('undone_already'));
  await assert.rejects(lead.does((ctx) => restoreFolder(ctx, wayBack)), refused('undo_over'), 'what is sealed for one is nothing for the other');
});

test('a long saved reply in four languages, changed thirty times, comes back too', async () => {
  const words = Array.from({ length: 6000 }, (_, i) => `word${(i * 7919) % 5003}`).join(' ');
  const content = (round: number) => macroContent.parse({ texts: ['de', 'fr', 'es', 'en'].map((language) => ({ when: { language }, text: '', html: `<p>${language} ${round} ${words}</p>` })) });
  const made = await write(content(0));
  for (let version = 1; version <= 30; version += 1) await lead.does((ctx) => updateMacro(ctx, { macroId: made.id, version, name: made.name, folderId: made.folder.id, content: content(version) }));
  const wayBack = (await lead.does((ctx) => removeMacro(ctx, made.id))).wayBack ?? assert.fail('no way back');
  assert.equal((await lead.does((ctx) => restoreMacro(ctx, wayBack))).version, 31);
});

test('what is formatted is kept as the editor makes it, without pictures, card numbers masked', async () => {
  const made = await write(macroContent.parse({ texts: [{ text: 'ignored', html: '<p style="x"><b>Hi</b> 4111 1111 1111 1111<img src="cid:a@b"></p>' }], actions: { note: 'Card 4111111111111111' } }));
  assert.deepEqual(made.content, { texts: [{ when: {}, text: 'Hi **** **** **** 1111', html: '<p><strong>Hi</strong> **** **** **** 1111</p>' }], actions: { note: 'Card ************1111' } });
});

test('variables are filled in from the case, and a value is never markup nor a variable', async () => {
  const caseId = await arrive({ from: 'ida@example.com', fromName: 'Dr. Ida <b>Berg</b>', subject: '{{agent.name}} & co' });
  const made = await read(caseId, macroContent.parse({ texts: [{ text: '', html: '<p>{{customer.firstName}} {{ CUSTOMER.NAME }} {{case.subject}} {{agent.firstName}} {{company.name}} {{today}}</p>' }] }));
  assert.equal(made.html, '<p>Ida Dr. Ida &lt;b&gt;Berg&lt;/b&gt; {{agent.name}} &amp; co Anna Test company March 2, 2026</p>');
  assert.deepEqual([made.missing, made.unknown], [[], []]);
  assert.match((await read(caseId, said('{{tomorrow}}'), 'Pacific/Auckland')).text, /March 3, 2026/);
});

test('what is not known stays marked and is named', async () => {
  const caseId = await arrive({ from: 'nobody@example.com', fromName: null });
  const made = await read(caseId, said('Hello {{customer.firstName}}, {{nonsense.here}}', { actions: { note: '{{customer.name}}' } }));
  assert.equal(made.text, 'Hello {{customer.firstName}}, {{nonsense.here}}');
  assert.deepEqual([made.missing, made.unknown], [['customer.firstName', 'customer.name'], ['nonsense.here']]);
});

test('the text follows the customer’s language, the kind and the tags of the case', async () => {
  const content = macroContent.parse({ texts: [{ when: { language: 'de', tag: 'vip' }, text: 'VIP' }, { when: { language: 'de' }, text: 'Hallo' }, { when: { kind: 'complaint' }, text: 'Sorry' }, { text: 'Hello' }] });
  const german = await arrive({ from: 'g@example.com', text: 'Guten Tag, ich habe vor zwei Wochen eine Lampe bestellt und sie ist leider immer noch nicht angekommen.' });
  const english = await arrive({ from: 'e@example.com', text: 'Good morning, two weeks ago I ordered a lamp from your shop and it still has not arrived here.' });
  const short = await arrive({ from: 's@example.com', text: 'Hallo?' });
  assert.deepEqual([(await read(german, content)).text, (await read(english, content)).text, (await read(short, content)).text], ['Hallo', 'Hello', 'Hello']);
  await desk.asSystem((ctx) => ctx.tx.run(`update cases set tags = '{vip}' where id = $1`, [german]));
  await desk.asSystem((ctx) => ctx.tx.run(`update cases set kind = 'complaint' where id = $1`, [english]));
  assert.deepEqual([(await read(german, content)).text, (await read(english, content)).text], ['VIP', 'Sorry']);
  await desk.asSystem((ctx) => ctx.tx.run(`update customer set locale = 'de-AT' where id = (select customer_id from cases where id = $1)`, [short]));
  assert.equal((await read(short, content)).text, 'Hallo', 'what an agent set counts more than a guess');
});

test('what a macro would do is said, and nothing happens yet', async () => {
  const caseId = await arrive();
  const made = await read(caseId, macroContent.parse({ actions: { status: 'pending', priority: 'high', assignee: 'me', teamId, addTags: ['Refund'], snoozeHours: 24, note: 'Hi {{agent.firstName}}' } }));
  assert.deepEqual(made.actions, { status: 'pending', priority: 'high', addTags: ['refund'], assigneeId: anna.id, assigneeName: 'Anna Abend', teamId, teamName: 'Shop', snoozedUntil: '2026-03-03T09:00:00.000Z', note: 'Hi Anna' });
  const [leaver, closing] = [await desk.agent({ name: 'Lou Leaver' }), await desk.team('Closing')];
  const kept = await write(macroContent.parse({ texts: [{ text: 'x' }], actions: { assignee: leaver.id, teamId: closing } }));
  await desk.asSystem(async (ctx) => {
    await ctx.tx.run(`update agent set state = 'disabled' where account_id = $1 and id = $2`, [ctx.accountId, leaver.id]);
    await ctx.tx.run('delete from team where account_id = $1 and id = $2', [ctx.accountId, closing]);
  });
  assert.deepEqual((await anna.does((ctx) => renderMacro(ctx, { caseId, macroId: kept.id }))).actions, {}, 'whoever has left gets no work');
  assert.deepEqual([(await anna.does(listMacros)).items.find(({ id }) => id === kept.id)?.leavers, (await anna.does((ctx) => getMacro(ctx, kept.id))).leavers], [['Lou Leaver'], ['Lou Leaver']], 'and the macro says so');
  await assert.rejects(write(macroContent.parse({ actions: { assignee: leaver.id } })), refused('invalid_request'), 'nor is any given to them anew');
  await assert.rejects(write(macroContent.parse({ actions: { assignee: desk.accountId } })), refused('invalid_request'), 'and nobody is named who never was there');
  await assert.rejects(lead.does((ctx) => updateMacro(ctx, { macroId: kept.id, version: 1, name: 'x', folderId: kept.folder.id, content: macroContent.parse({ actions: { teamId: closing } }) })), refused('invalid_request'));
});

test('uses are counted without anybody waiting, also after they were folded together', async () => {
  const made = await write(said('x'));
  await Promise.all(Array.from({ length: 8 }, () => anna.does((ctx) => recordMacroUse(ctx, made.id))));
  const seen = async () => (await anna.does(listMacros)).items[0];
  assert.deepEqual([(await seen())?.id, (await seen())?.uses, (await seen())?.lastUsedAt], [made.id, 8, desk.clock.now().toISOString()]);
  await foldMacroUses.run(desk.platform, {});
  assert.equal((await seen())?.uses, 8);
  assert.equal((await desk.asSystem((ctx) => ctx.tx.run('select 1 from macro_use where macro_id = $1', [made.id]))).length, 1);
});

test('what was carried out of one place is taken in at another, once', async () => {
  await write(macroContent.parse({ texts: [{ text: 'Carried' }], actions: { assignee: anna.id, teamId, addTags: ['x'] } }));
  const file = await lead.does(exportMacros);
  assert.doesNotMatch(JSON.stringify(file), new RegExp(`${anna.id}|${teamId}`), 'people and teams stay at home');
  const ben = await desk.agent({ scope: 'team', permissions: builtInRoles.agent.permissions });
  await assert.rejects(ben.does((ctx) => importMacros(ctx, { audience: 'everyone', file: { ...file, folders: file.folders.map((folder) => ({ ...folder, name: `New ${folder.name}` })) } })), refused('not_allowed'));
  const first = await ben.does((ctx) => importMacros(ctx, { audience: 'personal', file }));
  assert.equal(first.added, file.folders.reduce((sum, folder) => sum + folder.macros.length, 0));
  assert.deepEqual(await ben.does((ctx) => importMacros(ctx, { audience: 'personal', file })), { added: 0, skipped: first.added });
});

test('a team that begins with nothing takes up ready texts, once, in its language and with one for the other', async () => {
  const keys = ['where_is_my_order', 'refund_under_way', 'no such text'];
  const before = (await anna.does(listMacros)).items.length;
  assert.deepEqual(await anna.does((ctx) => takeStarters(ctx, { keys, language: 'de' })), { added: 2, skipped: 0 });
  assert.deepEqual(await anna.does((ctx) => takeStarters(ctx, { keys, language: 'de' })), { added: 0, skipped: 2 });
  const mine = (await anna.does(listMacros)).items.filter((one) => one.folder.name === 'Erste Antworten');
  assert.deepEqual([mine.length, mine.every((one) => one.folder.audience === 'personal' && one.isShipped && one.canEdit), (await anna.does(listMacros)).items.length], [2, true, before + 2], 'who may not write for others gets them for herself');
  const refund = mine.find((one) => one.name === 'Die Erstattung ist unterwegs');
  const [english, german] = [await arrive({ from: 'anna.berg@example.com', fromName: 'Anna Berg', text: 'Hello, I would like to know when the money will be back on my account, please.' }), await arrive({ from: 'anna.berg@example.net', fromName: 'Anna Berg', text: 'Guten Tag, ich möchte gerne wissen, wann das Geld wieder auf meinem Konto ist.' })];
  const read = async (caseId: string) => (await anna.does((ctx) => renderMacro(ctx, { caseId, macroId: refund?.id ?? '' }))).text;
  assert.match(await read(english), /^Hello Anna,[^]*we have started your refund[^]*Kind regards\nAnna$/);
  assert.match(await read(german), /^Guten Tag Anna Berg,[^]*Ihre Erstattung veranlasst[^]*Freundliche Grüße\nAnna Abend$/);
  assert.deepEqual(await lead.does((ctx) => takeStarters(ctx, { keys: ['hand_over'], language: 'en', folderId: everyoneId })), { added: 1, skipped: 0 });
  await assert.rejects(anna.does((ctx) => takeStarters(ctx, { keys, language: 'en', folderId: everyoneId })), refused('not_allowed'));
});

test('every ready text reads whole in both languages on a case of somebody with a name', async () => {
  const caseId = await arrive({ fromName: 'Anna Berg' });
  assert.equal(new Set(library.map((one) => one.key)).size, library.length);
  assert.deepEqual((await listStarters()).items.map((one) => one.key).toSorted(), library.map((one) => one.key).toSorted());
  for (const { name, text } of library) {
    for (const language of ['en', 'de'] as const) {
      const { missing, unknown, text: written } = await read(caseId, said(text[language]));
      assert.deepEqual([missing, unknown, written.includes('{{'), name[language].length > 3], [[], [], false, true], name[language]);
    }
    assert.equal(text.en.includes('{{tomorrow}}'), text.de.includes('{{tomorrow}}'), 'both say the same');
  }
});

test('in German a saved reply names days and people as Germans do, and its conditions hold for German customers', async () => {
  desk.clock.moveTo(new Date('2026-11-23T23:30:00.000Z'));
  const caseId = await arrive({ from: 'aenne@example.net', fromName: 'Berg, Dr. Änne', text: 'Guten Tag, ich warte seit zwei Wochen auf die Lieferung und habe nichts von Ihnen gehört.' });
  const content = macroContent.parse({ texts: [{ when: { language: 'en' }, text: 'Hello' }, { when: { language: 'de', tag: 'vip' }, text: 'Sehr geehrte' }, { when: { language: 'de' }, text: 'Guten Tag {{ customer.firstname }}, heute {{today}}, morgen {{tomorrow}}.' }, { text: 'Bonjour' }] });
  assert.equal((await read(caseId, content, 'Europe/Berlin')).text, 'Guten Tag Änne, heute 24. November 2026, morgen 25. November 2026.');
});
