import { finishSystemMail, takeSystemMail, type SystemMail, type SystemMailOutcome } from '../../accounts/index.ts';
import { listMailInboxes } from '../../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { listener } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { composeMail } from './compose-mail.ts';
import { insertMailboxMail } from './mailbox-store.ts';
import { withAccess } from './access/with-access.ts';
import { sendBySmtp, type SmtpSettings } from './smtp-transport.ts';

/** Reads `smtp://user:password@host:port` (STARTTLS when `?starttls`) or `smtps://…`. */
export function smtpFromUrl(url: string): SmtpSettings {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  const isTls = protocol === 'smtps:';
  return {
    host: hostname, port: port ? Number(port) : isTls ? 465 : 587, security: isTls ? 'tls' : searchParams.has('starttls') ? 'starttls' : 'none', user: decodeURIComponent(username), password: decodeURIComponent(password),
  };
}

interface Route {
  from: string;
  /** Undefined: no mail server is known, the built-in mailbox takes it. */
  smtp: SmtpSettings | undefined;
}

/** The configured server, else the first inbox of the account that sends by SMTP, else the built-in mailbox. */
async function routeFor(platform: Platform, accountId: string): Promise<Route> {
  const inboxes = (await listMailInboxes(platform)).filter((inbox) => inbox.accountId === accountId);
  const sending = inboxes.find((inbox) => inbox.settings.outbound.kind === 'smtp');
  const from = (sending ?? inboxes[0])?.address ?? 'rapport@localhost';
  if (platform.config.systemMailUrl) return { from, smtp: smtpFromUrl(platform.config.systemMailUrl) };
  return { from, smtp: sending?.settings.outbound.kind === 'smtp' ? withAccess(platform, sending, sending.settings.outbound.smtp) : undefined };
}

async function sendOne(platform: Platform, mail: SystemMail): Promise<SystemMailOutcome> {
  const { from, smtp } = await routeFor(platform, mail.accountId);
  const messageId = `${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}`;
  if (!smtp) {
    await inAccount(platform, mail.accountId, systemActor('email.system'), (ctx) =>
      insertMailboxMail(
        ctx.tx, ctx.accountId,
        { id: newId(), address: mail.to.toLowerCase(), direction: 'to_customer', sender: from, recipients: [mail.to], subject: mail.subject, body: mail.text, html: null, message_id: messageId, refers_to: [], at: ctx.clock.now() },
        false,
      ),
    );
    return { state: 'sent' };
  }
  const raw = await composeMail({
    messageId, from: { address: from, name: mail.accountName }, to: [{ address: mail.to, name: null }], cc: [], replyTo: null, subject: mail.subject, text: mail.text, html: null, references: [], attachments: [],
    date: platform.clock.now(), automatic: 'auto-generated', loopMark: mail.accountId,
  });
  // An invitation that arrives twice does no harm, one that never arrives does: without a clear answer it is tried again.
  const result = await sendBySmtp(smtp, { from: '', to: [mail.to], id: mail.id }, raw, async () => {});
  if (result.outcome === 'accepted') return { state: 'sent' };
  return { state: result.outcome === 'permanent' ? 'refused' : 'not_now', reason: result.reason };
}

/** Sends the mails of Rapport itself: invitations and password resets. Also looks every minute for what is due again. */
export const sendSystemMails = defineJob<Record<string, never>>({
  name: 'email.system',
  schedule: '* * * * *',
  async run(platform) {
    for (const mail of await takeSystemMail(platform)) {
      let outcome: SystemMailOutcome;
      try {
        outcome = await sendOne(platform, mail);
      } catch (error) {
        platform.log.error({ err: error, systemMailId: mail.id }, 'system mail could not be sent');
        outcome = { state: 'not_now', reason: 'It could not be prepared for sending.' };
      }
      await finishSystemMail(platform, mail, outcome);
    }
  },
});

export const queueSystemMails = listener({
  name: 'email.system',
  topics: ['system_mail.queued'],
  handle: (ctx) => ctx.platform.jobs.enqueue(ctx.tx, sendSystemMails, {}),
});
