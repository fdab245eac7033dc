import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { Refusal } from '../platform/refusal.ts';
import { addNote } from './add-note.ts';
import { listDrafts, saveDraft, type SaveDraft } from './drafts.ts';
import { upload } from './files.ts';
import { receive } from './receive.ts';
import { tidyUp } from './tidy-up.ts';

let desk: TestDesk;
let anna: TestAgent;
let ben: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent();
  ben = await desk.agent();
});
after(() => desk.close());

const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const save = (caseId: string, parts: Partial<SaveDraft> = {}, agent = anna) => agent.does((ctx) => saveDraft(ctx, { caseId, mode: 'reply', text: 'Dear customer', to: [], cc: [], attachmentIds: [], revision: 0, ...parts }));
const drafts = async (caseId: string, agent = anna) => (await agent.does((ctx) => listDrafts(ctx, caseId))).items;
const refused = (error: unknown) => error instanceof Refusal && error.code === 'changed_meanwhile';

test('a draft is kept for its case, its mode and its agent', async () => {
  const caseId = await arrive();
  await save(caseId, { to: ['a@example.com'], cc: ['b@example.com'] });
  await save(caseId, { mode: 'note', text: 'Ask Ben' });
  assert.deepEqual((await drafts(caseId)).map((draft) => [draft.mode, draft.text, draft.to, draft.cc, draft.revision]).sort(), [['note', 'Ask Ben', [], [], 1], ['reply', 'Dear customer', ['a@example.com'], ['b@example.com'], 1]]);
  assert.deepEqual(await drafts(caseId, ben), [], 'nobody sees a colleague’s draft');
  assert.deepEqual(await drafts(await arrive()), []);
});

test('an older version never overwrites a newer one, and is handed the newer', async () => {
  const caseId = await arrive();
  const first = await save(caseId, { text: 'One' });
  const second = await save(caseId, { text: 'Two', revision: first?.revision ?? 0 });
  assert.equal(second?.revision, 2);
  for (const revision of [0, 1]) {
    await assert.rejects(save(caseId, { text: 'Late', revision }), (error: unknown) => {
      assert.ok(refused(error));
      assert.equal(((error as Refusal).extra?.['draft'] as { text: string } | undefined)?.text, 'Two');
      return true;
    });
  }
  assert.equal((await drafts(caseId))[0]?.text, 'Two');
});

test('of two windows that save at once, one is told', async () => {
  const caseId = await arrive();
  const results = await Promise.allSettled([save(caseId, { text: 'Left' }), save(caseId, { text: 'Right' })]);
  assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
  assert.ok(results.every((result) => result.status === 'fulfilled' || refused(result.reason)));
});

test('an empty draft is no draft, and what is saved after it begins anew', async () => {
  const caseId = await arrive();
  assert.equal(await save(caseId, { text: ' ' }), null);
  const first = await save(caseId);
  assert.equal(await save(caseId, { text: '', revision: first?.revision ?? 0 }), null);
  assert.deepEqual(await drafts(caseId), []);
  assert.equal((await save(caseId, { text: 'Again' }))?.text, 'Again');
});

test('a note that was written removes the draft of the note only', async () => {
  const caseId = await arrive();
  await save(caseId);
  await save(caseId, { mode: 'note', text: 'Ask Ben' });
  await anna.does((ctx) => addNote(ctx, { caseId, text: 'Ask Ben' }));
  assert.deepEqual((await drafts(caseId)).map((draft) => draft.mode), ['reply']);
});

test('a file waits as long as a draft holds it, and an abandoned one is cleared away', async () => {
  const caseId = await arrive();
  const caller = { ...(await anna.does(async (ctx) => ctx.actor)), accountId: desk.accountId };
  const kept = await upload(desk.platform, caller, caseId, { filename: 'kept.txt', mediaType: 'text/plain', content: Buffer.from('kept') });
  const left = await upload(desk.platform, caller, caseId, { filename: 'left.txt', mediaType: 'text/plain', content: Buffer.from('left') });
  const draft = await save(caseId, { text: '', attachmentIds: [kept.id] });
  assert.deepEqual(draft?.attachments, [kept], 'a draft with a file is not empty');
  desk.clock.forward({ days: 8 });
  await tidyUp.run(desk.platform, {});
  assert.deepEqual((await drafts(caseId))[0]?.attachments, [kept]);
  assert.deepEqual(await desk.asSystem((ctx) => ctx.tx.run('select 1 from attachment where id = $1', [left.id])), []);
  await save(caseId, { text: '', attachmentIds: [], revision: draft?.revision ?? 0 });
  desk.clock.forward({ days: 8 });
  await tidyUp.run(desk.platform, {});
  assert.deepEqual(await desk.asSystem((ctx) => ctx.tx.run('select 1 from draft where case_id = $1', [caseId])), []);
});
