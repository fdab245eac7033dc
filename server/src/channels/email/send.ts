import { randomUUID } from 'node:crypto';
import { reasonFor } from '@rapport/contract';
import { arrivesIn, getMailInbox, recordHealth } from '../../inboxes/index.ts';
import { getOutgoing, recordDelivery, registerThreadKeys, type DeliveryReport, type Outgoing } from '../../cases/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { listener } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { counter } from '../../platform/metrics.ts';
import { composeMail } from './compose-mail.ts';
import { deliverToMailbox } from './mailbox-deliver.ts';
import { claimOutgoing, findDue, findOutgoing, finishAttempt, insertOutgoing, markHandedOver, saveEnvelope, saveResponse, type OutgoingRow } from './outgoing-store.ts';
import { nextAttemptAt } from './retry-plan.ts';
import { withAccess } from './access/with-access.ts';
import { sendBySmtp, type Attempt, type Refused } from './smtp-transport.ts';
import { withSurveyLinks } from './survey-links.ts';
import { withThreadToken } from './thread-token.ts';
import { bounceKey, threadKey } from './token-secret.ts';
import { wholeText } from './whole-text.ts';

const LEASE_MS = 3 * 60_000;
const actor = systemActor('email');
const attempts = counter('rapport_mails_out_total', 'Attempts to hand a mail to the next server, by what became of them.', ['outcome']);
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** The inbox's address with a token, where mail to it is sure to reach us: at our own doors. Not every provider of a mailbox delivers addresses with a plus, and an answer that bounces is worse than one without a token. */
function taggedAddress({ message: { inbox } }: Prepared, address: string, key: Buffer, id: string): string | undefined {
  return inbox.settings.inbound.kind === 'listener' ? withThreadToken(key, inbox.id, address, id) : undefined;
}

/**
 * Where bounces of one message go: the inbox's address with the message's own signed token (VERP), so that a report names its message whatever it quotes. Where there can be no
 * token, the report is matched by its envelope id or the Message-ID it quotes.
 */
function bounceAddress(platform: Platform, prepared: Prepared): string {
  return taggedAddress(prepared, prepared.message.inbox.address, bounceKey(platform, prepared.row.account_id), prepared.row.entry_id) ?? prepared.message.inbox.address;
}

interface SendJob {
  accountId: string;
  caseId: string;
  entryId: string;
}

/** Makes a queued message ours: gives it its Message-ID, by which answers and reports will find it, before anybody tries to send it. */
export const queueOutgoing = listener({
  name: 'email.queue',
  topics: ['message.queued'],
  async handle(ctx, event) {
    const { caseId, entryId, inboxId, channel } = event.payload;
    if (channel !== 'email') return;
    const inbox = await getMailInbox(ctx, inboxId);
    const known = await findOutgoing(ctx.tx, ctx.accountId, entryId);
    const messageId = known?.message_id ?? `${randomUUID()}@${domainOf(inbox.address)}`;
    await insertOutgoing(ctx.tx, { account_id: ctx.accountId, entry_id: entryId, case_id: caseId, inbox_id: inboxId, message_id: messageId }, ctx.clock.now());
    await registerThreadKeys(ctx, { caseId, entryId, messageId });
    await ctx.platform.jobs.enqueue<SendJob>(ctx.tx, sendMail, { accountId: ctx.accountId, caseId, entryId });
  },
});

interface Prepared {
  row: OutgoingRow;
  message: Outgoing;
  /** As it is kept, where that is not as it leaves. */
  kept?: Outgoing;
}

async function claim(platform: Platform, job: SendJob): Promise<Prepared | undefined> {
  return inAccount(platform, job.accountId, actor, async (ctx) => {
    const now = ctx.clock.now();
    const row = await claimOutgoing(ctx.tx, ctx.accountId, job.entryId, now, new Date(now.getTime() + LEASE_MS));
    if (!row) return undefined;
    await recordDelivery(ctx, { caseId: row.case_id, entryId: row.entry_id, state: 'sending' });
    return { row, ...(await withSurveyLinks(ctx, await getOutgoing(ctx, row.case_id, row.entry_id))) };
  });
}

