import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findCardNumbers, maskCardNumbers } from './card-numbers.ts';

const mask = (text: string): string => maskCardNumbers(text).text;

function luhnDigit(digits: string): string {
  for (let check = 0; check < 10; check++) {
    const all = digits + check;
    let sum = 0;
    for (let i = all.length - 1, twice = false; i >= 0; i--, twice = !twice) {
      const n = Number(all[i]) * (twice ? 2 : 1);
      sum += n > 9 ? n - 9 : n;
    }
    if (sum % 10 === 0) return String(check);
  }
  throw new Error('unreachable');
}
const eanDigit = (digits: string): string =>
  String((10 - ([...digits].reverse().reduce((sum, d, i) => sum + Number(d) * (i % 2 === 0 ? 3 : 1), 0) % 10)) % 10);
const digitString = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((d) => d.join(''));

/** Card numbers as the networks issue them, with the groups they print. */
const card = fc.oneof(
  ...([['4', 16, [4, 4, 4, 4]], ['51', 16, [4, 4, 4, 4]], ['55', 16, [4, 4, 4, 4]], ['2221', 16, [4, 4, 4, 4]], ['2720', 16, [4, 4, 4, 4]], ['34', 15, [4, 6, 5]],
    ['37', 15, [4, 6, 5]], ['6011', 16, [4, 4, 4, 4]], ['65', 16, [4, 4, 4, 4]], ['36', 14, [4, 6, 4]], ['3528', 16, [4, 4, 4, 4]], ['62', 19, [4, 4, 4, 4, 3]],
    ['62', 16, [4, 4, 4, 4]], ['6759', 16, [4, 4, 4, 4]], ['6703', 17, [4, 4, 4, 5]], ['2200', 16, [4, 4, 4, 4]]] as const)
    .map(([lead, length, groups]) => digitString(length - lead.length - 1).map((rest) => ({ number: lead + rest + luhnDigit(lead + rest), groups: groups as readonly number[] }))),
);
const grouped = (number: string, groups: readonly number[], glue: string): string => {
  let at = 0;
  return groups.map((size) => number.slice(at, (at += size))).join(glue);
};

test('every issued card number is masked in every way people write it, and only its last four digits stay', () => {
  const glue = fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u202f', '\u2011', '\u2013', '  ', ' - ', '\u2009', '\u200b', '\u00ad');
  const before = fc.constantFrom('', 'Card: ', 'my card is ', 'PAN:', '#', 'Kartennummer ', '卡号', '>', '"', '(', 'order 12345 ', 'item 3, ');
  const after = fc.constantFrom('', '.', ', thanks', ' exp 12/27', ' 12/27 123', '"', ')', '\n', ' 1227 123');
  fc.assert(fc.property(card, glue, before, after, ({ number, groups }, g, b, a) => {
    const written = grouped(number, groups, g);
    const out = maskCardNumbers(b + written + a);
    assert.equal(out.masked, 1, b + written + a);
    assert.equal(out.text.length, (b + written + a).length);
    assert.ok(out.text.startsWith(b) && out.text.endsWith(a));
    const kept = out.text.slice(b.length, b.length + written.length);
    const digits = kept.replace(/[^\d*]/g, '');
    assert.match(digits, number.length === 19 ? /^\*+\d{4}(\*\*\*)?$/ : /^\*+\d{4}$/);
    if (/\d$/.test(digits)) assert.equal(digits.slice(-4), number.slice(-4));
    assert.deepEqual(maskCardNumbers(out.text), { text: out.text, masked: 0 });
  }), { numRuns: 3000 });
});

test('digits of every script are digits', () => {
  const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce, 0x1d7ec, 0x1fbf0];
  fc.assert(fc.property(card, fc.constantFrom(...zeros), fc.constantFrom('', ' '), ({ number, groups }, zero, glue) => {
    const written = grouped(number, groups, glue).replace(/\d/g, (d) => String.fromCodePoint(zero + Number(d)));
    const out = maskCardNumbers(`x ${written} y`);
    assert.equal(out.masked, 1);
    assert.equal(out.text.length, written.length + 4);
    assert.equal([...out.text].filter((c) => /\p{Nd}/u.test(c)).length, 4);
  }));
});

