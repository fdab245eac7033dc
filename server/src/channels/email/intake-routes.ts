import { randomUUID } from 'node:crypto';
import { endpoints, type EmailInboxSettings } from '@rapport/contract';
import { getMailFacts, mayUseConsent, withStoredPasswords } from '../../inboxes/index.ts';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { inAccount, type AgentActor, type Platform } from '../../platform/context.ts';
import { open, type Route } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { accessToken, type AccessToken } from './access/access-token.ts';
import { checkConnection } from './check-connection.ts';
import { composeMail } from './compose-mail.ts';
import { takeIn } from './intake.ts';
import { isTemporary } from './is-temporary.ts';
import { findMailboxMail, insertMailboxMail } from './mailbox-store.ts';
import { readMail } from './read-mail.ts';
import { MailTooCostly } from './understand-aside.ts';

const { inboxes, mailbox } = endpoints;
type Caller = AgentActor & { accountId: string };

function signedIn(actor: Caller | undefined): Caller {
  if (actor === undefined) throw new Refusal('signed_out');
  return actor;
}

// Where a mail says when it was written.
const HEADERS_BYTES = 64 * 1024;

/** Trouble in the house is a 503 here: the caller keeps the mail and sends it again. */
async function taken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MailTooCostly) throw new Refusal('mail_unreadable', 'This mail takes too long to read.', { cause: error });
    throw error instanceof Refusal || !isTemporary(error) ? error : new Refusal('unavailable', 'The mail could not be taken in right now. Please send it again.', { cause: error });
  }
}

/** Doors for raw mail over HTTP: a mail handed in by a program, and what a newcomer writes in the built-in mailbox in the part of a customer. And trying out settings. */
export const intakeRoutes: Route[] = [
  open(inboxes.receiveRaw, async (platform, { params, query, body }, _http, actor) => {
    const caller = signedIn(actor);
    const raw = body as Buffer;
    if (!Buffer.isBuffer(raw) || raw.length === 0) throw new Refusal('mail_unreadable', 'Send the bytes of one mail as the body.');
    if (raw.length > platform.config.mailMaxBytes) throw new Refusal('too_large', `Mails may have ${platform.config.mailMaxBytes} bytes.`);
    const inbox = await inAccount(platform, caller.accountId, caller, (ctx) => getMailFacts(ctx, params.inboxId));
    const now = platform.clock.now();
    const { date } = await readMail(raw.subarray(0, HEADERS_BYTES));
    return taken(takeIn(platform, {
      accountId: caller.accountId, inboxId: inbox.id, door: 'api', raw, envelopeFrom: query.envelopeFrom, envelopeTo: query.envelopeTo === undefined ? [] : [query.envelopeTo],
      // Handed in after the fact, a mail arrived when it says it was written, as far as anybody can tell.
      arrivedAt: date !== undefined && date < now ? date : now,
    }));
  }),
  open(inboxes.check, async (platform, { body }, _http, actor) => {
    const caller = signedIn(actor);
    const { inboxId, settings } = body;
    const access = inboxId === undefined ? undefined : await accessForCheck(platform, caller, inboxId, settings);
    return checkConnection(inboxId === undefined ? settings : await inAccount(platform, caller.accountId, caller, (ctx) => withStoredPasswords(ctx, inboxId, settings)), access);
  }),
  open(mailbox.write, async (platform, { body }, _http, actor) => ({ caseId: await writeAsCustomer(platform, signedIn(actor), body) })),
];

/** The stored consent may only be tried at the servers it was given for: whoever may change an inbox could otherwise have access sent to a machine of their own. */
async function accessForCheck(platform: Platform, caller: Caller, inboxId: string, settings: EmailInboxSettings): Promise<AccessToken | undefined> {
  const mayBeUsed = await inAccount(platform, caller.accountId, caller, (ctx) => mayUseConsent(ctx, inboxId, settings));
  return mayBeUsed ? accessToken(platform, caller.accountId, inboxId) : undefined;
}

interface CustomerMail {
  from: string;
  fromName: string;
  inboxId: string;
  subject: string;
  text: string;
  inReplyTo?: string | undefined;
}

/** Composes the mail a customer's mail program would send, takes it in like any other, and keeps it in the customer's mailbox. */
async function writeAsCustomer(platform: Platform, caller: Caller, typed: CustomerMail): Promise<string | null> {
  // The intake covers card numbers as well, but the copy in the customer's mailbox does not pass it.
  const mail = { ...typed, subject: maskCardNumbers(typed.subject).text, text: maskCardNumbers(typed.text).text };
  const { inbox, answered } = await inAccount(platform, caller.accountId, caller, async (ctx) => ({
    inbox: await getMailFacts(ctx, mail.inboxId), answered: mail.inReplyTo === undefined ? undefined : await findMailboxMail(ctx.tx, ctx.accountId, mail.inReplyTo),
  }));
  if (mail.inReplyTo !== undefined && answered === undefined) throw new Refusal('not_found', 'The mail to answer is not in the mailbox any more.');
  const at = platform.clock.now();
  const messageId = `${randomUUID()}@${mail.from.slice(mail.from.lastIndexOf('@') + 1)}`;
  const references = answered === undefined ? [] : [...answered.refers_to, answered.message_id];
  const raw = await composeMail({
    messageId, from: { address: mail.from, name: mail.fromName }, to: [{ address: inbox.address, name: null }], cc: [], replyTo: null, subject: mail.subject, text: mail.text, html: null, references, attachments: [],
    date: at, automatic: null, loopMark: null,
  });
  const { caseId } = await taken(takeIn(platform, { accountId: caller.accountId, inboxId: inbox.id, door: 'mailbox', raw, envelopeFrom: mail.from, envelopeTo: [inbox.address], arrivedAt: at }));
  await inAccount(platform, caller.accountId, caller, (ctx) => insertMailboxMail(ctx.tx, ctx.accountId, {
    id: newId(), address: mail.from.toLowerCase(), direction: 'from_customer', sender: mail.from, recipients: [inbox.address], subject: mail.subject, body: mail.text, html: null, message_id: messageId, refers_to: references, at,
  }, inbox.isDemo));
  return caseId;
}
