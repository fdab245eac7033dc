import PostalMime, { decodeWords, type Attachment, type Email } from 'postal-mime';
import { makeReadable } from './make-readable.ts';
import { headerText, readMimeTree, type MimePart } from './mime-tree.ts';
import { plainAddresses, readAddresses, type MailAddress } from './read-addresses.ts';
import { decodeCharset } from './read-charset.ts';
import { readMessageIds } from './read-message-ids.ts';
import { tidyFilename } from './tidy-filename.ts';

export interface MailAttachment {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Without brackets; by it the HTML shows a picture as `cid:`. */
  readonly contentId: string | undefined;
  /** Shown within the text rather than beside it. */
  readonly isInline: boolean;
}

/** What a raw mail says. Everything may be missing but `subject`, which is then empty. */
export interface Mail {
  /** Message-IDs stand without brackets. */
  readonly messageId: string | undefined;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: MailAddress | undefined;
  readonly sender: MailAddress | undefined;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** Where mail servers say they delivered it, `+token` and all, last hop first. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  readonly date: Date | undefined;
  readonly text: string | undefined;
  /** As written; not safe to show. */
  readonly html: string | undefined;
  readonly attachments: readonly MailAttachment[];
  /** All headers by lower-case name, unfolded, words not decoded, in the order they stand. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Why the structure could not be read; text and attachments are then a best guess. */
  readonly trouble: string | undefined;
}

/**
 * Reads a raw mail. Whatever the bytes are, the answer is a mail with what is known and never an error: mail that was accepted must reach
 * somebody. Attached mails are attachments (`message/rfc822`), delivery reports as well.
 */
export async function readMail(raw: Buffer): Promise<Mail> {
  try {
    const mail = toMail(await PostalMime.parse(makeReadable(raw), PARSER_OPTIONS), undefined);
    if (mail.attachments.length > 0) return { ...mail, attachments: withExactBytes(raw, mail.attachments) };
    if (mail.text !== undefined || mail.html !== undefined) return mail;
    // No part was found, for example because its boundary never comes: the body is shown as it stands rather than not at all.
    const body = bodyAsText(raw);
    return body.trim() === '' ? mail : { ...mail, text: body };
  } catch (error) {
    return readWhatIsKnown(raw, error instanceof Error ? error.message : 'unreadable');
  }
}

const PARSER_OPTIONS = { forceRfc822Attachments: true, maxNestingDepth: 100 };
const MAX_ATTACHMENTS = 1000;

function toMail(email: Email, trouble: string | undefined): Mail {
  const headers = new Map<string, string[]>();
  for (const { key, value } of email.headers) {
    const known = headers.get(key);
    // Appended in place: a mail may repeat one header a hundred thousand times, and a copy for each would hold the process for minutes.
    if (known) known.push(value);
    else headers.set(key, [value]);
  }
  const contentIdsInHtml = email.html?.toLowerCase() ?? '';
  return {
    messageId: readMessageIds(email.messageId)[0],
    inReplyTo: readMessageIds(email.inReplyTo),
    references: readMessageIds(headers.get('references')?.join(' ')),
    from: plainAddresses(email.from && [email.from])[0],
    sender: plainAddresses(email.sender && [email.sender])[0],
    replyTo: plainAddresses(email.replyTo),
    to: plainAddresses(email.to),
    cc: plainAddresses(email.cc),
    deliveredTo: deliveredTo(headers),
    subject: tidyLine(email.subject ?? ''),
    date: readDate(headers.get('date')?.[0]),
    text: email.text === undefined ? undefined : storable(email.text),
    html: email.html === undefined ? undefined : storable(email.html),
    attachments: email.attachments.slice(0, MAX_ATTACHMENTS).map((attachment, index) => toAttachment(attachment, index, contentIdsInHtml)),
    headers,
    trouble,
  };
}