test('a number typed digit by digit or in pairs is masked', () => {
  assert.equal(mask('4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'), '* * * * * * * * * * * * 1 1 1 1');
  assert.equal(mask('41 11 11 11 11 11 11 11'), '** ** ** ** ** ** 11 11');
});

test('a number that a mail program broke over two lines is masked, with its quote marks', () => {
  assert.equal(mask('my card 4111 1111\r\n1111 1111 is'), 'my card **** ****\r\n**** 1111 is');
  assert.equal(mask('> card 4111 1111 1111\n> 1111'), '> card **** **** ****\n> 1111');
  assert.equal(mask('3782 822463\n10005'), '**** ******\n*0005');
});

test('two numbers in one line are two numbers', () => {
  assert.deepEqual(maskCardNumbers('4111 1111 1111 1111 5500 0000 0000 0004'), { text: '**** **** **** 1111 **** **** **** 0004', masked: 2 });
  assert.deepEqual(maskCardNumbers('4111111111111111,5500000000000004\n'), { text: '************1111,************0004\n', masked: 2 });
});

test('a security code behind the number does not hide it, and goes with it when the whole could be one longer number', () => {
  assert.equal(mask('4111 1111 1111 1111 123'), '**** **** **** 1111 123');
  assert.equal(mask('6217 6079 1488 2160 008'), '**** **** **** 2160 ***');
});

test('a column of four digit numbers is a table, not a card', () => {
  assert.equal(mask('4111\n1111\n1111\n1111'), '4111\n1111\n1111\n1111');
});

test('the old thirteen digit Visa number is masked, an article number that passes the same check is not', () => {
  assert.equal(mask('4222222222222'), '*********2222');
  fc.assert(fc.property(digitString(11), (middle) => {
    const ean = `4${middle}${eanDigit(`4${middle}`)}`;
    assert.equal(mask(`EAN ${ean}`), `EAN ${ean}`);
  }));
});

test('words glued to the number do not hide it, identifiers glued to it do', () => {
  for (const text of ['Visa4111111111111111', '4111111111111111exp', '{"a":"\\n4111111111111111"}', 'карта4111111111111111']) assert.equal(maskCardNumbers(text).masked, 1, text);
  for (const text of ['ORD4111111111111111', 'JJD4111111111111111', 'a4111111111111111', '4111111111111111f3', 'RR4111111111111111CN7']) {
    assert.equal(maskCardNumbers(text).masked, 0, text);
  }
});

test('the name of an inline picture stays whole, so that the picture is found again', () => {
  assert.equal(mask('<img src="cid:4111111111111111@x">'), '<img src="cid:4111111111111111@x">');
});

