import { headerText, readMimeTree, type MimePart } from './mime-tree.ts';
import { plainAddress, readAddresses } from './read-addresses.ts';
import { decodeCharset } from './read-charset.ts';
import { readMessageIds } from './read-message-ids.ts';
import { decodeBase64, decodePlain, decodeQuotedPrintable } from './transfer-encoding.ts';

export interface DsnRecipient {
  /** The address that was delivered to, or tried; '' when the report does not say. */
  readonly address: string;
  /** failed: will never arrive. delayed: still being tried. delivered, relayed and expanded: arrived as far as the reporter knows. */
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status such as 5.1.1 (RFC 3463), '' when missing. */
  readonly status: string;
  /** What the other server said, one line, '' when missing. */
  readonly diagnostic: string;
}

/** What a delivery report (RFC 3464) says about a mail we sent. */
export interface Dsn {
  readonly envelopeId: string | undefined;
  readonly recipients: readonly DsnRecipient[];
  /** The Message-ID of the mail it is about, without brackets. */
  readonly messageId: string | undefined;
}

const ACTIONS = new Set<string>(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);
const MAX_RECIPIENTS = 500;
const MAX_STATUS = 500_000;

/**
 * Reads a delivery report from a raw mail, or from one that only looks like it: where there is no `message/delivery-status`, the
 * recipients of `X-Failed-Recipients` and the Message-ID of a mail quoted in the text count. Undefined when there is neither.
 */
export function readDsn(raw: Buffer): Dsn | undefined {
  const root = readMimeTree(raw);
  const parts = [...allParts(root)];
  const status = parts.find((part) => part.mediaType === 'message/delivery-status' || part.mediaType === 'message/global-delivery-status');
  const returned = parts.find((part) => part !== root && /^(message\/(rfc822|global|global-headers)|text\/rfc822-headers)$/.test(part.mediaType));
  const messageId = returned === undefined ? quotedMessageId(raw, parts) : returnedMessageId(raw, returned);
  if (status !== undefined) return { ...readStatus(textOf(raw, status).slice(0, MAX_STATUS)), messageId };

  const failed = readAddresses(headerText(raw, root.headers, 'x-failed-recipients') ?? '');
  if (failed.length === 0 && messageId === undefined) return undefined;
  return { envelopeId: undefined, messageId, recipients: failed.map(({ address }) => ({ address, action: 'failed', status: '', diagnostic: '' })) };
}

function* allParts(part: MimePart): Generator<MimePart> {
  yield part;
  // What the returned mail itself holds is none of the report's business.
  if (part.mediaType.startsWith('multipart/')) for (const inner of part.parts) yield* allParts(inner);
}

function textOf(raw: Buffer, part: MimePart): string {
  const decode = part.encoding === 'base64' ? decodeBase64 : part.encoding === 'quoted-printable' ? decodeQuotedPrintable : decodePlain;
  return decodeCharset(decode(raw.subarray(part.bodyStart, part.end)).bytes, part.parameters.get('charset'));
}

/** Blocks of headers parted by empty lines: the first about the mail, one for each recipient after it. */
function readStatus(text: string): Pick<Dsn, 'envelopeId' | 'recipients'> {
  const blocks = text.replace(/\r\n?/g, '\n').trim().split(/\n[ \t]*\n+/).slice(0, MAX_RECIPIENTS + 1).map(readFields);
  const envelopeId = blocks[0]?.get('original-envelope-id');
  const recipients = blocks.filter((fields) => fields.has('action') || fields.has('final-recipient')).map((fields): DsnRecipient => {
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const action = (fields.get('action') ?? '').toLowerCase().split(/[\s(;]/)[0] ?? '';
    return {
      address: typed(fields.get('original-recipient')) ?? typed(fields.get('final-recipient')) ?? '',
      // Without a known action the class of the status decides: 5 is final, 4 is not.
      action: (ACTIONS.has(action) ? action : status.startsWith('4') ? 'delayed' : status.startsWith('2') ? 'delivered' : 'failed') as DsnRecipient['action'],
      status,
      diagnostic: (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '').slice(0, 1000),
    };
  });
  return { envelopeId: envelopeId === undefined || envelopeId === '' ? undefined : envelopeId, recipients };
}

function readFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).replace(/\s+/g, ' ').trim());
  }
  return fields;
}

/** `rfc822; a@b.example` without its type, with the plus signs of xtext (RFC 3461) read. */
function typed(value: string | undefined): string | undefined {
  const text = value?.replace(/^[\w-]+\s*;\s*/, '').trim();
  return plainAddress(text) ?? plainAddress(text?.replace(/\+([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
}

function returnedMessageId(raw: Buffer, part: MimePart): string | undefined {
  const inner = part.parts[0];
  if (inner !== undefined) return readMessageIds(headerText(raw, inner.headers, 'message-id'))[0];
  const headers = Buffer.from(textOf(raw, part), 'utf8');
  return readMessageIds(headerText(headers, readMimeTree(headers).headers, 'message-id'))[0];
}

function quotedMessageId(raw: Buffer, parts: readonly MimePart[]): string | undefined {
  for (const part of parts) {
    if (part.parts.length > 0 || !part.mediaType.startsWith('text/')) continue;
    const line = /^[> \t]*message-id:\s*(?:\n[> \t]*)?(<[^<>\s]+>)/im.exec(textOf(raw, part).replace(/\r\n/g, '\n').slice(0, 200_000));
    if (line !== null) return readMessageIds(line[1])[0];
  }
  return undefined;
}
