import { reasonFor, type Authenticity, type Door, type Outcome } from '@rapport/contract';
import { receive, type StoredAttachment } from '../../cases/index.ts';
import { whyBlocked } from '../../customers/index.ts';
import { fromAddressesOf, getMailFacts, ownAddressesAmong } from '../../inboxes/index.ts';
import { recordIncoming } from '../../ledger/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { counter } from '../../platform/metrics.ts';
import { storableText } from '../../platform/storable.ts';
import { answerAutomatically } from './answer-automatically.ts';
import { isTemporary } from './is-temporary.ts';
import type { Mail } from './read-mail.ts';
import { recogniseAutomatic, type Origin } from './recognise-automatic.ts';
import { takeReport } from './take-report.ts';
import { senderOfMail } from './sender-of-mail.ts';
import { threadHints } from './thread-hints.ts';
import { readThreadToken, withoutTag } from './thread-token.ts';
import { threadKey } from './token-secret.ts';
import { understandAside } from './understand-aside.ts';
import type { UnderstoodMail } from './understand-mail.ts';

/** A raw mail at a door. */
export interface ArrivedMail {
  accountId: string;
  inboxId: string;
  door: Door;
  raw: Buffer;
  /** The reverse path, '' for the null path; undefined where there was no SMTP session. */
  envelopeFrom: string | undefined;
  /** The recipients of the envelope for this inbox; empty where there was no session. */
  envelopeTo: readonly string[];
  /** The mail server that brought it over SMTP, as it named itself. */
  peer?: { address: string | undefined; greeting: string } | undefined;
  /** When it reached us or the mailbox it was fetched from. */
  arrivedAt: Date;
}

export interface TakenIn {
  outcome: Outcome;
  ledgerId: string;
  caseId: string | null;
  entryId: string | null;
}

/** Written in the transaction that takes the mail in, such as how far a mailbox has been fetched. */
export type Alongside = (ctx: Ctx) => Promise<void>;

const actor = systemActor('email.intake');
const taken = counter('rapport_mails_in_total', 'Mails seen at a door, by door and what became of them; `not_now` was sent away to come again.', ['door', 'outcome']);

/**
 * Takes one raw mail in, through whichever door it came: covers card numbers, stores the bytes, and in one transaction puts it on its case, or
 * on the delivery it reports, with its row in the ledger. When it resolves, the mail is durable. The same mail again is a `duplicate`.
 *
 * A mail that cannot be taken in is set aside in the ledger with its reason, so one bad mail never stops the others. Trouble in the house is thrown
 * (`isTemporary`): then nothing is kept, and the door must have the sender come again. So is `MailTooCostly`, which never goes away.
 */
export async function takeIn(platform: Platform, given: ArrivedMail, alongside?: Alongside): Promise<TakenIn> {
  try {
    const result = await takeInOnce(platform, given, alongside);
    taken.add(1, { door: given.door, outcome: result.outcome });
    return result;
  } catch (error) {
    taken.add(1, { door: given.door, outcome: 'not_now' });
    throw error;
  }
}

async function takeInOnce(platform: Platform, given: ArrivedMail, alongside: Alongside | undefined): Promise<TakenIn> {
  // An envelope is written down even when nothing else of a mail can be, so it must hold nothing that a database refuses.
  const arrived: ArrivedMail = { ...given, envelopeFrom: given.envelopeFrom === undefined ? undefined : storableText(given.envelopeFrom), envelopeTo: given.envelopeTo.map(storableText) };
  const understood = await understandAside(arrived.raw);
  const authenticity = senderOfMail(platform, arrived, understood.mail.from?.address);
  const stored = await platform.files.put(arrived.accountId, understood.raw);
  const prepared: Prepared = { ...understood, arrived, rawKey: stored.key, authenticity: null };
  try {
    const attachments = await storeAttachments(platform, arrived.accountId, prepared.mail);
    prepared.authenticity = await authenticity;
    return await inAccount(platform, arrived.accountId, actor, async (ctx) => {
      const taken = await decide(ctx, prepared, attachments);
      await alongside?.(ctx);
      return taken;
    });
  } catch (error) {
    if (isTemporary(error)) throw error;
    platform.log.error({ err: error, inboxId: arrived.inboxId, door: arrived.door, rawKey: stored.key }, 'mail set aside');
    return setAside(platform, prepared, error, alongside);
  }
}

interface Prepared extends UnderstoodMail {
  arrived: ArrivedMail;
  rawKey: string;
  authenticity: Authenticity | null;
}

/** Who wrote decides where it goes: reports to the message they are about, our own mail nowhere, everything else to the desk. */
async function decide(ctx: Ctx, prepared: Prepared, attachments: StoredAttachment[]): Promise<TakenIn> {
  const { arrived, mail, raw } = prepared;
  const ownAddresses = await ownSender(ctx, prepared);
  const origin = recogniseAutomatic(mail, { envelopeFrom: arrived.envelopeFrom, ownMark: ctx.accountId, ownAddresses, homes: await homesOf(ctx, arrived.inboxId) });
  if (origin.kind === 'own') return inLedger(ctx, prepared, 'ignored', origin.because);
  const report = await takeReport(ctx, { inboxId: arrived.inboxId, mail, raw, origin, recipients: arrived.envelopeTo });
  if (report !== undefined) return inLedger(ctx, prepared, 'delivery_report', report.reason, report);

  const sender = senderOf(prepared, ownAddresses);
  if (sender === undefined) return inLedger(ctx, prepared, 'set_aside', reasonFor('no_sender'));
  const blocked = await whyBlocked(ctx, sender.address);
  if (blocked !== undefined) return inLedger(ctx, prepared, 'ignored', blocked);
  const received = await receive(ctx, incomingOf(ctx, prepared, origin, sender, attachments));
  if (received.outcome === 'new_case' && origin.mayAutoReply) await answerAutomatically(ctx, { inboxId: arrived.inboxId, caseId: received.caseId, to: sender.address });
  return received;
}

