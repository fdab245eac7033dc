import { WROTE, WROTE_ANYWHERE } from './mail-words.ts';

/** strong: it can hardly be anything else, so what follows is old mail even when nothing marks it as quoted. weak: only together with a quotation below it. */
export type Attribution = 'strong' | 'weak' | undefined;

const LONGEST = 400;
const ADDRESS = /[<(["']?(?:mailto:)?[^\s<>"'()@]{1,64}@[^\s<>"'()@]{1,200}/;
const ENDS_IN_ADDRESS = /<[^<>]{1,200}@[^<>]{1,200}>(?:<mailto:[^<>]{1,250}>|>|\s)*\s*[:：]?$/;
const TIME = /\b\d{1,2}[:.h]\d{2}\b|\d{1,2}时\d{2}|\d{1,2}시|[上下]午|오[전후]/;
const DATE = /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|d['’]\s?)?\p{L}{3,12}\.?,?\s+(?:de\s+)?\d{2,4}\b|\b\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:at\s+)?\d{2,4}\b|\d{4}\s?[年년]/u;
const STARTS_WITH_DATE = /^(?:\p{L}{2,12}\.?,?\s+)?(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}\.?\s+(?:de\s+)?\p{L}{3,12}\.?\s+(?:de\s+)?\d{4}|\d{4}\s?[年년])/u;
const GOOGLE_OLD = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d{2}\s+(?:GMT|UTC)[+-]\d{1,2}:\d{2}\s+\S/;
const GOOGLE_OLDEST = /^\d{4}\/\d{1,2}\/\d{1,2}\s+[^<>]{1,100}<[^<>\s]{1,200}@[^<>\s]{1,200}>:?$/;
const BETWEEN_DASHES = /^-{2,10}\s?\S.{0,380}\s?-{2,10}$/;

// How a sentence begins that goes on for more than a line. A line that a person wrote above it must not be taken for its beginning.
const OPENS = /^[*_"'“„«]?\s?(?:(?:on|le|am|el|il|op|em|den|på|dne|dňa|w dniu|pe|în|στις|у|в|vào|pada|at|dana|dnia|eq|في|בתאריך)(?=\s)|\p{L}{2,10}\.?,?\s\d|\p{L}{2,10}\.?,\s|\d)/iu;
const UNFINISHED = /(?:^|\s)\S{1,5}\.$|[^.!?…。！？]$/;
// Set around names and dates by programs that write from right to left.
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Whether a sentence that announces a quotation can begin with this line and go on with the next. */
export function opensAttribution(line: string): boolean {
  const text = line.replace(DIRECTIONS, '');
  return UNFINISHED.test(text) && (OPENS.test(text) || ADDRESS.test(text));
}

// A plain look-up in a text of four hundred characters at most; a pattern of so many words costs more than reading the mail.
const spaced = WROTE.map((word) => ` ${word} `);
const BORDERS = /[\s.,;:：!?()<>"'“”„«»-]+/g;

function saysWrote(lower: string): boolean {
  const words = ` ${lower.replace(BORDERS, ' ')} `;
  return spaced.some((word) => words.includes(word)) || /\(a\)|\(а\)/.test(lower) && /napisa|napsal|написа/.test(lower) || WROTE_ANYWHERE.some((word) => lower.includes(word));
}

/** Judges one line, or the lines of one sentence joined, above what may be a quotation: "On Monday, 4 November 2024 at 10:12, Support <s@example.com> wrote:". */
export function recogniseAttribution(given: string): Attribution {
  if (given.length < 8 || given.length > LONGEST) return undefined;
  const text = given.replace(DIRECTIONS, '').trim();
  if (GOOGLE_OLD.test(text)) return 'strong';
  if (GOOGLE_OLDEST.test(text)) return 'weak';
  const isDashed = BETWEEN_DASHES.test(text);
  const endsInColon = /[:：]$/.test(text);
  if (!isDashed && !endsInColon) return undefined;
  const hasAddress = ADDRESS.test(text.replaceAll('&lt;', '<'));
  const hasDate = DATE.test(text) || (TIME.test(text) && /\d/.test(text));
  if (!hasAddress && !hasDate) return undefined;
  const wrote = saysWrote(text.toLowerCase());
  if (isDashed) return wrote && hasAddress && hasDate ? 'strong' : undefined;
  if (wrote) {
    if (hasAddress && hasDate && TIME.test(text)) return 'strong';
    return 'weak';
  }
  // Some programs name only the time and the person, and leave the verb out.
  return hasDate && STARTS_WITH_DATE.test(text) && ENDS_IN_ADDRESS.test(text) ? (TIME.test(text) ? 'strong' : 'weak') : undefined;
}
