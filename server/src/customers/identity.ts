import type { IdentityKind } from '@rapport/contract';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import { searchWords } from '../platform/search-words.ts';

export type { IdentityKind };

/** One spelling for each address: mail and visitors lower case, telephone numbers as digits with their plus. */
export function normaliseIdentity(kind: IdentityKind, value: string): string {
  return kind === 'phone' ? value.replace(/(?!^\+)[^\d]/g, '') : value.trim().toLowerCase();
}

/** What a customer is called until somebody knows better: the part of the address before the @. */
export function nameFrom(kind: IdentityKind, value: string, name: string | null | undefined): string {
  const given = maskCardNumbers((name ?? '').replace(/\s+/g, ' ').trim().slice(0, 200)).text;
  if (given !== '') return given;
  return kind === 'email' ? (value.split('@')[0] ?? value) : kind === 'visitor' ? `Visitor ${value.slice(-4)}` : value;
}

/** The words by which a customer is found: the name and each address, whole and in parts. */
export function customerWords(name: string, identities: readonly string[]): string {
  return searchWords([name, ...identities].join(' '), 2000);
}
