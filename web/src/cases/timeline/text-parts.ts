import type { Fold } from '@rapport/contract';

export interface TextPart {
  kind: 'shown' | 'quote' | 'signature';
  text: string;
}

/** A text in the order in which it is read, parted where something is folded. Blank lines around what is folded are left out. */
export function partFolds(text: string, folds: readonly Fold[]): TextPart[] {
  const parts: TextPart[] = [];
  const add = (kind: TextPart['kind'], piece: string) => {
    const tidy = piece.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
    if (tidy !== '') parts.push({ kind, text: tidy });
  };
  let at = 0;
  for (const { kind, from, to } of folds) {
    if (kind === 'heading') continue;
    add('shown', text.slice(at, from));
    add(kind, text.slice(from, to));
    at = to;
  }
  add('shown', text.slice(at));
  return parts;
}
