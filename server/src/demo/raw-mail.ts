import { createHash } from 'node:crypto';
import type { PlannedFile, PlannedMail } from './story/step.ts';

export interface Sent {
  mail: PlannedMail;
  at: Date;
  /** Where it is sent to: the inbox, or the address that the answered mail asked answers to. */
  to: string;
  /** Message-IDs of the thread, oldest first, without brackets. */
  references: readonly string[];
}

const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text);
const encoded = (text: string) => (isPlain(text) ? text : (text.match(/.{1,12}/gsu) ?? []).map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n '));
const person = ({ address, name }: { address: string; name: string }) => (isPlain(name) ? `"${name.replace(/["\\]/g, '')}" <${address}>` : `${encoded(name)} <${address}>`);
const base64 = (content: Buffer) => (content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n');

function text(kind: 'plain' | 'html', content: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${crlf(content)}\r\n`;
}

function file({ filename, mediaType, content, contentId }: PlannedFile): string {
  const place = contentId ? `Content-Disposition: inline; filename="${filename}"\r\nContent-ID: <${contentId}>` : `Content-Disposition: attachment; filename="${filename}"`;
  return `Content-Type: ${mediaType}; name="${filename}"\r\nContent-Transfer-Encoding: base64\r\n${place}\r\n\r\n${base64(content)}\r\n`;
}

function parts(kind: 'mixed' | 'alternative' | 'related', id: string, list: readonly string[]): string {
  const boundary = `=_${createHash('sha256').update(`${id}/${kind}`).digest('hex').slice(0, 24)}`;
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${list.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;
}

/** A customer's mail as it travels: the bytes a mail program would hand over. The same input makes the same bytes. */
export function rawMail({ mail, at, to, references }: Sent): Buffer {
  const { messageId, html } = mail;
  const inline = mail.files.filter((each) => each.contentId);
  const attached = mail.files.filter((each) => !each.contentId);
  let body = text('plain', mail.text);
  if (html) {
    const markup = text('html', html);
    body = parts('alternative', messageId, [body, inline.length > 0 ? parts('related', messageId, [markup, ...inline.map(file)]) : markup]);
  }
  if (attached.length > 0) body = parts('mixed', messageId, [body, ...attached.map(file)]);
  const head = [
    `From: ${person(mail.from)}`, `To: ${to}`, ...(mail.cc.length > 0 ? [`Cc: ${mail.cc.map(person).join(', ')}`] : []), `Subject: ${encoded(mail.subject)}`, `Date: ${at.toUTCString().replace('GMT', '+0000')}`, `Message-ID: <${messageId}>`,
    ...(references.length > 0 ? [`In-Reply-To: <${references.at(-1) ?? ''}>`, `References: ${references.map((id) => `<${id}>`).join('\r\n ')}`] : []),
    ...Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`), 'MIME-Version: 1.0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n${body}`);
}

/** The report of a mail server that could not deliver a mail of ours (RFC 3464). */
export function bounceReport(about: { messageId: string; recipient: string; sender: string; subject: string; reason: string; at: Date }): Buffer {
  const host = about.recipient.split('@')[1] ?? 'mail.example';
  const status = /\b\d\.\d\.\d\b/.exec(about.reason)?.[0] ?? '5.0.0';
  const boundary = '=_report';
  return Buffer.from(crlf(`From: Mail Delivery System <MAILER-DAEMON@${host}>
To: ${about.sender}
Subject: Undelivered Mail Returned to Sender
Date: ${about.at.toUTCString().replace('GMT', '+0000')}
Message-ID: <report.${createHash('sha256').update(about.messageId).digest('hex').slice(0, 16)}@${host}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"

--${boundary}
Content-Type: text/plain; charset=us-ascii

I am sorry to inform you that your message could not be delivered to one recipient.

${about.reason}

--${boundary}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.${host}

Final-Recipient: rfc822; ${about.recipient}
Action: failed
Status: ${status}
Diagnostic-Code: smtp; ${about.reason}

--${boundary}
Content-Type: text/rfc822-headers

From: ${about.sender}
To: ${about.recipient}
Subject: ${encoded(about.subject)}
Message-ID: <${about.messageId}>

--${boundary}--
`));
}