function toAttachment(attachment: Attachment, index: number, html: string): MailAttachment {
  const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(attachment.mimeType) ? attachment.mimeType : 'application/octet-stream';
  const content = attachment.content;
  const contentId = readMessageIds(attachment.contentId)[0] ?? (attachment.contentId?.trim() || undefined);
  return {
    filename: tidyFilename(attachment.filename, mediaType, index),
    mediaType,
    bytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : content instanceof ArrayBuffer ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    contentId,
    isInline: contentId !== undefined && mediaType.startsWith('image/') && (html.includes(`cid:${contentId.toLowerCase()}`) || html.includes(`cid:${encodeURIComponent(contentId).toLowerCase()}`)),
  };
}

/** Files that came without a transfer encoding, byte for byte; the parser would give them line ends of its own. */
function withExactBytes(raw: Buffer, attachments: readonly MailAttachment[]): MailAttachment[] {
  const parts = [...attachedParts(raw, readMimeTree(raw))];
  const isSameList = parts.length >= attachments.length && attachments.every(({ mediaType }, i) => parts[i]?.mediaType === mediaType);
  return attachments.map((attachment, i) => {
    const part = parts[i];
    return isSameList && part?.encoding === 'plain' ? { ...attachment, bytes: raw.subarray(part.bodyStart, part.end) } : attachment;
  });
}

function* attachedParts(raw: Buffer, part: MimePart): Generator<MimePart> {
  if (part.mediaType.startsWith('multipart/')) {
    for (const inner of part.parts) yield* attachedParts(raw, inner);
    return;
  }
  const isText = part.mediaType === 'text/plain' || part.mediaType === 'text/html';
  if (!isText || /^\s*attachment/i.test(headerText(raw, part.headers, 'content-disposition') ?? '')) yield part;
}

function deliveredTo(headers: ReadonlyMap<string, readonly string[]>): string[] {
  const values = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-rcpt-to'].flatMap((name) => headers.get(name) ?? []);
  return [...new Set(values.flatMap((value) => readAddresses(value)).map(({ address }) => address))];
}

// Far beyond any date; searching for the end of each comment in a megabyte of opening brackets would never end.
const LONGEST_DATE = 200;

function readDate(value: string | undefined): Date | undefined {
  const date = new Date((value ?? '').slice(0, LONGEST_DATE).replace(/\([^)]*\)/g, ' ').trim());
  const year = date.getUTCFullYear();
  return year >= 1970 && year < 2200 ? date : undefined;
}

/** Databases hold every character but this one. */
function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** A header as one line: no line ends or control characters, however they were smuggled in. */
function tidyLine(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 2000);
}

const MAX_FALLBACK_TEXT = 200_000;

function bodyAsText(raw: Buffer): string {
  const { bodyStart } = readMimeTree(raw);
  return storable(decodeCharset(raw.subarray(bodyStart, bodyStart + MAX_FALLBACK_TEXT), undefined));
}

/** For mail whose structure no parser takes: the headers one by one, and all that follows them as text. */
async function readWhatIsKnown(raw: Buffer, trouble: string): Promise<Mail> {
  const tree = readMimeTree(raw);
  const wanted = new Set(['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'delivered-to', 'auto-submitted', 'list-id', 'precedence', 'return-path']);
  const lines: string[] = [];
  for (const field of tree.headers) {
    if (wanted.has(field.name) && lines.length < 200) lines.push(decodeCharset(raw.subarray(field.start, Math.min(field.end, field.start + 20_000)), undefined).replace(/\r?\n[ \t]+/g, ' ').trim());
  }
  const body = bodyAsText(raw);
  try {
    const email = await PostalMime.parse(`${lines.join('\r\n')}\r\n\r\n`);
    return { ...toMail(email, trouble), text: body };
  } catch {
    const subject = lines.find((line) => /^subject:/i.test(line))?.slice(8) ?? '';
    return { ...toMail({ headers: [], headerLines: [], attachments: [] }, trouble), subject: tidyLine(decodeWords(subject)), text: body };
  }
}
