import { maskCardNumbers } from '../platform/card-numbers.ts';
import { searchWords } from '../platform/search-words.ts';

export type IdentityKind = 'email' | 'phone';

/** One spelling for each address: mail lower case, telephone numbers as digits with their plus. */
export function normaliseIdentity(kind: IdentityKind, value: string): string {
  return kind === 'email' ? value.trim().toLowerCase() : value.replace(/(?!^\+)[^\d]/g, '');
}

/** What a customer is called until somebody knows better: the part of the address before the @. */
export function nameFrom(kind: IdentityKind, value: string, name: string | null | undefined): string {
  const given = maskCardNumbers((name ?? '').replace(/\s+/g, ' ').trim().slice(0, 200)).text;
  return given !== '' ? given : kind === 'email' ? (value.split('@')[0] ?? value) : value;
}

/** The words by which a customer is found: the name and each address, whole and in parts. */
export function customerWords(name: string, identities: readonly string[]): string {
  return searchWords([name, ...identities].join(' '), 2000);
}
