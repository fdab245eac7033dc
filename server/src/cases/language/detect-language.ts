import { detectAll } from 'tinyld';

const SHORTEST = 40;
const ENOUGH = 4000;
const SUREST = 0.35;
const CLEARLY_MORE = 1.4;

/** A customer's own words: no quotations, no signature, no addresses. */
function ownWords(text: string): string {
  const lines = text.slice(0, ENOUGH).split('\n');
  const end = lines.findIndex((line) => /^-- ?$/.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^\s*>/.test(line)).join('\n').replace(/\S*(?:@|:\/\/)\S*/g, ' ').replace(/[\d#*_|<>=]+/g, ' ').trim();
}

/** The language of a text, as `de`; null where it is too short or could be another. Guessing wrongly is worse than not knowing: it would choose the text a customer gets. */
export function detectLanguage(text: string): string | null {
  const words = ownWords(text);
  if ([...words].length < SHORTEST) return null;
  const [first, second] = detectAll(words);
  if (!first || first.accuracy < SUREST || (second && first.accuracy < second.accuracy * CLEARLY_MORE)) return null;
  return first.lang;
}
