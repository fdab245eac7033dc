import type { Line } from './line.ts';
import { HEADER_LABELS } from './mail-words.ts';

type Label = keyof typeof HEADER_LABELS;

const kinds = new Map<string, Set<Label>>();
for (const [kind, labels] of Object.entries(HEADER_LABELS) as [Label, readonly string[]][]) for (const label of labels) kinds.set(label, (kinds.get(label) ?? new Set<Label>()).add(kind));

const LONGEST_LABEL = 24;
const MOST_LINES = 16;

/** What a line of copied headers may stand for; undefined when it begins with no label. */
function labelsOf(line: string): ReadonlySet<Label> | undefined {
  const start = line.slice(0, LONGEST_LABEL + 8);
  const colon = start.search(/[:：]/);
  if (colon < 1) return undefined;
  return kinds.get(start.slice(0, colon).replace(/[*_|>\s]+/g, ' ').trim().toLowerCase());
}

/**
 * Whether copied headers (From, Sent, To, Subject in whatever language) begin at line `at`, and how many lines they take. People write forms with
 * "From:" and "To:" as well, so an address must stand there, or all four, unless a line above (`isAnnounced`) says what follows.
 */
export function recogniseHeaders(lines: readonly Pick<Line, 'text' | 'hasAddress'>[], at: number, isAnnounced: boolean): number {
  if (labelsOf(lines[at]?.text ?? '') === undefined) return 0;
  const seen = new Set<Label>();
  let end = at;
  let hasAddress = false;
  let gap = 0;
  for (let i = at; i < lines.length && i < at + MOST_LINES; i++) {
    const text = lines[i]!.text;
    const labels = labelsOf(text);
    if (labels !== undefined) {
      for (const label of labels) seen.add(label);
      end = i + 1;
      gap = 0;
    } else if (text === '') {
      // Programs that turn paragraphs to text leave a blank line between headers; two end them.
      if (++gap > 1) break;
    } else if (gap > 0 || i - end >= 2) break; // a long list of recipients goes on for a line or two
    if (i < end || gap === 0) hasAddress ||= lines[i]!.hasAddress === true || (text.length < 2000 && text.includes('@'));
  }
  // The line after the last label may still be its end: a subject that was wrapped.
  const next = lines[end]?.text ?? '';
  if (end - at >= 2 && next !== '' && lines[end + 1]?.text === '' && labelsOf(next) === undefined && next.length < 100) end += isAnnounced ? 1 : 0;
  if (!seen.has('from') || !(seen.has('date') || seen.has('subject'))) return 0;
  const count = ['from', 'date', 'to', 'subject'].filter((kind) => seen.has(kind as Label)).length;
  return count >= 4 || (count >= 3 && hasAddress) || (count >= 2 && isAnnounced) ? end - at : 0;
}
