import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSearchQuery, searchWords } from './search-words.ts';

test('accents, case, ligatures and punctuation do not matter', () => {
  assert.equal(searchWords('Müller, Straße & Œuvre'), 'muller strasse oeuvre');
  assert.equal(searchWords('İSTANBUL Łódź ﬁn'), 'istanbul lodz fin');
  assert.equal(searchWords('anna.o’neil@example.com'), 'anna o neil example com');
  assert.equal(searchWords('Order R-12345/7'), 'order r 12345 7');
});

test('in scripts without spaces every sign is a word', () => {
  assert.equal(searchWords('東京都に'), '東 京 都 に');
  assert.equal(readSearchQuery('京都')?.tsquery, `('京' <-> '都':*)`);
});

test('vowel signs that change a word stay', () => {
  assert.equal(searchWords('हिन्दी'), 'हिन्दी');
});

test('keys and encoded files are left out', () => {
  assert.equal(searchWords(`see ${'A9'.repeat(40)} there`), 'see there');
});

test('a long text is cut at a word', () => {
  assert.equal(searchWords('alpha beta gamma', 12), 'alpha beta');
});

test('all words count, the last may be unfinished, quoted ones stand together', () => {
  assert.equal(readSearchQuery('refund "red shoes" invo')?.tsquery, `('refund') & ('red' <-> 'shoes') & ('invo':*)`);
  assert.equal(readSearchQuery('invoice ')?.tsquery, `('invoice')`);
  assert.equal(readSearchQuery('„rote Schuhe“')?.tsquery, `('rote' <-> 'schuhe')`);
  assert.equal(readSearchQuery('"unclosed phrase')?.tsquery, `('unclosed' <-> 'phrase')`);
});

test('a query without words is none', () => {
  assert.equal(readSearchQuery('!!! ()'), undefined);
});

test('folding is stable and leaves nothing that means something to the database', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    const words = searchWords(text);
    assert.equal(searchWords(words), words);
    assert.doesNotMatch(words, /['\\&|!:<>()*]/);
  }));
});
