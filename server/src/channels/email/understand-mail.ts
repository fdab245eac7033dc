import type { MailFacts } from '@rapport/contract';
import { htmlToText } from '../../platform/html-to-text.ts';
import { storableText } from '../../platform/storable.ts';
import { sanitizeHtml, type SafeHtml } from '../../platform/sanitize-html.ts';
import { foldHtml } from './fold/fold-html.ts';
import { foldText } from './fold/fold-text.ts';
import { dedupeKey } from './dedupe-key.ts';
import { maskRaw } from './mask-raw.ts';
import { readMimeTree } from './mime-tree.ts';
import { recogniseProtection } from './parts/recognise-protection.ts';
import { unpackParts } from './parts/unpack-parts.ts';
import { readMail, type Mail } from './read-mail.ts';

/** Everything about a raw mail that its bytes tell, without asking anybody. */
export interface UnderstoodMail {
  /** Card numbers covered; the bytes to keep. */
  raw: Buffer;
  masked: number;
  mail: Mail;
  /** The words, from the HTML where there is no text; bounded. */
  text: string;
  html: Pick<SafeHtml, 'html' | 'hasRemoteContent'> | null;
  /** What the mail says of itself beside its words; whether it comes from whom it says has to be asked elsewhere. */
  facts: Omit<MailFacts, 'authenticity'>;
  dedupeKey: string;
}

// The rest of a longer text is in the raw message. Nobody reads more, and search does not take it.
const MAX_TEXT = 500_000;

function textOf(mail: Mail): string {
  const text = mail.text ?? (mail.html === undefined ? '' : htmlToText(mail.html));
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}\n…`;
}

/** Covers card numbers and reads the mail. The time it takes grows with the size of the mail: see `understandAside` for large ones. */
export async function understandMail(arrived: Buffer): Promise<UnderstoodMail> {
  const { raw, masked } = maskRaw(arrived);
  const { mail, appointments, mails } = await unpackParts(await readMail(raw), raw.length);
  const safe = mail.html === undefined ? undefined : sanitizeHtml(mail.html);
  const text = storableText(textOf(mail));
  const facts = { folds: foldText(text, mail.subject), appointments, mails, protection: recogniseProtection(readMimeTree(raw), text) };
  return {
    raw, masked, mail, text, facts, dedupeKey: dedupeKey(mail, raw),
    html: safe === undefined ? null : { html: foldHtml(storableText(safe.html), mail.subject), hasRemoteContent: safe.hasRemoteContent },
  };
}
