import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecipientCheck } from '@rapport/contract';
import { keyOf, saysAttachment, warningsFor } from './guards.ts';

const check = (address: string, more: Partial<RecipientCheck> = {}): RecipientCheck => ({ address, name: null, isParticipant: true, isStranger: false, otherCustomer: null, ...more });
const plain = { text: 'Hello', hasFiles: false, isForward: false };
const kinds = (...args: Parameters<typeof warningsFor>) => warningsFor(...args).map((warning) => warning.kind);

test('a file that is spoken of and missing is asked about, in English and in German', () => {
  for (const text of ['Please find the invoice attached.', 'I have attached the form', 'See attachment.', 'I enclose our price list.', 'The enclosed form', 'Anbei die Rechnung.', 'Das Formular finden Sie im Anhang.', 'Den Beleg habe ich beigefügt', 'In der Anlage finden Sie', 'Das Bild hänge ich an.']) {
    if (text.startsWith('The enclosed')) assert.ok(saysAttachment(text), text);
    else assert.ok(saysAttachment(text), text);
    assert.deepEqual(kinds({ ...plain, text }, [], new Set()), ['noAttachment']);
    assert.deepEqual(kinds({ ...plain, text, hasFiles: true }, [], new Set()), []);
  }
});

test('what only sounds like it, is denied, is the customer’s or is quoted is not asked about', () => {
  for (const text of ['We can do this without attachments.', 'Your attachment was empty.', 'There is no attachment needed.', 'The lamp is attached'.replace('attached', 'detached'), '> I have attached the form\nThanks, got it.', 'Es ist kein Anhang nötig.', 'Ihr Anhang war leer.', 'Der Anhänger ist grün.', 'Die Anlage läuft wieder.', 'Ohne Anlage bitte.'])
    assert.equal(saysAttachment(text), undefined, text);
});

test('recipients who take part raise no question; outsiders, strangers and other customers do', () => {
  const other = { id: 'c2', name: 'Otto' };
  assert.deepEqual(kinds(plain, [check('a@x.test')], new Set()), []);
  assert.deepEqual(kinds(plain, [check('a@x.test', { isParticipant: false }), check('b@x.test', { isStranger: true }), check('c@x.test', { isParticipant: false, otherCustomer: other }), check('d@x.test', { isStranger: true, otherCustomer: other })], new Set()), ['outsider', 'stranger', 'otherCustomer', 'otherCustomer']);
  assert.deepEqual(kinds(plain, [check('e@x.test', { otherCustomer: other })], new Set()), [], 'a colleague of the customer who has been answered before');
});

test('a forward goes outside by its nature; another customer’s address is asked about even so', () => {
  const forward = { ...plain, isForward: true };
  assert.deepEqual(kinds(forward, [check('a@x.test', { isParticipant: false })], new Set()), []);
  assert.deepEqual(kinds(forward, [check('a@x.test', { isParticipant: false, otherCustomer: { id: 'c', name: 'C' } })], new Set()), ['otherCustomer']);
});

test('each question is asked once', () => {
  const checks = [check('a@x.test', { isParticipant: false })];
  const said = new Set(warningsFor({ ...plain, text: 'attached' }, checks, new Set()).map(keyOf));
  assert.equal(said.size, 2);
  assert.deepEqual(kinds({ ...plain, text: 'attached' }, [...checks, check('b@x.test', { isParticipant: false })], said), ['outsider']);
});
