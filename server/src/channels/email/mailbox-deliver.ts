import type { Outgoing } from '../../cases/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { insertMailboxMail } from './mailbox-store.ts';

interface Delivered {
  messageId: string;
  recipients: string[];
  sender: string;
  message: Outgoing;
}

/** Puts a mail of ours into the built-in mailbox of each recipient, once. The end of the line for accounts without a mail server. */
export async function deliverToMailbox(platform: Platform, accountId: string, { messageId, recipients, sender, message }: Delivered): Promise<void> {
  await inAccount(platform, accountId, systemActor('email.mailbox'), async (ctx) => {
    for (const address of new Set(recipients.map((each) => each.toLowerCase()))) {
      await insertMailboxMail(
        ctx.tx, accountId,
        { id: newId(), address, direction: 'to_customer', sender, recipients, subject: message.subject, body: message.text, html: message.html, message_id: messageId, refers_to: message.references, at: ctx.clock.now() },
        message.isDemo,
      );
    }
  });
}
