import type { CasePriority, CaseStatus } from '@rapport/contract';

export type Json = Record<string, unknown>;

/** Exports of other programs are read by what is there: whatever is missing or of another kind is nothing. */
export const objectOf = (value: unknown): Json | undefined => (value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined);
export const objectsOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf).filter((each) => each !== undefined) : []);
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? (value === '' ? null : value) : typeof value === 'number' ? String(value) : null);
export const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap((each) => textOf(each) ?? []) : []);
/** An id, which some write as a number and some as text. */
export const idOf = (value: unknown): string | null => (typeof value === 'number' || typeof value === 'bigint' ? String(value) : typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : null);

const WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$/;

/** A moment: RFC 3339, `2024-03-01 12:00:00` (taken as UTC), a day, a mail's date, or seconds or milliseconds since 1970. What could be two different days, such as 03/04/2024, is nothing. */
export function dateOf(value: unknown): Date | null {
  if (typeof value === 'number') return validDate(new Date(value < 1e11 ? value * 1000 : value));
  if (typeof value !== 'string') return null;
  const text = value.trim().replace(/ UTC$/, 'Z').replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) ?([+-]\d{2}:?\d{2}|Z)$/, '$1T$2$3');
  if (/^\d{9,13}$/.test(text)) return dateOf(Number(text));
  const plain = WITHOUT_ZONE.exec(text);
  if (plain) return validDate(new Date(`${plain[1]}T${plain[2]}Z`));
  if (/^\d{4}-\d{2}-\d{2}/.test(text) || /^(\w{3}, *)?\d{1,2} \w{3} \d{4} /.test(text)) return validDate(new Date(text));
  return null;
}

function validDate(date: Date): Date | null {
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1980 || year > 9000 ? null : date;
}

/** `Anna <anna@shop.example>` or the address alone. */
export function personOf(value: unknown): { name: string | null; email: string | null } {
  const text = textOf(value)?.trim() ?? '';
  const [, named, address] = /^(.*?)<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text) ?? [];
  if (address !== undefined) return { name: named?.trim().replace(/^"(.*)"$/, '$1') || null, email: address.toLowerCase() };
  return isAddress(text) ? { name: null, email: text.toLowerCase() } : { name: text || null, email: null };
}

export const isAddress = (text: string | null): text is string => text !== null && text.length <= 254 && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(text);

/** The addresses in a list written as one text. */
export const addressesOf = (value: unknown): string[] => (Array.isArray(value) ? textsOf(value) : (textOf(value) ?? '').split(/[,;]/)).flatMap((each) => personOf(each).email ?? []);

const STATUS: Record<string, CaseStatus> = {
  new: 'new', neu: 'new', open: 'open', offen: 'open', reopened: 'open', in_progress: 'open', pending: 'pending', waiting: 'pending', wartend: 'pending', waiting_on_customer: 'pending', awaiting_reply: 'pending', pending_reminder: 'pending', pending_close: 'pending', snoozed: 'pending',
  hold: 'on_hold', on_hold: 'on_hold', waiting_on_third_party: 'on_hold', solved: 'resolved', resolved: 'resolved', done: 'resolved', gelöst: 'resolved', erledigt: 'resolved', closed: 'closed', geschlossen: 'closed',
};
const PRIORITY: Record<string, CasePriority> = { low: 'low', niedrig: 'low', normal: 'normal', medium: 'normal', mittel: 'normal', high: 'high', hoch: 'high', urgent: 'urgent', critical: 'urgent', dringend: 'urgent' };

const word = (value: unknown): string => (textOf(value) ?? '').trim().toLowerCase().replace(/[\s-]+/g, '_');

/** A status by the word other programs have for it; null when it is none we know. */
export const statusOf = (value: unknown): CaseStatus | null => STATUS[word(value)] ?? null;
/** A priority by its word; nothing said is normal. */
export const priorityOf = (value: unknown): CasePriority | null => (word(value) === '' ? 'normal' : (PRIORITY[word(value)] ?? null));

/** The bytes of a file, where the export holds them: base64 under one of the usual names, or a `data:` address. */
export function contentOf(file: Json): Buffer | null {
  const given = [file['data'], file['content'], file['content_base64'], file['base64']].find((each) => typeof each === 'string' && each !== '') as string | undefined;
  const inAddress = [file['data_url'], file['content_url'], file['attachment_url'], file['url']].find((each) => typeof each === 'string' && each.startsWith('data:')) as string | undefined;
  const base64 = given ?? (inAddress === undefined ? undefined : /^data:[^,]*;base64,(.*)$/s.exec(inAddress)?.[1]);
  return base64 === undefined || !/^[A-Za-z0-9+/_=\s-]*$/.test(base64) ? null : Buffer.from(base64, 'base64');
}
