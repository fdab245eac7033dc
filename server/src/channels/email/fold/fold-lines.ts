import type { Line, LineKind } from './line.ts';
import { FORWARD_SUBJECT } from './mail-words.ts';
import { opensAttribution, recogniseAttribution, type Attribution } from './recognise-attribution.ts';
import { recogniseHeaders } from './recognise-headers.ts';
import { announcesForwarded, announcesOriginal, isBlank, isDeviceLine, isRule, isSignatureMark } from './recognise-lines.ts';

const MOST_ATTRIBUTION_LINES = 4;
const LONGEST_SIGNATURE = 12;
const LONGEST_SIGNATURE_LINE = 120;

interface Heading {
  from: number;
  /** Behind its last line. */
  to: number;
  /** Old mail follows it to the end even where nothing marks it as quoted. */
  isStrong: boolean;
}

/**
 * Says of each line of a mail whether it was written for this message. The rule above all others: what a person wrote is never called a quotation or
 * a signature. So in doubt a line is written; answers between quoted lines leave the quotations around them as they are, because without them they
 * cannot be understood; and a mail that is nothing but old mail is shown whole. Takes time in proportion to the number of lines.
 */
export function foldLines(lines: readonly Line[], subject = ''): LineKind[] {
  const kinds: LineKind[] = lines.map(() => 'written');
  const { headings, end } = findHeadings(lines, FORWARD_SUBJECT.test(subject));
  for (const { from, to } of headings) kinds.fill('heading', from, to);
  const quotes = findQuotes(lines, headings, end);
  for (const [from, to] of quotes) kinds.fill('quote', from, to);
  if (end < lines.length) kinds.fill('quote', end);
  markSignatures(lines, kinds);
  settle(lines, kinds, headings);
  return hasWritten(lines, kinds) ? kinds : lines.map((_, i) => (kinds[i] === 'heading' ? 'heading' : 'written'));
}

const hasWritten = (lines: readonly Line[], kinds: readonly LineKind[]): boolean => lines.some(({ text }, i) => kinds[i] === 'written' && !isBlank(text));

/** The lines that announce old mail, and the place from which on everything is old mail (behind the last line when there is none). */
function findHeadings(lines: readonly Line[], isForward: boolean): { headings: Heading[]; end: number } {
  const headings: Heading[] = [];
  let hasText = false;
  let isForwarded = isForward;
  let end = lines.length;
  for (let at = 0; at < lines.length; at++) {
    const { text, isQuoted } = lines[at]!;
    if (isQuoted || isBlank(text)) continue;
    const heading = headingAt(lines, at, isForwarded);
    if (heading === undefined) {
      hasText = true;
      continue;
    }
    headings.push(heading);
    // Behind "Forwarded message" nothing is old mail: it is what the sender hands on.
    isForwarded ||= heading.isForwarding;
    if (heading.isStrong && hasText && !isForwarded && !isFollowedByQuote(lines, heading.to)) {
      end = heading.from;
      headings.pop();
      break;
    }
    at = heading.to - 1;
  }
  return { headings, end };
}

function headingAt(lines: readonly Line[], at: number, isForwarded: boolean): (Heading & { isForwarding: boolean }) | undefined {
  const { text } = lines[at]!;
  if (announcesForwarded(text)) return { from: at, to: headersBehind(lines, at + 1), isStrong: false, isForwarding: true };
  if (announcesOriginal(text)) return { from: at, to: headersBehind(lines, at + 1), isStrong: true, isForwarding: false };
  if (isRule(text)) {
    const next = nextText(lines, at + 1);
    const count = recogniseHeaders(lines, next, true);
    return count > 0 ? { from: at, to: next + count, isStrong: true, isForwarding: false } : undefined;
  }
  const count = recogniseHeaders(lines, at, isForwarded);
  if (count > 0) return { from: at, to: at + count, isStrong: true, isForwarding: false };
  const attribution = attributionAt(lines, at);
  return attribution === undefined ? undefined : { ...attribution, isForwarding: false };
}

function headersBehind(lines: readonly Line[], at: number): number {
  const next = nextText(lines, at);
  return next - at > 2 ? at : next + recogniseHeaders(lines, next, true);
}

function nextText(lines: readonly Line[], at: number): number {
  let i = at;
  while (i < lines.length && i < at + 4 && isBlank(lines[i]!.text)) i++;
  return i;
}

/** A sentence such as "On … wrote:" that begins at this line; mail programs break it into as many as four. */
function attributionAt(lines: readonly Line[], at: number): Heading | undefined {
  let joined = '';
  for (let to = at; to < lines.length && to < at + MOST_ATTRIBUTION_LINES; to++) {
    const { text, isQuoted } = lines[to]!;
    if (isQuoted || text === '' || text.length > 400) return undefined;
    if (to > at && !opensAttribution(lines[at]!.text)) return undefined;
    joined = joined === '' ? text : `${joined} ${text}`;
    if (joined.length > 400) return undefined;
    const found: Attribution = recogniseAttribution(joined) ?? markedAttribution(lines[to]!);
    if (found === undefined) continue;
    const isQuoteNext = isFollowedByQuote(lines, to + 1);
    // A sentence that spans lines may begin anywhere; the fewest lines that make one are it.
    if (found === 'strong' || isQuoteNext) return { from: at, to: to + 1, isStrong: found === 'strong' };
  }
  return undefined;
}

