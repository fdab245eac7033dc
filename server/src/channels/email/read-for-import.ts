import type { StoredAttachment } from '../../cases/index.ts';
import type { Platform } from '../../platform/context.ts';
import { recogniseAutomatic } from './recognise-automatic.ts';
import type { Mail } from './read-mail.ts';
import { understandAside } from './understand-aside.ts';
import type { UnderstoodMail } from './understand-mail.ts';

/** A mail of an archive, read as live mail is. */
export interface ReadMail extends UnderstoodMail {
  automatic: 'auto_reply' | 'list' | null;
  /** What it answers, best first. */
  answers: string[];
  isBounce: boolean;
}

/** Reads an archived mail by the same parser as live mail, as one that came to this address, its card numbers covered. Throws when it takes more than any mail may. */
export async function readForImport(raw: Buffer, inboxAddress: string): Promise<ReadMail> {
  const understood = await understandAside(raw);
  const { mail } = understood;
  const { kind } = recogniseAutomatic(mail, { envelopeFrom: undefined, ownMark: '', ownAddresses: new Set(), homes: new Set([inboxAddress.slice(inboxAddress.lastIndexOf('@') + 1).toLowerCase()]) });
  const answers = [...new Set([...mail.inReplyTo, ...mail.references.toReversed()])];
  // As in live mail: what goes on with a matter was written to us, however many it was sent to.
  const isAutomatic = kind === 'auto_reply' || (kind === 'list' && answers.length === 0);
  return { ...understood, automatic: isAutomatic ? kind : null, isBounce: kind === 'bounce', answers };
}

/** Keeps the bytes of a mail and its files, as the intake does. */
export async function storeMail(platform: Platform, accountId: string, read: { raw: Buffer; mail: Mail }): Promise<{ rawKey: string; attachments: StoredAttachment[] }> {
  const stored = await platform.files.put(accountId, read.raw);
  const attachments: StoredAttachment[] = [];
  for (const { filename, mediaType, bytes, contentId, isInline } of read.mail.attachments) {
    const { key } = await platform.files.put(accountId, bytes);
    attachments.push({ fileKey: key, filename, mediaType, bytes: bytes.length, contentId: contentId ?? null, isInline });
  }
  return { rawKey: stored.key, attachments };
}
