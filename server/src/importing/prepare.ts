import { createHash } from 'node:crypto';
import type { ImportFormat, ImportOddCode, ImportOptions } from '@rapport/contract';
import { cleanImported, maskUpload, previewOf, searchTextOf, withWrittenFirst, writtenPart, type ImportedEntry, type StoredAttachment } from '../cases/index.ts';
import { readForImport, storeMail, type ReadMail } from '../channels/index.ts';
import type { ImportedCustomer } from '../customers/index.ts';
import type { InboxFacts } from '../inboxes/index.ts';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import type { Platform } from '../platform/context.ts';
import { storable, storableText } from '../platform/storable.ts';
import { escapeHtml } from '../platform/text-to-html.ts';
import { isAddress } from './formats/json-value.ts';
import type { Found, FoundCase, FoundCustomer, FoundEntry, FoundFile, FoundPerson, Place, Placed } from './found.ts';

/** What stays the same over a whole import. */
export interface Desk {
  platform: Platform;
  accountId: string;
  format: ImportFormat;
  inbox: InboxFacts;
  options: ImportOptions;
  /** Those who work here, by address in small letters. */
  agents: ReadonlyMap<string, { id: string; name: string }>;
  /** Keeps files and mails; a trial keeps nothing. */
  isTrial: boolean;
  /** The bytes of a file that is only named in the export, where they lie beside it. */
  findFile: (file: FoundFile) => Promise<Buffer | null>;
}

/** An entry whose people have no ids yet. */
export type EntryDraft = Omit<ImportedEntry, 'author' | 'people'> & {
  role: 'customer' | 'agent' | 'system';
  /** Who wrote it; for customers the one by whose address they are known. */
  name: string;
  address: string | null;
  customer: ImportedCustomer | null;
  people: { address: string; name: string | null }[];
};

export interface Strange {
  place: Place;
  code: ImportOddCode;
  sourceId: string | null;
}

export type Prepared =
  | { kind: 'nothing'; place: Place }
  | { kind: 'refused'; place: Place; code: ImportOddCode; sourceId: string | null }
  | { kind: 'customer'; place: Place; customer: ImportedCustomer }
  | { kind: 'case'; place: Place; key: string; found: FoundCase; subject: string; customer: ImportedCustomer; entries: EntryDraft[]; odds: Strange[] }
  | { kind: 'entries'; place: Place; caseKey: string; sourceId: string; entries: EntryDraft[]; odds: Strange[] }
  | { kind: 'mail'; place: Place; read: ReadMail; rawKey: string | null; files: StoredAttachment[] };

const keyOf = ({ format, options }: Desk, sourceId: string): string => `import:${format}:${options.source}:${storableText(sourceId)}`;
export const caseKey = (desk: Desk, sourceId: string): string => keyOf(desk, `case:${sourceId}`);

/** Makes a record ready to be written, outside of any transaction: mails are read, words cleaned, files kept. */
export async function prepare(desk: Desk, found: Placed<Found>): Promise<Prepared> {
  const { place } = found;
  switch (found.kind) {
    case 'nothing': return { kind: 'nothing', place };
    case 'odd': return { kind: 'refused', place, code: found.code, sourceId: found.sourceId };
    case 'customer': {
      const customer = customerOf(found.customer, found.customer);
      return customer === undefined ? { kind: 'refused', place, code: 'no_address', sourceId: null } : { kind: 'customer', place, customer };
    }
    case 'case': return prepareCase(desk, storable(found.case), place);
    case 'entries': {
      const odds: Strange[] = [];
      const entries = await prepareEntries(desk, storable(found.entries), { subject: '', createdAt: null, sourceId: found.caseId, isBegun: true, place, odds });
      return { kind: 'entries', place, caseKey: caseKey(desk, found.caseId), sourceId: found.caseId, entries, odds };
    }
    case 'mail': return prepareMail(desk, found.raw, place);
  }
}

