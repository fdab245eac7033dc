import { createHash } from 'node:crypto';
import type { Mail } from './read-mail.ts';
import { readMimeTree } from './mime-tree.ts';

/**
 * What makes a mail the same mail by whatever way it comes: the Message-ID together with what the sender wrote, for broken programs give every
 * mail the same id. Headers that servers add on the way do not count, nor does how they end lines.
 */
export function dedupeKey(mail: Mail, raw: Buffer): string {
  const hash = createHash('sha256');
  for (const field of [mail.messageId ?? '', mail.from?.address ?? '', mail.headers.get('date')?.[0] ?? '', mail.subject]) hash.update(field).update('\0');
  hash.update(withPlainLineEnds(raw.subarray(readMimeTree(raw).bodyStart)));
  return `${mail.messageId === undefined ? '' : 'id:'}${hash.digest('base64url')}`;
}

const CR = 13;

/** Without carriage returns and without line ends at the end, which some servers add. */
function withPlainLineEnds(body: Buffer): Buffer {
  let end = body.length;
  while (end > 0 && (body[end - 1] === 10 || body[end - 1] === CR)) end--;
  const trimmed = body.subarray(0, end);
  if (!trimmed.includes(CR)) return trimmed;
  const plain = Buffer.allocUnsafe(trimmed.length);
  let length = 0;
  for (let from = 0; from < trimmed.length; ) {
    const at = trimmed.indexOf(CR, from);
    const to = at < 0 ? trimmed.length : at;
    length += trimmed.copy(plain, length, from, to);
    from = to + 1;
  }
  return plain.subarray(0, length);
}
