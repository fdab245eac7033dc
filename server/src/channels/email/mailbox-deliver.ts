import type { Outgoing } from '../../cases/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { insertMailboxMail } from './mailbox-store.ts';
import { wholeText } from './whole-text.ts';

interface Delivered {
  messageId: string;
  recipients: string[];
  sender: string;
  message: Outgoing;
}

/** Puts a mail of ours into the built-in mailbox of each recipient, once. The end of the line for accounts without a mail server. */
export async function deliverToMailbox(platform: Platform, accountId: string, { messageId, recipients, sender, message }: Delivered): Promise<void> {
  const { text, html } = wholeText(message);
  // Blind copies arrive, but nobody's mail names them.
  const named = [...message.to, ...message.cc].map((each) => each.address);
  await inAccount(platform, accountId, systemActor('email.mailbox'), async (ctx) => {
    for (const address of new Set(recipients.map((each) => each.toLowerCase()))) {
      await insertMailboxMail(
        ctx.tx, accountId,
        { id: newId(), address, direction: 'to_customer', sender, recipients: named, subject: message.subject, body: text, html, message_id: messageId, refers_to: message.references, at: ctx.clock.now() },
        message.isDemo,
      );
    }
  });
}