async function prepareMail(desk: Desk, raw: Buffer, place: Place): Promise<Prepared> {
  let read: ReadMail;
  try {
    read = await readForImport(raw, desk.inbox.address);
  } catch {
    // Only a mail that takes minutes or gigabytes to read is refused; whatever else the bytes are, they are a mail.
    return { kind: 'refused', place, code: 'unreadable', sourceId: null };
  }
  if (read.mail.from === undefined && read.mail.sender === undefined && read.mail.replyTo.length === 0) return { kind: 'refused', place, code: 'no_sender', sourceId: read.mail.messageId ?? null };
  if (desk.isTrial) return { kind: 'mail', place, read, rawKey: null, files: read.mail.attachments.map(({ filename, mediaType, bytes, contentId, isInline }) => ({ fileKey: '', filename, mediaType, bytes: bytes.length, contentId: contentId ?? null, isInline })) };
  const { rawKey, attachments } = await storeMail(desk.platform, desk.accountId, read);
  return { kind: 'mail', place, read, rawKey, files: attachments };
}

async function prepareCase(desk: Desk, found: FoundCase, place: Place): Promise<Prepared> {
  const odds: Strange[] = [];
  const say = (code: ImportOddCode): void => void odds.push({ place, code, sourceId: found.sourceId });
  if (found.status === null) say('unknown_status');
  if (found.priority === null) say('unknown_priority');
  let customer = customerOf(found.customer, null);
  if (customer === undefined) {
    say('no_address');
    // Kept apart from everybody else; the ending is one that no mail ever goes to.
    const local = createHash('sha256').update(keyOf(desk, found.customer.sourceId === null ? `case:${found.sourceId}` : `customer:${found.customer.sourceId}`)).digest('hex').slice(0, 32);
    customer = { kind: 'email', value: `${local}@imported.invalid`, name: found.customer.name, further: [], organization: null, note: '', locale: null, createdAt: found.createdAt };
  }
  const given = maskCardNumbers(found.subject.replace(/\s+/g, ' ').trim().slice(0, 500)).text;
  const entries = await prepareEntries(desk, found.entries, { subject: given, createdAt: found.createdAt, sourceId: found.sourceId, isBegun: false, place, odds, customer });
  if (entries.length === 0) {
    say('no_words');
    const empty: FoundEntry = { sourceId: `empty/${found.sourceId}`, kind: 'message', direction: 'in', author: { ...found.customer, role: 'customer' }, at: found.createdAt, text: given, html: null, to: [], cc: [], files: [], messageId: null };
    entries.push(...(await prepareEntries(desk, [empty], { subject: given, createdAt: found.createdAt, sourceId: found.sourceId, isBegun: false, place, odds: [], customer })));
  }
  return { kind: 'case', place, key: caseKey(desk, found.sourceId), found, subject: given || (entries[0]?.preview.slice(0, 80) ?? '') || '—', customer, entries, odds };
}

interface About {
  subject: string;
  createdAt: Date | null;
  sourceId: string;
  isBegun: boolean;
  place: Place;
  odds: Strange[];
  /** Whose case it is, for messages that do not say who wrote them. */
  customer?: ImportedCustomer;
}