/** What customers write every day and nobody may change, whatever digits it holds. */
const everyday: Record<string, fc.Arbitrary<string>> = {
  'international phone number': fc.tuple(fc.integer({ min: 1, max: 999 }), digitString(11), fc.constantFrom(' ', '-', '.', ''))
    .map(([country, rest, g]) => `+${country}${g}${rest.slice(0, 3)}${g}${rest.slice(3, 7)}${g}${rest.slice(7, 14 - String(country).length)}`),
  'two phone numbers': fc.tuple(digitString(7), digitString(7)).map(([a, b]) => `0171 ${a}, 0172 ${b} / 030-${a}`),
  'German mobile without plus': digitString(8).map((rest) => `491511${rest.slice(0, 7)}`),
  IBAN: fc.tuple(fc.constantFrom(['DE', 18], ['FR', 23], ['ES', 20], ['CH', 17], ['AT', 16], ['NL', 14, 'ABNA'], ['GB', 18, 'NWBK'], ['BE', 12], ['PL', 24], ['NO', 11], ['IE', 18, 'AIBK']),
    digitString(24), fc.constantFrom(' ', '', '\u00a0', '-')).map(([[country, length, bank], digits, glue]) => {
    const bban = (String(bank ?? '') + digits).slice(0, Number(length));
    const value = [...bban + country + '00'].map((c) => parseInt(c, 36)).join('');
    const iban = `${country}${String(98n - (BigInt(value) % 97n)).padStart(2, '0')}${bban}`;
    return `IBAN: ${(iban.match(/.{1,4}/g) as string[]).join(glue)}.`;
  }),
  UUID: fc.uuid(),
  'UPS tracking number': digitString(16).map((d) => `1Z${d}`),
  'USPS tracking number': fc.tuple(fc.constantFrom('92', '93', '94', '95'), digitString(19), fc.constantFrom('', ' '))
    .map(([lead, rest, glue]) => ((lead + rest + eanDigit(lead + rest)).match(/.{1,4}/g) as string[]).join(glue)),
  'DHL tracking number': digitString(18).map((d) => `JJD0${d.slice(1)}`),
  'postal tracking number': digitString(9).map((d) => `RR${d}DE`),
  'FedEx tracking number': digitString(12),
  'Amazon order': digitString(17).map((d) => `${d.slice(0, 3)}-${d.slice(3, 10)}-${d.slice(10)}`),
  'time stamp': fc.date({ min: new Date(0), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true }).map((d) => `${d.toISOString()} ${d.getTime()} ${d.toISOString().replace(/\D/g, '').slice(0, 14)}`),
  'long number': fc.tuple(digitString(20), fc.integer({ min: 0, max: 9 })).map(([d, extra]) => `${d}${extra}`),
  coordinate: fc.tuple(fc.integer({ min: 0, max: 180 }), digitString(16)).map(([a, b]) => `${a}.${b}`),
  'amount of money': fc.integer({ min: 0, max: 999_999_999 }).map((n) => `EUR ${n.toLocaleString('de-DE')},00`),
  'serial number of a phone (IMEI)': digitString(12).map((d) => `35${d}${luhnDigit(`35${d}`)}`),
  'number of a SIM card': digitString(16).map((d) => `89${d}${luhnDigit(`89${d}`)}`),
  'book number': digitString(9).map((d) => `978-${d.slice(0, 1)}-${d.slice(1, 4)}-${d.slice(4)}-${eanDigit(`978${d}`)}`),
  'hash': fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 40, maxLength: 64 }).map((c) => c.join('') + 'a'),
  'key in a web address': digitString(13).map((d) => `https://shop.example/products/x?variant=3${d}&y=4${d.slice(1)}`),
  'customer number': fc.integer({ min: 1, max: 999_999_999_999 }).map((n) => `customer ${n}, case #${n}`),
  'IP addresses': fc.tuple(fc.ipV4(), fc.ipV4()).map((a) => a.join(' ')),
};
for (const [name, value] of Object.entries(everyday)) {
  test(`no ${name} is taken for a card`, () => {
    fc.assert(fc.property(value, fc.constantFrom('', 'Re: ', 'my number is '), fc.constantFrom('', ' please', '\n'), (v, before, after) => {
      assert.equal(mask(before + v + after), before + v + after);
    }), { numRuns: 1500 });
  });
}

test('numbers no network issues stay, however well they check', () => {
  fc.assert(fc.property(fc.constantFrom('0', '1', '7', '9'), digitString(14), (lead, rest) => {
    fc.pre(!/^9(792|860)/.test(lead + rest));
    const number = lead + rest + luhnDigit(lead + rest);
    assert.equal(mask(number), number);
  }));
});

test('no text of any kind makes it fail, change length or touch anything but digits', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('4', '1', '5', '0', ' ', '-', '.', '\n', '>', '\u00a0', '\u200b', '\ud835', '\udfce', 'a', '+') , maxLength: 200 }));
  fc.assert(fc.property(text, (t) => {
    const out = maskCardNumbers(t);
    assert.equal(out.text.length, t.length);
    const covered = new Set(findCardNumbers(t).flat().flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)));
    for (let i = 0; i < t.length; i++) assert.equal(out.text[i], covered.has(i) ? '*' : t[i]);
  }), { numRuns: 2000 });
});

test('a megabyte of digits takes time in proportion to its length', () => {
  // Counted, not timed: a quadratic search would not finish within the limit of the test run.
  for (const piece of ['4111 1111 1111 1111 ', '4 ', '1111-', '4111111111111112 ']) maskCardNumbers(piece.repeat(1_000_000 / piece.length));
});
