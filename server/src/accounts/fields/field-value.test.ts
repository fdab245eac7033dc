import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldType, FieldValue } from '@rapport/contract';
import fc from 'fast-check';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { readFieldValue, type OwnField } from './field-value.ts';

const red = { id: newId(), label: 'Red', isRetired: false };
const pink = { id: newId(), label: 'Pink', isRetired: true };
const field = (type: FieldType): OwnField => ({ id: newId(), name: 'Colour', type, options: type === 'choice' ? [red, pink] : [], currency: type === 'money' ? 'EUR' : null, isRetired: false, version: 1 });

test('a value that does not fit its field is refused with the name of the field', () => {
  const wrong: [FieldType, FieldValue][] = [['number', 'seven'], ['number', 1e16], ['date', '2026-02-29'], ['date', 'tomorrow'], ['choice', 'Red'], ['choice', pink.id], ['yes_no', 'yes'], ['money', 12], ['money', { amountMinor: 1, currency: 'ZZZ' }], ['text', 4]];
  for (const [type, value] of wrong) assert.throws(() => readFieldValue(field(type), value, undefined), (error) => error instanceof Refusal && error.code === 'invalid_request' && /Colour/.test(error.message), `${type} ${JSON.stringify(value)}`);
  assert.equal(readFieldValue(field('choice'), pink.id, pink.id)?.value, pink.id, 'a retired option stays where it stands');
  assert.equal(readFieldValue(field('text'), '  ', undefined), undefined, 'an empty text is no value');
  assert.equal(readFieldValue(field('text'), 'Card 4111 1111 1111 1111', undefined)?.key.includes('4111 1111'), false, 'no card number is kept');
});

test('equal values have equal keys, and different ones different keys', () => {
  const money = field('money');
  const number = field('number');
  fc.assert(fc.property(fc.integer(), fc.integer(), (a, b) => {
    const keyOf = (amountMinor: number) => readFieldValue(money, { amountMinor, currency: 'EUR' }, undefined)?.key;
    assert.equal(keyOf(a) === keyOf(b), a === b);
  }));
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), fc.double({ noNaN: true, min: -1e15, max: 1e15 }), (a, b) => {
    assert.equal(readFieldValue(number, a, undefined)?.key === readFieldValue(number, b, undefined)?.key, a === b);
  }));
  const text = field('text');
  fc.assert(fc.property(fc.string(), (written) => {
    const [upper, plain] = [readFieldValue(text, ` ${written}`, undefined), readFieldValue(text, `${written} `, undefined)];
    assert.equal(upper?.key, plain?.key);
    assert.ok((plain?.key ?? '').length <= 200);
  }));
});
