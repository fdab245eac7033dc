import type { Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import type { MailText } from './mail-texts.ts';
import { insertSystemMail } from './system-mail-store.ts';

export const mailPurpose = (id: string) => `system-mail:${id}`;

/**
 * Puts a mail of Rapport itself into the outgoing tray, in the caller's transaction. Its text carries a link that is as good as a key, so it is sealed and
 * the event names only the mail. Sending is the e-mail channel's work.
 */
export async function queueSystemMail(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock' | 'platform'>, mail: MailText & { kind: 'invitation' | 'reset' | 'notice'; recipient: string; sendBefore: Date }): Promise<void> {
  const id = newId();
  const sealedText = ctx.platform.secrets.seal(mail.text, mailPurpose(id));
  await insertSystemMail(ctx.tx, ctx.accountId, { id, kind: mail.kind, recipient: mail.recipient, subject: mail.subject, sealedText, now: ctx.clock.now(), sendBefore: mail.sendBefore });
  await announce(ctx, 'system_mail.queued', { systemMailId: id });
}
