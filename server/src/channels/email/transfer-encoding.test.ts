import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBase64, decodePercent, decodeQ, decodeQuotedPrintable } from './transfer-encoding.ts';

const bytes = fc.uint8Array({ maxLength: 300 }).map((a) => Buffer.from(a));
const asBase64 = (raw: Buffer): Buffer => Buffer.from((raw.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'), 'latin1');
const asQuoted = (raw: Buffer): Buffer => Buffer.from([...raw].map((c, i) => (c > 32 && c < 127 && c !== 61 ? String.fromCharCode(c) : `=${c.toString(16).toUpperCase().padStart(2, '0')}`) + (i % 20 === 19 ? '=\r\n' : '')).join(''), 'latin1');
const asPercent = (raw: Buffer): Buffer => Buffer.from([...raw].map((c) => (c > 47 && c < 58 ? String.fromCharCode(c) : `%${c.toString(16).padStart(2, '0')}`)).join(''), 'latin1');

for (const [name, encode, decode] of [['base64', asBase64, decodeBase64], ['quoted-printable', asQuoted, decodeQuotedPrintable], ['percent signs', asPercent, decodePercent]] as const) {
  test(`a byte changed in ${name} is the only byte that changes`, () => {
    fc.assert(fc.property(bytes, fc.nat(), fc.constantFrom(...Buffer.from('*x0123456789')), (raw, at, character) => {
      const encoded = encode(raw);
      const body = decode(encoded);
      assert.deepEqual(body.bytes, raw);
      if (raw.length === 0) return;
      const i = at % raw.length;
      const target = Buffer.from(encoded);
      body.put(target, i, character);
      const expected = Buffer.from(raw);
      expected[i] = character;
      assert.deepEqual(decode(target).bytes, expected);
    }));
  });
}

test('base64 without anything odd in it is read as Node reads it, whatever its length and padding', () => {
  fc.assert(fc.property(bytes, fc.constantFrom('', '\r\n', '\n', ' \r\n'), fc.boolean(), (raw, end, isPadded) => {
    const text = raw.toString('base64').replace(/.{20}/g, '$&\n') + end;
    const encoded = Buffer.from(isPadded ? text : text.replace(/=/g, ''), 'latin1');
    assert.deepEqual(decodeBase64(encoded).bytes, raw);
  }));
});

test('base64 is read over junk and on behind its padding', () => {
  assert.equal(decodeBase64(Buffer.from('aGV s!bG8=\r\nIHdvcmxk')).bytes.toString(), 'hello world');
  const joined = Buffer.from('aGVsbG8=IHdvcmxk');
  decodeBase64(joined).put(joined, 4, 33);
  assert.equal(decodeBase64(joined).bytes.toString(), 'hell! world');
});

test('escapes that are none stay as they were written', () => {
  assert.equal(decodeQuotedPrintable(Buffer.from('50=% a=zz=4')).bytes.toString(), '50=% a=zz=4');
  assert.equal(decodeQ(Buffer.from('a_b=20c=\r\n')).bytes.toString(), 'a b c=\r\n');
});
