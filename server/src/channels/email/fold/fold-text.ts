import type { Fold } from '@rapport/contract';
import { foldLines } from './fold-lines.ts';
import type { Line, LineKind } from './line.ts';

function lineOf(given: string): Line {
  const text = given.trim();
  if (!text.startsWith('>')) return { text, isQuoted: false, isSetApart: text.startsWith('|') };
  return { text: text.replace(/^[>\s]{1,200}/, ''), isQuoted: true };
}

/** Finds the stretches of a plain-text mail that were not written for it, in order, without overlaps. See `foldLines` for what is never among them. */
export function foldText(text: string, subject = ''): Fold[] {
  const lines = text.split('\n');
  const kinds = foldLines(lines.map(lineOf), subject);
  const folds: Fold[] = [];
  let at = 0;
  let before: LineKind = 'written';
  for (const [i, line] of lines.entries()) {
    const kind = kinds[i] ?? 'written';
    const end = Math.min(text.length, at + line.length + 1);
    const last = folds.at(-1);
    if (kind !== 'written') {
      if (last !== undefined && before === kind) last.to = end;
      else folds.push({ kind, from: at, to: end });
    }
    before = kind;
    at = end;
  }
  return folds.filter(({ from, to }) => to > from);
}
