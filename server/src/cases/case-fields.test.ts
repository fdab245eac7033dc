import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CaseField, FieldType, FieldValue } from '@rapport/contract';
import { openTestDesk, type TestAgent, type TestDesk } from '../../testing/desk.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { createField, orderFields, removeField, updateField } from './define-fields.ts';
import { selectFields } from './field-store.ts';
import { getCase } from './get-case.ts';
import { listCases } from './list-cases.ts';
import { listEntries } from './list-entries.ts';
import { receive } from './receive.ts';
import { reply } from './reply.ts';
import { updateCase, type UpdateCase } from './update-case.ts';

let desk: TestDesk;
let anna: TestAgent;
before(async () => {
  desk = await openTestDesk();
  anna = await desk.agent({ name: 'Anna Agent', teamIds: [desk.teamId] });
});
after(() => desk.close());

let count = 0;
const field = (type: FieldType, parts: Partial<CaseField> = {}): CaseField => ({
  id: newId(), name: `Field ${(count += 1)}`, type, options: type === 'choice' ? [{ id: newId(), label: 'Red', isRetired: false }, { id: newId(), label: 'Blue', isRetired: false }] : [], currency: type === 'money' ? 'EUR' : null, kinds: [], isRequired: false,
  isRetired: false, version: 1, ...parts,
});
const define = (parts: CaseField) => anna.does((ctx) => createField(ctx, parts));
const arrive = async () => (await desk.asSystem((ctx) => receive(ctx, desk.mail()))).caseId;
const change = (caseId: string, input: UpdateCase, agent = anna) => agent.does((ctx) => updateCase(ctx, caseId, input));
const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

test('the kind of a case is set, told on the timeline, shown in lists and filtered by', async () => {
  const caseId = await arrive();
  assert.equal((await change(caseId, { kind: 'complaint' })).kind, 'complaint');
  const { items } = await anna.does((ctx) => listEntries(ctx, { caseId, limit: 10 }));
  assert.deepEqual((items.at(-1) as { changes?: unknown }).changes, [{ field: 'kind', from: 'question', to: 'complaint' }]);
  await arrive();
  const page = await anna.does((ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 50, kind: 'complaint' }));
  assert.deepEqual(page.items.map((row) => [row.id, row.kind]), [[caseId, 'complaint']]);
  await change(caseId, { addTags: ['late'] });
  assert.equal((await anna.does((ctx) => listCases(ctx, { shelf: 'open', order: 'newest', limit: 50, kind: 'question', tag: 'late' }))).items.length, 0);
});

test('values of every type are kept as they are, told on the timeline and taken away again', async () => {
  const caseId = await arrive();
  const made = [] as { field: CaseField; value: FieldValue; told: string }[];
  for (const [type, value, told] of [['text', 'Order 17', 'Order 17'], ['number', 2.5, '2.5'], ['date', '2026-02-28', '2026-02-28'], ['yes_no', false, 'no'], ['money', { amountMinor: -1250, currency: 'EUR' }, 'EUR:-1250']] as const)
    made.push({ field: await define(field(type)), value, told });
  const colour = await define(field('choice'));
  made.push({ field: colour, value: colour.options[1]?.id ?? '', told: 'Blue' });
  const after_ = await change(caseId, { fields: Object.fromEntries(made.map((one) => [one.field.id, one.value])) });
  assert.deepEqual(new Map(after_.fields.map((one) => [one.fieldId, one.value])), new Map(made.map((one) => [one.field.id, one.value])));
  const { items } = await anna.does((ctx) => listEntries(ctx, { caseId, limit: 10 }));
  assert.deepEqual((items.at(-1) as { changes?: unknown }).changes, made.map((one) => ({ field: 'field', name: one.field.name, type: one.field.type, from: null, to: one.told })));
  const version = after_.version;
  assert.equal((await change(caseId, { fields: { [colour.id]: colour.options[1]?.id ?? '' } })).version, version, 'the same again changes nothing');
  assert.deepEqual((await change(caseId, { fields: Object.fromEntries(made.map((one) => [one.field.id, null])) })).fields, []);
});

