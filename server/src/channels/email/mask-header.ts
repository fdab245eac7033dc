import { findCardNumbers } from '../../platform/card-numbers.ts';
import { bytesToText, sequenceLength } from './byte-text.ts';
import type { HeaderField } from './mime-tree.ts';
import { decodeBase64, decodePercent, decodePlain, decodeQ, type DecodedBody } from './transfer-encoding.ts';

// Written by machines for machines, mostly to find each other again: a digit changed here loses an answer or a signature, and no
// customer ever typed one of them.
const MACHINE_HEADERS = new Set([
  'message-id', 'in-reply-to', 'references', 'resent-message-id', 'content-id', 'thread-index', 'received', 'x-received', 'received-spf', 'list-id',
  'dkim-signature', 'x-google-dkim-signature', 'domainkey-signature', 'arc-seal', 'arc-message-signature', 'arc-authentication-results', 'authentication-results', 'autocrypt',
]);
const ADDRESS_HEADERS = new Set(['from', 'sender', 'to', 'cc', 'bcc', 'reply-to', 'return-path', 'delivered-to', 'x-original-to', 'envelope-to', 'resent-from', 'resent-to', 'disposition-notification-to']);
const ADDRESS = /<[^<>]*>|[^\s<>,;:"()]+@[^\s<>,;:"()]+/g;
const BOUNDARY = /boundary\s*(?:\*\d*\*?)?=\s*(?:"[^"]*"|[^\s;]*)/gi;

const STAR = 42;

/**
 * Covers card numbers in one header, also where encoded words hold or part their digits; returns how many. `writable` gives the bytes of
 * the header to change and is only called when there is something to change.
 *
 * Headers by which machines recognise messages, mail addresses and the boundary of the parts keep their digits.
 */
export function maskHeader(raw: Buffer, header: HeaderField, writable: () => Buffer): number {
  if (header.end - header.valueStart < 13 || MACHINE_HEADERS.has(header.name)) return 0;
  const value = raw.subarray(header.valueStart, header.end);
  const pieces = readPieces(value, header.name);
  const bytes = pieces.length === 1 ? (pieces[0] as Piece).body.bytes : Buffer.concat(pieces.map((piece) => piece.body.bytes));
  const text = bytesToText(bytes);
  const cards = findCardNumbers(text);
  if (cards.length === 0) return 0;

  const isKept = within(keptRanges(text, header.name));
  const place = placesIn(pieces);
  let masked = 0;
  for (const places of cards) {
    const first = places[0]?.start ?? 0;
    if (isKept(first)) continue;
    masked++;
    const target = writable().subarray(header.valueStart - header.start);
    for (const { start } of places) {
      for (let i = start; i < start + sequenceLength(bytes, start); i++) place(target, i);
    }
  }
  return masked;
}

/** A run of the value in one encoding: where it stands, and where its bytes begin among the decoded bytes of all pieces. */
interface Piece {
  readonly at: number;
  readonly end: number;
  readonly from: number;
  readonly body: DecodedBody;
}

const ENCODED_WORD = /=\?[^?\s]+\?([bq])\?([^?]*)\?=/gi;

function readPieces(value: Buffer, name: string): Piece[] {
  const decodeRest = name === 'content-type' || name === 'content-disposition' ? decodePercent : decodePlain;
  const source = value.toString('latin1');
  const pieces: Piece[] = [];
  let from = 0;
  let at = 0;
  const add = (start: number, end: number, decode: (bytes: Buffer) => DecodedBody): void => {
    const body = decode(value.subarray(start, end));
    pieces.push({ at: start, end, from, body });
    from += body.bytes.length;
  };
  let isBehindWord = false;
  for (const word of source.matchAll(ENCODED_WORD)) {
    // White space between two encoded words is not part of the text.
    if (!(isBehindWord && source.slice(at, word.index).trim() === '')) add(at, word.index, decodeRest);
    const contentAt = word.index + word[0].length - 2 - (word[2] as string).length;
    add(contentAt, contentAt + (word[2] as string).length, (word[1] as string).toLowerCase() === 'b' ? decodeBase64 : decodeQ);
    at = word.index + word[0].length;
    isBehindWord = true;
  }
  add(at, value.length, decodeRest);
  return pieces;
}

/** Covers the decoded byte `i`. Asked for in rising order, so that a header of a hundred thousand pieces is walked through once and not once for each digit. */
function placesIn(pieces: readonly Piece[]): (target: Buffer, i: number) => void {
  let at = 0;
  return (target, i) => {
    while (at < pieces.length - 1 && i >= (pieces[at] as Piece).from + (pieces[at] as Piece).body.bytes.length) at++;
    const piece = pieces[at];
    if (piece) piece.body.put(target.subarray(piece.at, piece.end), i - piece.from, STAR);
  };
}

/** Whether a place lies in one of the ranges, which stand in order; asked for in rising order. */
function within(ranges: ReadonlyArray<readonly [number, number]>): (place: number) => boolean {
  let at = 0;
  return (place) => {
    while (at < ranges.length && place >= (ranges[at] as readonly [number, number])[1]) at++;
    return at < ranges.length && place >= (ranges[at] as readonly [number, number])[0];
  };
}

function keptRanges(text: string, name: string): Array<[number, number]> {
  const pattern = ADDRESS_HEADERS.has(name) ? ADDRESS : name === 'content-type' ? BOUNDARY : undefined;
  return pattern === undefined ? [] : [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}