const markedAttribution = ({ text, mark }: Line): Attribution => (!/[:：]$/.test(text) ? undefined : mark === 'announcement' ? 'strong' : mark === 'attribution' ? 'weak' : undefined);

function isFollowedByQuote(lines: readonly Line[], at: number): boolean {
  const next = lines[nextText(lines, at)];
  return next !== undefined && (next.isQuoted || next.isSetApart === true);
}

/** The runs of quoted lines that may be folded: those at the end, and one below its heading at the top, under which the answer stands. */
function findQuotes(lines: readonly Line[], headings: readonly Heading[], end: number): [number, number][] {
  const announced = new Set(headings.map(({ to }) => nextText(lines, to)));
  const runs: { from: number; to: number; isAnnounced: boolean; hasTextBehind: boolean }[] = [];
  const inHeading = new Set<number>();
  for (const { from, to } of headings) for (let i = from; i < to; i++) inHeading.add(i);
  for (let at = 0; at < end; at++) {
    const line = lines[at]!;
    const isAnnounced = announced.has(at);
    if (!line.isQuoted && !(line.isSetApart === true && isAnnounced)) {
      if (!isBlank(line.text) && !inHeading.has(at) && runs.length > 0) runs.at(-1)!.hasTextBehind = true;
      continue;
    }
    let to = at;
    for (let i = at; i < end; i++) {
      const { text, isQuoted, isSetApart } = lines[i]!;
      if (isQuoted || (isSetApart === true && !line.isQuoted)) to = i + 1;
      else if (!isBlank(text)) break;
    }
    runs.push({ from: at, to, isAnnounced, hasTextBehind: false });
    at = to - 1;
  }
  const trailing = signatureStart(lines, end);
  const last = runs.at(-1);
  if (last !== undefined && last.hasTextBehind && trailing < end && lines.slice(last.to, trailing).every(({ text }) => isBlank(text))) last.hasTextBehind = false;
  const answered = runs.filter(({ hasTextBehind }) => hasTextBehind).length;
  const isInterleaved = answered > 1;
  return runs.filter(({ hasTextBehind, isAnnounced, from }) => (hasTextBehind ? !isInterleaved && isAnnounced && !hasTextBefore(lines, inHeading, from) : true)).map(({ from, to }): [number, number] => [from, to]);
}

const hasTextBefore = (lines: readonly Line[], inHeading: ReadonlySet<number>, at: number): boolean => lines.slice(0, at).some(({ text }, i) => !isBlank(text) && !inHeading.has(i));

/** Where the signature below `-- ` begins; `end` when there is none that is plainly one. */
function signatureStart(lines: readonly Line[], end: number): number {
  for (let at = end - 1, seen = 0; at >= 0 && seen <= LONGEST_SIGNATURE; at--) {
    const { text, isQuoted } = lines[at]!;
    if (isQuoted || text.length > LONGEST_SIGNATURE_LINE) return end;
    if (isSignatureMark(text)) return at;
    if (!isBlank(text)) seen++;
  }
  return end;
}

/** Signatures end what was written: below them comes nothing, or only old mail. */
function markSignatures(lines: readonly Line[], kinds: LineKind[]): void {
  for (let i = 0; i < lines.length; i++) if (kinds[i] === 'written' && lines[i]!.mark === 'signature') kinds[i] = 'signature';
  let end = lines.length;
  while (end > 0) {
    while (end > 0 && (kinds[end - 1] !== 'written' || isBlank(lines[end - 1]!.text))) end--;
    const from = lastSignature(lines, kinds, end);
    if (from >= end) return;
    kinds.fill('signature', from, end);
    end = from;
  }
}

function lastSignature(lines: readonly Line[], kinds: readonly LineKind[], end: number): number {
  if (end > 0 && isDeviceLine(lines[end - 1]!.text)) return end - 1;
  const from = signatureStart(lines, end);
  return lines.slice(from, end).some((_, i) => kinds[from + i] !== 'written') ? end : from;
}

/** A heading goes with the quotation below it, and blank lines with what they stand between. */
function settle(lines: readonly Line[], kinds: LineKind[], headings: readonly Heading[]): void {
  for (const { from, to } of headings) {
    const next = nextText(lines, to);
    if (kinds[next] === 'quote' && !announcesForwarded(lines[from]!.text)) kinds.fill('quote', from, next);
  }
  // Above a quotation or a signature at the end, blank lines belong to it.
  for (let i = lines.length - 1; i > 0; i--) {
    const next = kinds[i]!;
    if ((next === 'quote' || next === 'signature') && kinds[i - 1] === 'written' && isBlank(lines[i - 1]!.text)) kinds[i - 1] = next;
  }
}
