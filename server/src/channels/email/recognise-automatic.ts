import { reasonFor } from '@rapport/contract';
import { LOOP_HEADER } from './compose-mail.ts';
import { readStructuredValue } from './header-value.ts';
import type { Mail } from './read-mail.ts';

export interface Origin {
  /**
   * person: somebody wrote it. machine: a program wrote it, not in answer to anything (an alarm, a receipt). auto_reply: a program
   * answered, such as an absence note or a read receipt. bounce: a mail server reports on a mail. list: sent to many, unless the list
   * is what stands before our own inbox, such as a group at a provider.
   * own: our own mail, come back.
   */
  readonly kind: 'person' | 'machine' | 'auto_reply' | 'bounce' | 'list' | 'own';
  /** Whether an automatic mail may be sent in answer. Two programs that answer each other never stop. */
  readonly mayAutoReply: boolean;
  /** Which sign decided, for the ledger. */
  readonly because: string;
}

export interface AutomaticContext {
  /** The reverse path of the SMTP session, '' for the null path; undefined when the mail was fetched from a mailbox. */
  readonly envelopeFrom: string | undefined;
  /** What our mails carry in the loop header. */
  readonly ownMark: string;
  /** All addresses of our inboxes, lower case. */
  readonly ownAddresses: ReadonlySet<string>;
  /** Where the inbox is at home: the domains of its own addresses, lower case. */
  readonly homes: ReadonlySet<string>;
}

/** The weakest sign of a bounce. Behind postmaster@ of a small company sits a person, who also asks about deliveries. */
export const BY_SUBJECT = 'subject of a mail server';

const has = (mail: Mail, ...names: string[]): boolean => names.some((name) => mail.headers.has(name));
const first = (mail: Mail, name: string): string => mail.headers.get(name)?.[0]?.trim().toLowerCase() ?? '';

/** Says whether a person or a program wrote a mail, by RFC 3834 and by the headers programs use in its stead. */
export function recogniseAutomatic(mail: Mail, context: AutomaticContext): Origin {
  const no = (kind: Origin['kind'], because: string): Origin => ({ kind, mayAutoReply: false, because });
  if ((mail.headers.get(LOOP_HEADER.toLowerCase()) ?? []).some((value) => value.trim() === context.ownMark)) return no('own', reasonFor('own'));

  const isNullPath = context.envelopeFrom === '' || (context.envelopeFrom === undefined && /^<\s*>$/.test(first(mail, 'return-path')));
  const sender = (mail.from?.address ?? '').toLowerCase();
  const isFromServer = /^(mailer-daemon|postmaster|mail-daemon|mailerdaemon|mdaemon)@/.test(sender);
  const report = readStructuredValue(mail.headers.get('content-type')?.[0] ?? '');
  if (report.value === 'multipart/report') {
    const type = report.parameters.get('report-type')?.toLowerCase() ?? '';
    if (type === 'disposition-notification') return no('auto_reply', 'read receipt');
    if (type !== 'feedback-report') return no('bounce', 'delivery report');
    return no('machine', 'feedback report');
  }
  if (has(mail, 'x-failed-recipients')) return no('bounce', 'X-Failed-Recipients');
  if (isFromServer && isNullPath) return no('bounce', 'from a mail server');
  if (isFromServer && /undeliver|delivery|returned mail|failure|unzustellbar|non remis/i.test(mail.subject)) return no('bounce', BY_SUBJECT);

  const submitted = first(mail, 'auto-submitted').split(/[;\s(]/)[0] ?? '';
  const precedence = first(mail, 'precedence');
  if (submitted === 'auto-replied') return no('auto_reply', 'Auto-Submitted');
  if (precedence === 'auto_reply' || has(mail, 'x-autoreply', 'x-autorespond', 'x-auto-reply-from', 'x-autoreply-from', 'x-mail-autoreply', 'x-autoresponder')) return no('auto_reply', 'auto-reply header');
  const suppress = first(mail, 'x-auto-response-suppress');
  if (submitted !== '' && submitted !== 'no') return no(isAnswer(mail) && suppress !== '' ? 'auto_reply' : 'machine', 'Auto-Submitted');
  if (has(mail, 'list-id', 'list-post') || precedence === 'list' || precedence === 'bulk' || precedence === 'junk') {
    // Support teams stand behind a group: every mail to them carries the group's headers, and each was written to them.
    return isListAt(mail, context.homes) ? no('person', 'a group of our own') : no('list', has(mail, 'list-id') ? 'List-Id' : 'Precedence');
  }
  if (isNullPath) return no(isAnswer(mail) || isAbsenceNote(mail.subject) ? 'auto_reply' : 'machine', 'null return path');
  if (has(mail, 'list-unsubscribe')) return no('list', 'List-Unsubscribe');
  if (suppress !== '' && isAbsenceNote(mail.subject)) return no('auto_reply', 'X-Auto-Response-Suppress');

  if (/\b(all|oof|autoreply)\b/.test(suppress)) return no('person', 'X-Auto-Response-Suppress');
  if (sender === '' || isFromServer || /^(no-?_?reply|do-?_?not-?_?reply|nobody|bounces?|listserv|majordomo)([+@._-]|$)|-request@|^owner-|-owner@/.test(sender)) return no('person', 'nobody reads this address');
  if (context.ownAddresses.has(sender)) return no('person', 'our own address');
  return { kind: 'person', mayAutoReply: true, because: '' };
}

/** By what a list says of itself (RFC 2919, RFC 2369): `List-Id: Support <support.company.example>`, `List-Post: <mailto:support@company.example>`. */
function isListAt(mail: Mail, homes: ReadonlySet<string>): boolean {
  const id = /<\s*([^<>\s]+)\s*>/.exec(first(mail, 'list-id'))?.[1] ?? first(mail, 'list-id');
  const post = /mailto:[^<>?,\s]+@([^<>?,\s]+)/.exec(first(mail, 'list-post'))?.[1];
  return [...homes].some((home) => post === home || id.endsWith(`.${home}`) || id.endsWith(`@${home}`));
}

function isAnswer(mail: Mail): boolean {
  return mail.inReplyTo.length > 0 || mail.references.length > 0;
}

/** The words mail programs put before the subject of an absence note. Only asked together with another sign. */
function isAbsenceNote(subject: string): boolean {
  return /^(automatic reply|auto(matic)?[ -]?(reply|response)|out of (the )?office|abwesen|automatische antwort|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|autosvar|automaattinen vastaus|odpowiedź automatyczna|resposta automática)/i.test(subject);
}
