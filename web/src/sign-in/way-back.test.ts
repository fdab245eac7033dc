import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wayBack } from './way-back.ts';

const origin = 'https://desk.example.com';

test('after signing in people are back on the page they wanted, with its filters', () => {
  assert.equal(wayBack('/cases/mine/1204?order=oldest#entry-3', origin), '/cases/mine/1204?order=oldest#entry-3');
});

test('without a page, or with one that only leads here again, they start at the start', () => {
  for (const next of [undefined, '', '/', '/sign-in', '/sign-in?next=/sign-in', '/first-run']) assert.equal(wayBack(next, origin), '/');
});

test('abuse: open redirect after sign-in', () => {
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', '\\\\evil.example']) assert.equal(wayBack(next, origin), '/');
});

test('whatever stands in the link, the way back stays on our own origin', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((text) => `/${text}`), fc.webUrl()), (next) => {
    assert.equal(new URL(wayBack(next, origin), origin).origin, origin);
  }));
});
