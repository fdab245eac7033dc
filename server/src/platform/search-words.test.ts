import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasPhrase, readSearchTerms, searchWords, tsqueryOf, wordsInPlace } from './search-words.ts';

const queryOf = (typed: string) => tsqueryOf(readSearchTerms(typed));

test('accents, case, ligatures and punctuation do not matter', () => {
  assert.equal(searchWords('Müller, Straße & Œuvre'), 'muller strasse oeuvre');
  assert.equal(searchWords('İSTANBUL Łódź ﬁn'), 'istanbul lodz fin');
  assert.equal(searchWords('anna.o’neil@example.com'), 'anna o neil example com');
  assert.equal(searchWords('Order R-12345/7'), 'order r 12345 7');
});

test('in scripts without spaces every sign is a word', () => {
  assert.equal(searchWords('東京都に'), '東 京 都 に');
  assert.equal(queryOf('京都'), `('京' <-> '都':*)`);
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
  assert.equal(queryOf('refund "red shoes" invo'), `('refund') & ('red' <-> 'shoes') & ('invo':*)`);
  assert.equal(queryOf('invoice '), `('invoice')`);
  assert.equal(queryOf('„rote Schuhe“'), `('rote' <-> 'schuhe')`);
  assert.equal(queryOf('"unclosed phrase'), `('unclosed' <-> 'phrase')`);
});

test('one or two letters are no beginning of a word', () => {
  assert.equal(queryOf('pa'), `('pa')`);
  assert.equal(queryOf('pay'), `('pay':*)`);
});

test('phrases can be asked for word by word', () => {
  const terms = readSearchTerms('"red shoes" o’neil');
  assert.equal(hasPhrase(terms), true);
  assert.equal(tsqueryOf(terms, { anyOrder: true }), `('red' & 'shoes') & ('o' & 'neil':*)`);
});

test('the words of a text are found where they stand', () => {
  const text = 'Grüße aus 東京!';
  assert.deepEqual(wordsInPlace(text).map(({ word, start, end }) => [word, text.slice(start, end)]), [['grusse', 'Grüße'], ['aus', 'aus'], ['東', '東'], ['京', '京']]);
});

test('a query without words is none', () => {
  assert.deepEqual(readSearchTerms('!!! ()'), []);
});

test('folding is stable and leaves nothing that means something to the database', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    const words = searchWords(text);
    assert.equal(searchWords(words), words);
    assert.doesNotMatch(words, /['\\&|!:<>()*]/);
  }));
});
