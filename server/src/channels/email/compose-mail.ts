import MailComposer from 'nodemailer/lib/mail-composer';

export interface OutgoingAddress {
  address: string;
  name: string | null;
}

export interface OutgoingMail {
  /** Without brackets; made before the first attempt and kept for every further one. */
  messageId: string;
  from: OutgoingAddress;
  to: OutgoingAddress[];
  cc: OutgoingAddress[];
  /** Where answers go: the inbox's address with the thread's token. */
  replyTo: OutgoingAddress | null;
  subject: string;
  text: string;
  html: string | null;
  /** Message-IDs without brackets, oldest first; the last is the one answered. */
  references: string[];
  attachments: { filename: string; mediaType: string; content: Buffer; contentId: string | null }[];
  date: Date;
  /** `auto-replied` or `auto-generated` when no person wrote it (RFC 3834), so that the other side does not answer automatically. */
  automatic: 'auto-replied' | 'auto-generated' | null;
  /** Names the desk that sent it, so that a mail of ours that comes back is recognised. Null for a mail written in the part of a customer. */
  loopMark: string | null;
}

/** Our own header, by which a mail of ours is recognised when it comes back. */
export const LOOP_HEADER = 'X-Rapport-Desk';

// A header has one line; whoever wrote the value may not begin another. Headers are folded at any white space, that of Unicode included, so what must not be
// encoded (ids, addresses, media types) has none at all.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
const oneWord = (text: string): string => text.replace(/[\p{C}\s<>]+/gu, '');
const bracket = (id: string): string => `<${oneWord(id)}>`;
const person = ({ address, name }: OutgoingAddress) => ({ address: oneWord(address), name: oneLine(name ?? '') });
const mediaType = (type: string): string => (/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type : 'application/octet-stream');
// A chain grows with the thread; the first and the newest ids are the ones mail programs use.
const chain = (ids: string[]): string[] => (ids.length <= 20 ? ids : [ids[0] ?? '', ...ids.slice(-19)]).map(bracket);

/** Our mail as the bytes that are sent (RFC 5322, CRLF). The same input makes the same bytes but for the MIME boundary, so compose once and keep them. */
export async function composeMail(mail: OutgoingMail): Promise<Buffer> {
  const answered = mail.references.at(-1);
  const node = new MailComposer({
    from: person(mail.from), to: mail.to.map(person), cc: mail.cc.map(person), subject: oneLine(mail.subject), text: mail.text, date: mail.date, messageId: bracket(mail.messageId),
    ...(mail.replyTo ? { replyTo: person(mail.replyTo) } : {}),
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(answered === undefined ? {} : { inReplyTo: bracket(answered), references: chain(mail.references) }),
    headers: { ...(mail.loopMark === null ? {} : { [LOOP_HEADER]: oneWord(mail.loopMark) }), ...(mail.automatic ? { 'Auto-Submitted': mail.automatic, 'X-Auto-Response-Suppress': 'All' } : {}) },
    attachments: mail.attachments.map((file) => ({
      filename: oneLine(file.filename), contentType: mediaType(file.mediaType), content: file.content, ...(file.contentId ? { cid: oneWord(file.contentId), contentDisposition: 'inline' as const } : {}),
    })),
    // Content comes as bytes from our own store: never a path or an address to fetch.
    disableFileAccess: true, disableUrlAccess: true,
    newline: 'windows',
  }).compile();
  return node.build();
}
