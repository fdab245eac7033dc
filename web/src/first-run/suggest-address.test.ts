import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emailAddress } from '@rapport/contract';
import fc from 'fast-check';
import { suggestAddress } from './suggest-address.ts';

test('a company with a domain of its own is offered an address there', () => {
  assert.equal(suggestAddress('Harbour Bikes', 'Mara@HarbourBikes.com'), 'help@harbourbikes.com');
});

test('somebody with a private address gets one made of the company name, which can reach no stranger', () => {
  assert.equal(suggestAddress('Müller & Söhne GmbH', 'karl@gmail.com'), 'help@muller-sohne-gmbh.example');
  assert.equal(suggestAddress('Fußball-Laden', 'x@web.de'), 'help@fussball-laden.example');
  assert.equal(suggestAddress('東京', ''), 'help@company.example');
});

test('whatever the company is called, the suggestion is an address', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (company) => {
    assert.ok(emailAddress.safeParse(suggestAddress(company, 'me@gmail.com')).success);
  }));
});
