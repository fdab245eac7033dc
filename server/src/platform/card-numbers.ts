import { isIssued } from './card-issuers.ts';
import { isInvisible, readDigitChains, type DigitGroup, type Span } from './digit-chains.ts';

/**
 * Replaces the digits of payment card numbers by `*`, all but the last four.
 *
 * A card number is 13 to 19 digits of any script which pass the Luhn check, begin like an issued number and are written the
 * way people write card numbers: in one piece, in the groups printed on cards, in pairs or one by one, parted by spaces,
 * dashes or dots, broken over at most one line end. The result has the same length. `masked` is how many numbers were found.
 *
 * What carries a check of its own and passes it (IBAN, EAN on a 13 digit number, USPS tracking), what follows a `+` like a
 * phone number, decimals, pieces of identifiers and longer runs of digits stay readable.
 */
export function maskCardNumbers(text: string): { text: string; masked: number } {
  const cards = findCardNumbers(text);
  if (cards.length === 0) return { text, masked: 0 };
  let out = '';
  let at = 0;
  for (const { start, end } of cards.flat()) {
    out += text.slice(at, start) + '*'.repeat(end - start);
    at = end;
  }
  return { text: out + text.slice(at), masked: cards.length };
}

/**
 * The card numbers in a text, in order, each as the places of the digits to cover (the last four are left out).
 *
 * For callers that must change something else than this text, such as the bytes it was decoded from.
 */
export function findCardNumbers(text: string): Span[][] {
  const cards: Span[][] = [];
  for (const chain of readDigitChains(text, MIN_DIGITS)) {
    for (let first = 0; first < chain.length; first++) {
      const [last, doubtful] = endsOfCard(text, chain, first);
      if (last === undefined) continue;
      const places = chain.slice(first, last + 1).flatMap((group) => group.places).slice(0, -4);
      // Three digits behind a number of 16 are its security code or, rarely, part of a number of 19. When both fit, neither stays.
      if (doubtful !== undefined) places.push(...chain.slice(last + 1, doubtful + 1).flatMap((group) => group.places));
      cards.push(places);
      first = doubtful ?? last;
    }
  }
  return cards;
}

const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

/** The groups with which a card number can end that begins with the group `first`: the nearest, and another one further on. */
function endsOfCard(text: string, chain: DigitGroup[], first: number): number[] {
  const ends: number[] = [];
  let digits = '';
  for (let last = first; last < chain.length; last++) {
    digits += (chain[last] as DigitGroup).digits;
    if (digits.length > MAX_DIGITS) break;
    if (digits.length < MIN_DIGITS || !isIssued(digits) || !passesLuhn(digits)) continue;
    if (isGroupedLikeCard(chain, first, last, digits) && !isSomethingElse(text, chain, first, last, digits)) ends.push(last);
  }
  return ends;
}

// How card numbers are printed and typed: fours for most, 4-6-5 American Express, 4-6-4 Diners, 4-3-3-3 old Visa.
const SHAPES = new Set([
  '4-3-3-3', '4-4-5', '4-6-4', '4-4-4-2', '4-6-5', '4-5-6', '4-4-4-3', '5-5-5', '4-4-4-4', '8-8', '4-4-8', '8-4-4', '4-8-4', '6-10', '6-6-4', '4-6-6',
  '4-4-4-5', '4-4-4-4-1', '4-4-4-4-2', '4-4-4-4-3', '6-12', '6-13', '4-15', '8-11', '8-8-2', '8-8-3', '8-5-5',
]);
const ONE_BY_ONE_OR_PAIRS = /^(1(-1)+|2(-2)+(-1)?)$/;

function isGroupedLikeCard(chain: DigitGroup[], first: number, last: number, digits: string): boolean {
  if (first === last) return true;
  const groups = chain.slice(first, last + 1);
  const shape = groups.map((group) => group.digits.length).join('-');
  if (ONE_BY_ONE_OR_PAIRS.test(shape)) {
    // In longer rows of single digits or pairs (tables, dumps) something fits by chance sooner or later.
    if (first > 0 || last < chain.length - 1 || digits.length < 15) return false;
  } else if (!SHAPES.has(shape)) return false;
  // A person parts all groups in one way; a line end within the number stands for one of the spaces or dashes.
  const glues = groups.slice(0, -1).map((group) => group.glue);
  const inLine = glues.filter((glue) => glue?.isLineEnd === false);
  if (inLine.some((glue) => glue?.kind !== inLine[0]?.kind)) return false;
  return inLine.length === glues.length || (inLine.length === glues.length - 1 && shape.startsWith('4-'));
}

