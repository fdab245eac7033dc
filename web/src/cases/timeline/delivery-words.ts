import { t, type PlainMessageId } from '../../i18n/index.ts';

/** What a mail server's code means, most telling first: the enhanced codes of RFC 3463, then the three digits of RFC 5321. */
const meanings: readonly (readonly [RegExp, PlainMessageId])[] = [
  [/\b[45]\.1\.(1|0|6|10)\b/, 'delivery.why.nobody'],
  [/\b[45]\.1\.(2|3)\b/, 'delivery.why.noDomain'],
  [/\b[45]\.2\.2\b/, 'delivery.why.full'],
  [/\b[45]\.(2\.3|3\.4)\b/, 'delivery.why.tooLarge'],
  [/\b[45]\.4\.\d+\b/, 'delivery.why.unreached'],
  [/\b[45]\.7\.\d+\b/, 'delivery.why.refused'],
  [/\b552\b/, 'delivery.why.full'],
  [/\b(550|551|553)\b/, 'delivery.why.nobody'],
  [/\b(421|450|451|452)\b/, 'delivery.why.later'],
  [/\b(530|534|535|554)\b/, 'delivery.why.refused'],
];

/** What went wrong in the reader's language, when the server's code says; the server's own words stand beside it as they are. */
export function whyNotDelivered(reason: string): string | undefined {
  const found = meanings.find(([code]) => code.test(reason));
  return found && t(found[1]);
}
