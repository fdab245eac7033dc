import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { filterNames, parseQuery, readDate, withoutPart, writeFilter } from './search-language.ts';

const TODAY = '2026-05-31';
const told = (typed: string) => parseQuery(typed, TODAY).parts.map((part) => `${part.isNot ? '-' : ''}${part.filter ?? part.kind} ${part.value}`);
const hints = (typed: string) => parseQuery(typed, TODAY).hints.map(({ code, name, value }) => `${code} ${name} ${value}`);

test('words, phrases, numbers and filters are told apart', () => {
  assert.deepEqual(told('refund "red shoes" #4711 from:anna tag:vip'), ['word refund', 'phrase red shoes', 'number 4711', 'from anna', 'tag vip']);
  assert.deepEqual(told('-broken -"red shoes" -status:closed'), ['-word broken', '-phrase red shoes', '-status closed']);
  assert.deepEqual(told('from:"Anna Maria" „rote Schuhe“'), ['from Anna Maria', 'phrase rote Schuhe']);
});

test('filters are read in English and German, with and without accents', () => {
  assert.deepEqual(told('von:anna Status:Gelöst prio:dringend zuständig:ich hat:anhang schlagwort:vip vor:1.3.2026'), ['from anna', 'status resolved', 'priority urgent', 'assignee me', 'has attachment', 'tag vip', 'before 2026-03-01']);
  assert.deepEqual(told('is:on-hold status:"on hold" team:niemand'), ['status on_hold', 'status on_hold', 'team none']);
});

test('what only looks like a filter stays the words it is', () => {
  assert.deepEqual(told('Re: the invoice at 10:30 https://example.com/a LC-48211'), ['word Re:', 'word the', 'word invoice', 'word at', 'word 10:30', 'word https://example.com/a', 'word LC-48211']);
  assert.deepEqual(hints('Re: the invoice at 10:30 https://example.com/a'), []);
  assert.deepEqual(told('colour:red shoes'), ['word colour:red', 'word shoes']);
  assert.deepEqual(hints('colour:red shoes'), ['unknown_filter colour red']);
});

test('a value that is none is said and left out; one that is still being typed is not blamed', () => {
  assert.deepEqual([told('status:purple shoes'), hints('status:purple shoes')], [['word shoes'], ['unknown_value status purple']]);
  assert.deepEqual([told('shoes status:re'), hints('shoes status:re')], [['word shoes'], []]);
  assert.deepEqual([told('shoes from:'), hints('shoes from:')], [['word shoes'], []]);
  assert.deepEqual(hints('from: shoes'), ['missing_value from ']);
  assert.deepEqual(hints('after:31.02.2026 shoes'), ['bad_date after 31.02.2026']);
});

test('dates are read as people write them', () => {
  const read = (written: string) => readDate(written, TODAY);
  assert.deepEqual(['2026-03-01', '2026-03', '2026', '1.3.2026', '3.2026', '2026/3/1'].map(read), ['2026-03-01', '2026-03-01', '2026-01-01', '2026-03-01', '2026-03-01', '2026-03-01']);
  assert.deepEqual(['today', 'gestern', '7d', '2w', '3m', '1y'].map(read), ['2026-05-31', '2026-05-30', '2026-05-24', '2026-05-17', '2026-02-28', '2025-05-31']);
  assert.deepEqual(['2026-02-30', '13.13.2026', 'soon', '0000', '', '2026-1-1-1'].map(read), [undefined, undefined, undefined, undefined, undefined, undefined]);
});

// Made of what means something here, so that the odd places are met often.
const typed = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.oneof(fc.constantFrom('"', ' ', '-', '#', ':', '“', 'from:', 'status:', 'before:', 'tag:', 'open', '2026-02-30', '7d', '\n', '\u0000', '(', '|'), fc.constantFrom(...filterNames), fc.string())).map((pieces) => pieces.join('')));

test('nothing that can be typed breaks the reading', () => {
  fc.assert(fc.property(typed, (text) => {
    const { parts } = parseQuery(text, TODAY);
    let end = 0;
    for (const part of parts) {
      assert.ok(part.start >= end && part.end > part.start && part.end <= text.length, 'parts follow one another and lie in the text');
      end = part.end;
    }
  }), { numRuns: 2_000 });
});

test('a filter that is written is read as the same filter', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1 }).map((each) => each.replace(/["“”„«»]/g, '').trim()).filter((each) => each !== '');
  fc.assert(fc.property(fc.constantFrom('from', 'to', 'tag', 'inbox', 'file', 'team'), value, fc.boolean(), (filter, written, isNot) => {
    const [part, ...more] = parseQuery(writeFilter(filter, written, isNot), TODAY).parts;
    assert.deepEqual(more, []);
    assert.deepEqual([part?.filter, part?.isNot], [filter, isNot]);
    assert.ok(part?.value === written || (filter === 'team' && part?.value === 'none'));
  }));
});

test('taking a part out leaves the others as they were', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('shoes', '"red shoes"', 'from:anna', '-tag:vip', '#12', 'status:open'), { minLength: 1, maxLength: 6 }), fc.nat(5), (pieces, at) => {
    const text = pieces.join(' ');
    const i = at % pieces.length;
    const part = parseQuery(text, TODAY).parts[i];
    assert.ok(part);
    assert.deepEqual(told(withoutPart(text, part)), told(pieces.filter((_, k) => k !== i).join(' ')));
  }));
});