/** In the order of their times; one without a time has that of the one before. */
async function prepareEntries(desk: Desk, found: readonly FoundEntry[], about: About): Promise<EntryDraft[]> {
  const now = desk.platform.clock.now();
  let last = about.createdAt ?? found.find(({ at }) => at !== null)?.at ?? null;
  const dated = found.map((entry) => {
    let at = entry.at ?? last;
    if (entry.at === null) about.odds.push({ place: about.place, code: 'no_date', sourceId: entry.sourceId });
    at ??= now;
    if (at > now) {
      about.odds.push({ place: about.place, code: 'future_date', sourceId: entry.sourceId });
      at = now;
    }
    last = at;
    return { entry, at };
  });
  const seen = new Set<string>();
  const drafts: EntryDraft[] = [];
  for (const { entry, at } of dated.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    if (seen.has(entry.sourceId)) continue;
    seen.add(entry.sourceId);
    const draft = await prepareEntry(desk, entry, at, about, about.isBegun || drafts.length > 0);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

async function prepareEntry(desk: Desk, entry: FoundEntry, at: Date, about: About, hasEarlier: boolean): Promise<EntryDraft | undefined> {
  const { files, missing } = await prepareFiles(desk, entry, about);
  const words = cleanImported(withNames(entry, missing));
  if (words.text.trim() === '' && files.length === 0) return undefined;
  const isFromCustomer = entry.author.role === 'customer';
  const customer = isFromCustomer ? (customerOf(entry.author, null) ?? about.customer ?? null) : null;
  const address = isFromCustomer ? (customer?.kind === 'email' ? customer.value.toLowerCase() : null) : (entry.author.email?.toLowerCase() ?? null);
  const name = nameOf(entry.author, customer);
  const ours = { address: desk.inbox.address, name: desk.inbox.name };
  const self = { address: address ?? '', name: entry.author.name ?? customer?.name ?? null };
  const to = entry.direction === 'in' ? [ours] : entry.to.length > 0 ? named(entry.to) : about.customer?.kind === 'email' ? [{ address: about.customer.value, name: about.customer.name }] : [];
  const cc = named(entry.cc);
  const detail: EntryDraft['detail'] = entry.kind === 'note' ? { maskedCardNumbers: words.maskedCardNumbers } : {
    channel: desk.inbox.channel, subject: about.subject, from: entry.direction === 'in' ? self : { address: desk.inbox.address, name }, to, cc, replyTo: [], hasRemoteContent: words.hasRemoteContent, automatic: null,
    maskedCardNumbers: words.maskedCardNumbers, isNewParticipant: false, messageId: entry.messageId, isImported: true,
  };
  return {
    kind: entry.kind, direction: entry.kind === 'message' ? entry.direction : null, role: entry.author.role, name, address, customer, at, text: words.text, html: words.html, preview: previewOf(words.text), detail,
    searchText: searchTextOf({ strong: entry.kind === 'note' ? [] : [about.subject, name, address], text: words.text, filenames: files.map((file) => file.filename), hasEarlier }),
    files, rawKey: null, bytes: Buffer.byteLength(words.html ?? words.text), maskedCardNumbers: words.maskedCardNumbers, dedupeKey: keyOf(desk, entry.sourceId), messageId: entry.messageId,
    people: entry.kind === 'note' ? [] : [...(address !== null && entry.direction === 'in' ? [{ address, name: self.name }] : []), ...(entry.direction === 'out' ? to : []), ...cc].map((one) => ({ ...one, address: one.address.toLowerCase() })),
    threadKeys: entry.messageId === null ? [] : [{ key: entry.messageId, isAwaited: false }],
  };
}

const named = (addresses: readonly string[]): { address: string; name: string | null }[] => [...new Set(addresses.map((each) => each.toLowerCase()))].slice(0, 60).map((address) => ({ address, name: null }));
const nameOf = (author: FoundPerson, customer: ImportedCustomer | null): string => maskCardNumbers((author.name ?? customer?.name ?? author.email?.split('@')[0] ?? customer?.value.split('@')[0] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200)).text || '—';

/** Files whose bytes are not there stay by their names. */
function withNames(entry: FoundEntry, missing: readonly string[]): { text: string | null; html: string | null } {
  if (missing.length === 0) return entry;
  const { text, html } = entry;
  return {
    text: text === null && html !== null ? null : [text ?? '', ...missing.map((name) => `[${name}]`)].join('\n').trim(),
    html: html === null ? null : `${html}${missing.map((name) => `<p>[${escapeHtml(name)}]</p>`).join('')}`,
  };
}

const MEDIA_TYPE = /^[a-z\d][\w.+-]*\/[a-z\d][\w.+-]*$/i;

async function prepareFiles(desk: Desk, entry: FoundEntry, about: About): Promise<{ files: StoredAttachment[]; missing: string[] }> {
  const files: StoredAttachment[] = [];
  const missing: string[] = [];
  for (const file of entry.files.slice(0, 200)) {
    const last = (file.filename.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').trim();
    const filename = maskCardNumbers(last).text.slice(0, 200) || 'file';
    const content = file.content ?? (await desk.findFile(file));
    if (content === null) {
      missing.push(filename);
      about.odds.push({ place: about.place, code: 'no_attachment', sourceId: entry.sourceId });
      continue;
    }
    const mediaType = MEDIA_TYPE.test(file.mediaType) ? file.mediaType.toLowerCase() : 'application/octet-stream';
    const fileKey = desk.isTrial ? '' : (await desk.platform.files.put(desk.accountId, await maskUpload({ filename, mediaType, content }))).key;
    files.push({ fileKey, filename, mediaType, bytes: content.length, contentId: file.contentId, isInline: file.contentId !== null && /^image\/(png|jpeg|gif|webp)$/.test(mediaType) });
  }
  return { files, missing };
}

/** By which address somebody is known; undefined where there is none. */
function customerOf(person: FoundPerson, more: FoundCustomer | null): ImportedCustomer | undefined {
  const further = (more?.furtherEmails ?? []).filter(isAddress).slice(0, 20).map((value) => ({ kind: 'email' as const, value }));
  const rest = { name: person.name, organization: more?.organization ?? null, note: more?.note ?? '', locale: /^[a-z]{2,3}(-[A-Za-z\d]{2,8})?$/.test(more?.locale ?? '') ? (more?.locale ?? null) : null, createdAt: more?.createdAt ?? null };
  const phone = person.phone !== null && person.phone.replace(/\D/g, '').length >= 6 ? [{ kind: 'phone' as const, value: person.phone.slice(0, 60) }] : [];
  const email = person.email?.trim().toLowerCase() ?? null;
  if (isAddress(email)) return { ...rest, kind: 'email', value: email, further: [...further, ...phone] };
  const [number] = phone;
  return number === undefined ? undefined : { ...rest, ...number, further };
}

/** The entry a mail becomes, once it is known whether it was ours and whether its case has begun. */
export function mailEntry(desk: Desk, { read, rawKey, files }: Extract<Prepared, { kind: 'mail' }>, facts: { isOut: boolean; hasEarlier: boolean; at: Date; threadKeys: EntryDraft['threadKeys']; isOwn: (address: string) => boolean }): EntryDraft {
  const { mail, text, html } = read;
  const from = mail.from ?? mail.sender ?? mail.replyTo[0] ?? { address: '', name: '' };
  const shown = ({ address, name }: { address: string; name: string }) => ({ address, name: name === '' ? null : name });
  const address = from.address.toLowerCase();
  const told = { text, mail: { ...read.facts, authenticity: null } };
  const customer: ImportedCustomer | null = facts.isOut ? null : { kind: 'email', value: address, name: from.name || null, further: [], organization: null, note: '', locale: null, createdAt: facts.at };
  const filenames = files.filter((file) => !file.isInline).map((file) => file.filename);
  const people = [...(facts.isOut ? [] : [from]), ...mail.to, ...mail.cc].map((one) => ({ address: one.address.toLowerCase(), name: one.name || null })).filter((one) => one.address !== '' && !facts.isOwn(one.address));
  return {
    kind: 'message', direction: facts.isOut ? 'out' : 'in', role: facts.isOut ? 'agent' : 'customer', name: from.name || address.split('@')[0] || '—', address, customer, at: facts.at, text, html: html?.html ?? null, preview: previewOf(writtenPart(told)),
    detail: storable({
      channel: desk.inbox.channel, subject: mail.subject, from: shown(from), to: mail.to.map(shown), cc: mail.cc.map(shown), replyTo: mail.replyTo.filter((one) => one.address.toLowerCase() !== address).map(shown), hasRemoteContent: html?.hasRemoteContent ?? false,
      automatic: read.isBounce ? 'bounce' as const : read.automatic, maskedCardNumbers: read.masked, isNewParticipant: false, messageId: mail.messageId ?? null, mail: told.mail, isImported: true as const,
    }),
    searchText: searchTextOf({ strong: [mail.subject, from.name, from.address], text: withWrittenFirst(told, facts.hasEarlier), filenames, hasEarlier: facts.hasEarlier }),
    files, rawKey, bytes: read.raw.length, maskedCardNumbers: read.masked, dedupeKey: read.dedupeKey, messageId: mail.messageId ?? null, people: people.slice(0, 60), threadKeys: facts.threadKeys,
  };
}