/** The ids of the thread, oldest first; what is answered stands last, which is where mail programs look. */
function threadOf(message: Outgoing): string[] {
  const { inReplyTo, references } = message;
  return inReplyTo === null ? references : [...references.filter((id) => id !== inReplyTo), inReplyTo];
}

async function composeOutgoing(platform: Platform, prepared: Prepared): Promise<Buffer> {
  const { row, message } = prepared;
  const { from } = message;
  // Answers are asked for where the mail came from; somebody who set another place gets it as it was set.
  const asked = message.inbox.settings.replyTo || undefined;
  const replyAddress = asked ?? (arrivesIn(message.inbox, from.address) ? taggedAddress(prepared, from.address, threadKey(platform, row.account_id), message.caseId) : message.inbox.address);
  return composeMail({
    messageId: row.message_id, from, replyTo: replyAddress ? { address: replyAddress, name: from.name } : null,
    to: message.to, cc: message.cc, subject: message.subject, ...wholeText(message), references: threadOf(message),
    attachments: await Promise.all(message.attachments.map(async (file) => ({ filename: file.filename, mediaType: file.mediaType, contentId: file.contentId, content: await platform.files.read(file.fileKey) }))),
    date: row.first_queued_at, automatic: message.automatic === null ? null : 'auto-replied', loopMark: row.account_id,
  });
}

async function attempt(platform: Platform, prepared: Prepared, raw: Buffer): Promise<Attempt> {
  const { row, message } = prepared;
  const { inbox } = message;
  const recipients = row.left_for ?? [...message.to, ...message.cc, ...message.bcc].map((each) => each.address);
  const handOver = (sender: string) => () => inAccount(platform, row.account_id, actor, async (ctx) => {
    await markHandedOver(ctx.tx, row, ctx.clock.now());
    await saveEnvelope(ctx.tx, row, { from: sender, to: recipients });
  });
  const { outbound } = inbox.settings;
  if (outbound.kind === 'mailbox' || message.isDemo) {
    await inAccount(platform, row.account_id, actor, (ctx) => saveEnvelope(ctx.tx, row, { from: inbox.address, to: recipients }));
    await deliverToMailbox(platform, row.account_id, { messageId: row.message_id, recipients, message, sender: inbox.address });
    return { outcome: 'accepted', refused: [], response: '' };
  }
  const from = message.automatic === null ? bounceAddress(platform, prepared) : '';
  const smtp = withAccess(platform, inbox, outbound.smtp);
  const result = await sendBySmtp(smtp, { from, to: recipients, id: row.entry_id }, raw, handOver(from));
  // Some servers let an account send only from its very own address.
  const isSenderRefused = result.outcome === 'permanent' && result.isSenderRefused && from !== inbox.address;
  return isSenderRefused ? sendBySmtp(smtp, { from: inbox.address, to: recipients, id: row.entry_id }, raw, handOver(inbox.address)) : result;
}

type Verdict = Required<Pick<DeliveryReport, 'reason' | 'nextAttemptAt'>> & { state: OutgoingRow['state']; leftFor: string[] | null };

/**
 * The server took the mail for some and not for others. Those it may take later are tried again, alone, and until then the message is not said to be sent; so it is with
 * those it will never take, who otherwise would be missed by nobody.
 */
function partlyAccepted(refused: readonly Refused[], row: OutgoingRow, now: Date): Verdict {
  const reason = reasonFor('partly', { said: refused.map((each) => `${each.address}: ${each.reason}`).join('; ') });
  const leftFor = refused.map(({ address }) => address);
  const next = refused.some(({ isTemporary }) => isTemporary) ? nextAttemptAt(row.first_queued_at, now) : undefined;
  return { state: next ? 'queued' : 'failed', reason, nextAttemptAt: next ?? null, leftFor };
}

/** What an attempt means for the message, in a state people can trust and a reason they can act on. */
function verdict(result: Attempt, row: OutgoingRow, now: Date): Verdict {
  const leftFor = row.left_for;
  switch (result.outcome) {
    case 'accepted':
      return result.refused.length > 0 ? partlyAccepted(result.refused, row, now) : { state: 'accepted', reason: null, nextAttemptAt: null, leftFor: null };
    case 'unknown':
      return { state: 'unknown', reason: result.reason, nextAttemptAt: null, leftFor };
    case 'permanent':
      return { state: 'failed', reason: result.reason, nextAttemptAt: null, leftFor };
    case 'temporary': {
      const next = nextAttemptAt(row.first_queued_at, now);
      return next ? { state: 'queued', reason: result.reason, nextAttemptAt: next, leftFor } : { state: 'failed', reason: reasonFor('given_up', { rest: result.reason }), nextAttemptAt: null, leftFor };
    }
  }
}

