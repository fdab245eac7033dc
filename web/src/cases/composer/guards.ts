import type { RecipientCheck } from '@rapport/contract';

export type Warning =
  | { kind: 'outsider'; address: string }
  | { kind: 'stranger'; address: string }
  | { kind: 'otherCustomer'; address: string; name: string }
  | { kind: 'noAttachment'; word: string }
  | { kind: 'variable'; names: string };

/** By what a warning is remembered: said once about one address, or once about the missing file. */
export const keyOf = (warning: Warning): string => ('address' in warning ? `${warning.kind} ${warning.address}` : warning.kind);

// Words by which somebody says that a file is there. Not "find", "see" or "anbei" in other senses: a warning that is often wrong is soon not read.
const SAID = [
  /\b(?:attach(?:ed|ing)|(?:the|an?|my|our|this|see|as) attachments?|i (?:attach|enclose)|enclos(?:ed|ing)|(?:find|see) (?:the )?enclosed)\b/iu,
  /(?<![\p{L}])(?:anbei|angehängt(?:e[nrs]?)?|beigefügt(?:e[nrs]?)?|im anhang|in der anlage|als anlage|als anhang|hänge ich|füge ich (?:ihnen |dir |euch )?bei|anliegend(?:e[nrs]?)?)(?![\p{L}])/iu,
];
// "without attachments", "no attachment needed", "kein Anhang": the file is meant to be missing; and "your attachment" is the customer's.
const DENIED = /\b(?:no|without|any|your|whose)\s+(?:further\s+)?attachments?\b|\b(?:not|n['’]t)\s+(?:be\s+)?attach(?:ed|ing)?\b|(?<![\p{L}])(?:keine?n?|ohne|ihr(?:e[nm]?)?|dein(?:e[nm]?)?)\s+(?:anhang|anhänge|anlagen?)(?![\p{L}])|nicht\s+(?:angehängt|beigefügt)/giu;

/** The word by which a text (without what it quotes) speaks of a file that goes along. English and German. */
export function saysAttachment(text: string): string | undefined {
  const own = text.split('\n').filter((line) => !line.trimStart().startsWith('>')).join('\n').slice(0, 50_000).replace(DENIED, ' ');
  for (const pattern of SAID) {
    const found = pattern.exec(own);
    if (found) return found[0];
  }
  return undefined;
}

export interface Draft {
  text: string;
  hasFiles: boolean;
  isForward: boolean;
}

/**
 * What to ask about before a message goes out. A forward is for somebody outside, so nobody has to be told that they are outside; that the address is another customer's is
 * said all the same. What `said` holds was asked already.
 */
export function warningsFor(draft: Draft, checks: readonly RecipientCheck[], said: ReadonlySet<string>): Warning[] {
  const found: Warning[] = [];
  for (const { address, isParticipant, isStranger, otherCustomer } of checks) {
    if (otherCustomer && (!isParticipant || isStranger)) found.push({ kind: 'otherCustomer', address, name: otherCustomer.name });
    else if (draft.isForward) continue;
    else if (!isParticipant) found.push({ kind: 'outsider', address });
    else if (isStranger) found.push({ kind: 'stranger', address });
  }
  const word = draft.hasFiles ? undefined : saysAttachment(draft.text);
  if (word !== undefined) found.push({ kind: 'noAttachment', word });
  const open = [...new Set(draft.text.match(/\{\{[^{}\n]{1,60}\}\}/g))];
  if (open.length > 0) found.push({ kind: 'variable', names: open.join(', ') });
  return found.filter((warning) => !said.has(keyOf(warning)));
}
