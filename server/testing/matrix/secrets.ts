import type { Person } from './people.ts';

/** Who may come to know something. Written from what the product promises, not from how it is built. */
export type Oracle = (person: Person) => boolean;

interface Secret {
  /** As a failure names it. */
  what: string;
  isId: boolean;
  maySee: Oracle;
}

/** What must not be told to everybody: words that stand in one place only, and ids. */
export interface Secrets {
  /** A word that no text holds by chance, short enough for every name. */
  word(what: string, maySee: Oracle): string;
  id(id: string, what: string, maySee: Oracle): string;
  /** What an answer tells the person against the oracle. What the question itself held is no news: `asked`. */
  leaksIn(answer: string, person: Person, asked: string, options?: { areIdsKnown: boolean }): string[];
}

const letters = (n: number): string => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));
const traces = /zq[a-z]+qz|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const tracesIn = (text: string): Set<string> => new Set(text.toLowerCase().match(traces));

export function openSecrets(): Secrets {
  const known = new Map<string, Secret>();
  return {
    word(what, maySee) {
      const word = `zq${letters(known.size)}qz`;
      known.set(word, { what, isId: false, maySee });
      return word;
    },
    id(id, what, maySee) {
      known.set(id, { what: `the id of ${what}`, isId: true, maySee });
      return id;
    },
    leaksIn(answer, person, asked, { areIdsKnown } = { areIdsKnown: false }) {
      const inQuestion = tracesIn(asked);
      return [...tracesIn(answer)].flatMap((trace) => {
        const secret = known.get(trace);
        return secret && !(secret.isId && areIdsKnown) && !inQuestion.has(trace) && !secret.maySee(person) ? [secret.what] : [];
      });
    },
  };
}