/** One attempt at one message. State lives in `email_outgoing`; a job that runs twice finds the message claimed or done. */
export const sendMail = defineJob<SendJob>({
  name: 'email.send',
  retryLimit: 2,
  concurrency: 8,
  expireSeconds: 240,
  async run(platform, job) {
    const prepared = await claim(platform, job);
    if (!prepared) return;
    const { row } = prepared;
    let result: Attempt;
    let stored: { key: string; bytes: number } | undefined;
    try {
      const raw = await composeOutgoing(platform, prepared);
      stored = await platform.files.put(row.account_id, prepared.kept ? await composeOutgoing(platform, { row, message: prepared.kept }) : raw);
      result = await attempt(platform, prepared, raw);
    } catch (error) {
      // Composing failed, or our own database did before anything left: nothing was sent.
      platform.log.error({ err: error, entryId: row.entry_id }, 'mail could not be sent');
      result = { outcome: 'temporary', reason: reasonFor('not_prepared') };
    }
    attempts.add(1, { outcome: result.outcome });
    await inAccount(platform, row.account_id, actor, async (ctx) => {
      await noteHealth(ctx, prepared, result);
      const { leftFor, ...report } = verdict(result, row, ctx.clock.now());
      // Another process may have taken over while this one was held up; then its word counts.
      if (!(await finishAttempt(ctx.tx, row, report.state, report.nextAttemptAt, leftFor))) return;
      if (result.outcome === 'accepted') await saveResponse(ctx.tx, row, result.response);
      if (stored) await registerThreadKeys(ctx, { caseId: row.case_id, entryId: row.entry_id, messageId: row.message_id, rawKey: stored.key, bytes: stored.bytes });
      await recordDelivery(ctx, { caseId: row.case_id, entryId: row.entry_id, ...report });
    });
  },
});

/** Says on the inbox when its mail server lets nothing out, and when it does again. What a server thinks of one message is that message's business. */
async function noteHealth(ctx: Ctx, { message: { inbox } }: Prepared, result: Attempt): Promise<void> {
  if (inbox.settings.outbound.kind !== 'smtp') return;
  const trouble = result.outcome === 'temporary' ? result.trouble : undefined;
  const isPassed = result.outcome === 'accepted' && inbox.health.sending?.state !== 'ok';
  // What is said of settings that were changed meanwhile is of no interest any more.
  if ((!trouble && !isPassed) || (await getMailInbox(ctx, inbox.id)).version !== inbox.version) return;
  await recordHealth(ctx, inbox.id, 'sending', trouble ? { state: 'failing', ...trouble } : { state: 'ok', detail: null });
}

const SWEEP_LIMIT = 500;

/**
 * Every minute: tries what is due again, and settles what a process left behind. A message whose bytes were handed over by a process that died is `unknown`: SMTP has no way to ask, so a
 * person decides whether to send it again.
 */
export const sweepOutgoing = defineJob({
  name: 'email.sweep',
  schedule: '* * * * *',
  async run(platform) {
    const due = await platform.database.asSystem((tx) => findDue(tx, platform.clock.now(), SWEEP_LIMIT));
    for (const row of due) {
      await inAccount(platform, row.account_id, actor, async (ctx) => {
        if (row.handed_over_at === null) return ctx.platform.jobs.enqueue<SendJob>(ctx.tx, sendMail, { accountId: row.account_id, caseId: row.case_id, entryId: row.entry_id }, { singletonKey: row.entry_id });
        if (!(await finishAttempt(ctx.tx, row, 'unknown', null, row.left_for))) return undefined;
        return recordDelivery(ctx, { caseId: row.case_id, entryId: row.entry_id, state: 'unknown', reason: reasonFor('cut_off') });
      });
    }
  },
});
