import { DEVICE_PHRASES, DEVICES, FORWARDED, ORIGINAL } from './mail-words.ts';

const LONGEST = 160;
const original = new Set(ORIGINAL);
const forwarded = new Set(FORWARDED);

const wordsBetweenDashes = (text: string): string | undefined => {
  if (text.length > LONGEST) return undefined;
  const match = /^[-_—–=*]{2,60}\s?([^-_—–=*].*[^-_—–=*\s])\s?[-_—–=*]{2,60}$/.exec(text);
  return match?.[1]?.replace(/[:：]$/, '').toLowerCase();
};

/** "-----Original Message-----". */
export function announcesOriginal(text: string): boolean {
  const words = wordsBetweenDashes(text);
  return words !== undefined && (original.has(words) || words.startsWith('original message from'));
}

/** "---------- Forwarded message ----------", "Begin forwarded message:". */
export function announcesForwarded(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = wordsBetweenDashes(text) ?? (/[:：]$/.test(text) ? text.slice(0, -1).trim().toLowerCase() : undefined);
  return words !== undefined && (forwarded.has(words) || FORWARDED.some((start) => words.startsWith(start) && words.length < start.length + 40));
}

/** A rule that some programs draw above copied headers. */
export const isRule = (text: string): boolean => /^[_—–-]{5,120}$/.test(text);

/** `-- ` and its cousins. */
export const isSignatureMark = (text: string): boolean => text === '--' || text === '—' || text === '– –' || text === '-- --';

/** "Sent from my iPhone", in the languages that phones and mail programs speak. */
export function isDeviceLine(text: string): boolean {
  if (text.length < 6 || text.length > 120) return false;
  const lower = text.toLowerCase();
  return DEVICE_PHRASES.some((phrase) => phrase.every((word) => lower.includes(word))) && DEVICES.some((device) => lower.includes(device)) && isNoSentence(lower);
}

// "Sent from my phone, so I cannot attach the invoice. Please call me" is somebody who writes.
const isNoSentence = (lower: string): boolean => !/[?;]/.test(lower) && !/[.!]\s+\S{2,}.*\s\S+/.test(lower) && lower.split(/\s+/).length <= 14;

/** Nothing to read: only marks, or a tracker's invisible characters. */
export const isBlank = (text: string): boolean => text === '' || /^[\s\u00a0\u200b-\u200f\u2060\ufeff\u1427\u034f]*$/.test(text);