/** The domains of an inbox's own addresses. */
async function homesOf(ctx: Ctx, inboxId: string): Promise<Set<string>> {
  const inbox = await getMailFacts(ctx, inboxId);
  return new Set([inbox.address, ...fromAddressesOf(inbox).map(({ address }) => address)].map(domainOf));
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** The sender's address when it is one of our inboxes. Only asked when it has the domain of a recipient, which strangers' addresses have not. */
async function ownSender(ctx: Ctx, { arrived, mail }: Prepared): Promise<ReadonlySet<string>> {
  const from = mail.from?.address.toLowerCase();
  if (from === undefined) return new Set();
  const isNear = [...arrived.envelopeTo, ...mail.to.map(({ address }) => address), ...mail.deliveredTo].some((address) => domainOf(address) === domainOf(from));
  return isNear ? ownAddressesAmong(ctx, 'email', [from]) : new Set();
}

function incomingOf(ctx: Ctx, { arrived, mail, raw, rawKey, masked, text, html, dedupeKey, facts, authenticity }: Prepared, origin: Origin, sender: Mail['to'][number], attachments: StoredAttachment[]): Parameters<typeof receive>[1] {
  const key = threadKey(ctx.platform, ctx.accountId);
  const hints = threadHints(mail, arrived.envelopeTo, { key, inboxId: arrived.inboxId });
  // Our token has done its work; people see the address they know.
  const shown = (each: Mail['to'][number]) => named(readThreadToken(key, arrived.inboxId, each.address) === undefined ? each : { ...each, address: withoutTag(each.address) });
  return {
    inboxId: arrived.inboxId, channel: 'email', door: arrived.door, dedupeKey, occurredAt: arrived.arrivedAt,
    from: named(sender), to: mail.to.map(shown), cc: mail.cc.map(shown), replyTo: mail.replyTo.filter(({ address }) => address.toLowerCase() !== sender.address.toLowerCase()).map(named),
    subject: mail.subject, text, html: html?.html ?? null, mail: { ...facts, authenticity }, hasRemoteContent: html?.hasRemoteContent ?? false, attachments,
    rawKey, rawBytes: raw.length, maskedCardNumbers: masked, messageId: mail.messageId ?? null, automatic: origin.kind === 'auto_reply' || origin.kind === 'list' ? origin.kind : null,
    thread: {
      caseId: hints.find((hint) => hint.kind === 'token')?.caseId ?? null,
      answers: hints.flatMap((hint) => (hint.kind === 'answers' ? [hint.messageId] : [])),
      own: mail.messageId === undefined ? [] : [mail.messageId],
      caseNumber: hints.find((hint) => hint.kind === 'case-number')?.number ?? null,
    },
  };
}

const named = ({ address, name }: Mail['to'][number]) => ({ address, name: name === '' ? null : name });

/** The person to answer. Forms on a company's site write from our own address and name the customer in Reply-To. */
function senderOf({ arrived, mail }: Prepared, ownAddresses: ReadonlySet<string>): Mail['to'][number] | undefined {
  const from = mail.from ?? mail.sender;
  if (from !== undefined && ownAddresses.has(from.address.toLowerCase())) return mail.replyTo.find(({ address }) => !ownAddresses.has(address.toLowerCase())) ?? from;
  const path = arrived.envelopeFrom ?? '';
  return from ?? mail.replyTo[0] ?? (/^[^\s@]+@[^\s@]+$/.test(path) ? { address: path, name: '' } : undefined);
}

async function storeAttachments(platform: Platform, accountId: string, mail: Mail): Promise<StoredAttachment[]> {
  const stored: StoredAttachment[] = [];
  for (const { filename, mediaType, bytes, contentId, isInline } of mail.attachments) {
    const { key } = await platform.files.put(accountId, bytes);
    stored.push({ fileKey: key, filename, mediaType, bytes: bytes.length, contentId: contentId ?? null, isInline });
  }
  return stored;
}

async function inLedger(ctx: Ctx, { arrived, mail, raw, rawKey, masked }: Prepared, outcome: Outcome, reason: string | null, about?: { caseId: string | null; entryId: string | null }): Promise<TakenIn> {
  const found = { caseId: about?.caseId ?? null, entryId: about?.entryId ?? null };
  const ledgerId = await recordIncoming(ctx, {
    inboxId: arrived.inboxId, door: arrived.door, outcome, reason, messageId: mail.messageId ?? null, sender: mail.from?.address ?? arrived.envelopeFrom ?? '', subject: mail.subject,
    recipient: (arrived.envelopeTo.length > 0 ? arrived.envelopeTo : mail.to.map(({ address }) => address)).join(', '), bytes: raw.length, maskedCardNumbers: masked, rawKey, isDemo: arrived.door === 'demo', ...found,
  });
  return { outcome, ledgerId, ...found };
}

function setAside(platform: Platform, prepared: Prepared, error: unknown, alongside: Alongside | undefined): Promise<TakenIn> {
  const reason = reasonFor('not_on_case', { said: error instanceof Error ? error.name : 'error' });
  return inAccount(platform, prepared.arrived.accountId, actor, async (ctx) => {
    const taken = await inLedger(ctx, prepared, 'set_aside', reason);
    await alongside?.(ctx);
    return taken;
  });
}