test('a value that does not fit its field is refused, and nothing of the change is kept', async () => {
  const caseId = await arrive();
  const wrong: [FieldType, FieldValue][] = [['number', 'seven'], ['number', 1e16], ['date', '2026-02-29'], ['date', 'tomorrow'], ['choice', 'Red'], ['yes_no', 'yes'], ['money', 12], ['money', { amountMinor: 1, currency: 'ZZZ' }], ['money', { amountMinor: 2 ** 60, currency: 'EUR' }], ['text', 4]];
  for (const [type, value] of wrong) {
    const { id } = await define(field(type));
    await assert.rejects(change(caseId, { priority: 'urgent', fields: { [id]: value } }), refused('invalid_request'), `${type} ${JSON.stringify(value)}`);
  }
  await assert.rejects(change(caseId, { fields: { [newId()]: 'x' } }), refused('invalid_request'));
  assert.equal((await desk.asSystem((ctx) => getCase(ctx, caseId))).priority, 'normal');
});

test('a case is not resolved without what it needs, by whatever way', async () => {
  const needed = await define(field('text', { name: 'Cause', isRequired: true, kinds: ['complaint'] }));
  const caseId = await arrive();
  await change(caseId, { kind: 'complaint' });
  const isMissing = (error: unknown) => refused('fields_missing')(error) && JSON.stringify((error as Refusal).extra?.['fields']) === JSON.stringify([{ id: needed.id, name: 'Cause' }]);
  await assert.rejects(change(caseId, { status: 'resolved' }), isMissing);
  await assert.rejects(anna.does((ctx) => reply(ctx, { caseId, text: 'Done', to: ['anna@example.com'], thenStatus: 'resolved' })), isMissing);
  assert.equal((await change(caseId, { status: 'resolved', fields: { [needed.id]: 'Broken in transit' } })).status, 'resolved', 'given in the same breath it is enough');
  const other = await arrive();
  assert.equal((await change(other, { status: 'resolved' })).status, 'resolved', 'other kinds do not need it');
  const late = await arrive();
  await assert.rejects(change(late, { status: 'resolved', kind: 'complaint' }), isMissing, 'the kind it will have counts');
});

test('an option that cases have is retired: it stays there and is offered no more', async () => {
  const colour = await define(field('choice'));
  const [red, blue] = colour.options as [CaseField['options'][number], CaseField['options'][number]];
  const [one, two] = [await arrive(), await arrive()];
  await change(one, { fields: { [colour.id]: red.id } });
  await assert.rejects(anna.does((ctx) => updateField(ctx, colour.id, { version: 1, options: [blue] })), refused('still_in_use'));
  const retired = await anna.does((ctx) => updateField(ctx, colour.id, { version: 1, options: [{ ...red, isRetired: true }, blue] }));
  assert.equal(retired.version, 2);
  await assert.rejects(change(two, { fields: { [colour.id]: red.id } }), refused('invalid_request'));
  assert.ok(await change(one, { fields: { [colour.id]: red.id } }));
  await assert.rejects(anna.does((ctx) => removeField(ctx, colour.id)), refused('still_in_use'));
  await assert.rejects(anna.does((ctx) => updateField(ctx, colour.id, { version: 1, name: 'Hue' })), refused('changed_meanwhile'));
});

test('fields have names of their own, an order, and are defined by those who may', async () => {
  const [first, second] = [await define(field('text')), await define(field('yes_no'))];
  await assert.rejects(define(field('text', { name: first.name.toUpperCase() })), refused('name_taken'));
  await assert.rejects(define(field('choice', { options: [] })), refused('invalid_request'));
  await assert.rejects(define(field('text', { currency: 'EUR' })), refused('invalid_request'));
  const { items } = await anna.does((ctx) => orderFields(ctx, [second.id, first.id]));
  assert.deepEqual(items.slice(0, 2).map((one) => one.id), [second.id, first.id]);
  await anna.does((ctx) => removeField(ctx, second.id));
  assert.ok(!(await desk.asSystem(selectFields)).some((one) => one.id === second.id));
  const helper = await desk.agent({ permissions: ['case.read', 'case.edit'] });
  await assert.rejects(helper.does((ctx) => createField(ctx, field('text'))), refused('not_allowed'));
});
