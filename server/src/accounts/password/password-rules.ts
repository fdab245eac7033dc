import { Refusal } from '../../platform/refusal.ts';
import { commonPasswords, commonWords } from './common-passwords.ts';

/** What anybody who wants in would try first for this person. */
export interface AboutPerson {
  email: string;
  name: string;
  company: string;
}

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
const core = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

function personal({ email, name, company }: AboutPerson): Set<string> {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  const parts = [email, local, domain, name, company].map((part) => part.normalize('NFKC').toLowerCase());
  const words = parts.flatMap((part) => [part, ...part.split(/[^\p{L}\p{N}]+/u)]);
  return new Set(words.map(letters).filter((word) => word.length >= 3));
}

function isMadeOf(text: string, words: ReadonlySet<string>): boolean {
  // Twice the same, or two such words in a row ("acmesupport", "lauralaura"), are no better than one.
  if (words.has(text) || commonWords.has(text)) return true;
  for (let i = 3; i <= text.length - 3; i += 1) {
    const isKnown = (part: string) => words.has(part) || commonWords.has(part);
    if (isKnown(text.slice(0, i)) && isKnown(text.slice(i))) return true;
  }
  return false;
}

/**
 * Refuses passwords that are guessed first: the commonest ones, a few characters repeated, and the person's or company's own name or address, each also with digits
 * and signs around it. Length is the contract's business; there are no rules about which characters must occur, since those only make passwords alike.
 */
export function mustBeStrong(password: string, about: AboutPerson): void {
  const text = password.normalize('NFKC').toLowerCase();
  const refuse = (why: string) => new Refusal('weak_password', `${why} Three or four unrelated words make a good password.`);
  if (new Set(text).size < 5) throw refuse('This repeats a few characters.');
  if (commonPasswords.has(text.replace(/[^\p{L}\p{N}]/gu, ''))) throw refuse('This is among the passwords tried first.');
  const word = core(text);
  const isPlain = letters(word) === word.replace(/[^\p{L}\p{N}]/gu, '');
  if (word !== '' && (commonWords.has(word) || (isPlain && isMadeOf(letters(word), personal(about))))) throw refuse('This is a name or word that is tried first.');
  if (text.includes(about.email.toLowerCase())) throw refuse('This contains the e-mail address.');
}