/** The numbers that fit by chance and can be told apart by what they are or what stands around them. */
function isSomethingElse(text: string, chain: DigitGroup[], first: number, last: number, digits: string): boolean {
  const start = chain[first]?.places[0]?.start ?? 0;
  const end = chain[last]?.places.at(-1)?.end ?? start;
  let front = start;
  while (front > 0 && isInvisible(text.charCodeAt(front - 1))) front--;
  const before = text.slice(Math.max(0, front - 200), front);
  const after = text.slice(end, end + 40);
  return isPhone(before, digits)
    || (digits.length === 13 && passesEan(digits))
    || isFraction(chain, first, last)
    || isPartOfWord(before, after)
    || isKeyInAddress(before, digits)
    || (chain.length <= 12 && isPostalTracking(chain.map((group) => group.digits).join('')))
    || isWithinUuid(text, start, end)
    || isWithinIban(text, start, end);
}

/** A `+` begins an international phone number of at most 15 digits; German and Austrian mobiles are long enough even without it. */
function isPhone(before: string, digits: string): boolean {
  return (before.endsWith('+') && digits.length <= 15) || (digits.length === 13 && /^(491[567]|436)/.test(digits));
}

/** The decimals of a number such as a coordinate: one piece right behind `0.` or `52.`. */
function isFraction(chain: DigitGroup[], first: number, last: number): boolean {
  const whole = chain[first - 1];
  if (first !== last || whole === undefined || whole.digits.length > 3 || whole.glue?.kind !== 'dot') return false;
  return (chain[first]?.places[0]?.start ?? 0) - (whole.places.at(-1)?.end ?? 0) === 1;
}

/**
 * Glued to letters it is a piece of an identifier: a hash, `ORD4...`, `JJD0...`. A word of four letters and more in front
 * (`Visa4111...`), a pure word behind (`...1111exp`) and the `n` of an escaped line end are no identifiers.
 */
function isPartOfWord(before: string, after: string): boolean {
  const front = before.replace(/\\[nrt]$/, ' ');
  const word = endOf(front, LETTER_OR_DIGIT);
  if (/[A-Za-z]$/.test(word) && !/^\p{L}{4,}$/u.test(word)) return true;
  return /^[A-Za-z][A-Za-z]*\d/.test(after);
}

const LETTER_OR_DIGIT = /[\p{L}\d]/u;
const PART_OF_ADDRESS = /[^\s"'<>()]/u;

/** The longest end of a text that consists of such characters, read from its end: a pattern would try every place before it. */
function endOf(text: string, such: RegExp): string {
  let at = text.length;
  while (at > 0) {
    const isPair = at > 1 && (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800;
    const from = isPair ? at - 2 : at - 1;
    if (!such.test(text.slice(from, at))) break;
    at = from;
  }
  return text.slice(at);
}

/** In a web address 13 and 14 digits are a shop's own keys; in `cid:` and `mid:` every digit belongs to a name that must match another. */
function isKeyInAddress(before: string, digits: string): boolean {
  const token = endOf(before, PART_OF_ADDRESS);
  return /^(cid|mid):/i.test(token) || (digits.length <= 14 && /^[a-z][a-z+.-]*:\/\//i.test(token));
}

/** USPS numbers: 20 or 22 digits from 91 to 95, or the same behind `420` and a postal code, with a check digit like that of an EAN. */
function isPostalTracking(digits: string): boolean {
  const number = /^(?:420\d{5}(?:\d{4})?)?(9[1-5]\d{18}(?:\d{2})?)$/.exec(digits)?.[1];
  return number !== undefined && passesEan(number);
}

function isWithinUuid(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - 36);
  const around = text.slice(from, end + 36);
  return [...around.matchAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi)].some((m) => from + m.index <= start && from + m.index + 36 >= end);
}

/** Whether the digits from `start` to `end` lie in an international bank account number whose check (ISO 7064, mod 97) holds. */
function isWithinIban(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - 48);
  const around = text.slice(from, end + 48);
  for (const match of around.matchAll(/(?<![A-Za-z\d])(?=[A-Za-z]{2}\d{2})/g)) {
    if (from + match.index >= start) break;
    let iban = '';
    for (let i = match.index; i < around.length && iban.length < 34; i++) {
      const c = around[i] as string;
      if (/[A-Za-z\d]/.test(c)) iban += c.toUpperCase();
      else if (!/[ \u00a0\u202f.-]/.test(c)) break;
      const endsHere = !/[A-Za-z\d]/.test(around[i + 1] ?? ' ');
      if (endsHere && from + i + 1 >= end && iban.length >= 15 && remainder97(iban.slice(4) + iban.slice(0, 4)) === 1) return true;
    }
  }
  return false;
}

function remainder97(text: string): number {
  let rest = 0;
  for (const c of text) {
    const value = parseInt(c, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, isDoubled = false; i >= 0; i--, isDoubled = !isDoubled) {
    const value = digits.charCodeAt(i) - 48;
    sum += isDoubled ? (value > 4 ? value * 2 - 9 : value * 2) : value;
  }
  return sum % 10 === 0;
}

function passesEan(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, weight = 1; i >= 0; i--, weight = 4 - weight) sum += (digits.charCodeAt(i) - 48) * weight;
  return sum % 10 === 0;
}
