import type { Mail } from './read-mail.ts';
import { readThreadToken } from './thread-token.ts';

/** What a mail says about where it belongs; the caller takes the first that leads to a case. */
export type ThreadHint =
  | { readonly kind: 'token'; readonly caseId: string }
  | { readonly kind: 'answers'; readonly messageId: string }
  /** A number in the subject. It counts only when the sender takes part in that case: anybody can write a number. */
  | { readonly kind: 'case-number'; readonly number: number };

/** How our subjects name a case: `[#1042]`. */
export function subjectMark(caseNumber: number): string {
  return `[#${caseNumber}]`;
}

const MARK = /\[#(\d{1,12})\]/g;

/** What a token is checked against: the account's key for threads and the inbox that received the mail. */
export interface TokenCheck {
  readonly key: Buffer;
  readonly inboxId: string;
}

/**
 * The hints in a mail, best first: a signed token in an address it was sent to, then what it answers (In-Reply-To, References from the
 * last to the first), then the number in its subject. The words of the subject are never a hint: strangers write "Invoice" every day.
 *
 * `recipients` are the addresses of the envelope, which carry the token even where the headers do not.
 */
export function threadHints(mail: Mail, recipients: readonly string[], check: TokenCheck): ThreadHint[] {
  const addresses = [...recipients, ...mail.deliveredTo, ...mail.to.map(({ address }) => address), ...mail.cc.map(({ address }) => address)];
  const caseIds = addresses.flatMap((address) => {
    const caseId = readThreadToken(check.key, check.inboxId, address);
    return caseId === undefined ? [] : [caseId];
  });
  const messageIds = [...mail.inReplyTo, ...mail.references.toReversed()];
  const numbers = [...mail.subject.matchAll(MARK)].map((match) => Number(match[1]));
  return [
    ...unique(caseIds).map((caseId): ThreadHint => ({ kind: 'token', caseId })),
    ...unique(messageIds).map((messageId): ThreadHint => ({ kind: 'answers', messageId })),
    ...unique(numbers).map((number): ThreadHint => ({ kind: 'case-number', number })),
  ];
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
