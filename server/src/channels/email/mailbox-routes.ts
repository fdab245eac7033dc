import { endpoints } from '@rapport/contract';
import { verb, type Route } from '../../platform/http/index.ts';
import { listMailboxAddresses, listMailboxMails } from './mailbox-store.ts';

const { mailbox } = endpoints;

/** Reading the built-in mailbox; writing into it goes through the intake like any mail. */
export const mailboxRoutes: Route[] = [
  verb(mailbox.listAddresses, async (ctx) => {
    const rows = await listMailboxAddresses(ctx.tx, ctx.accountId, ctx.actor);
    return { items: rows.map((row) => ({ address: row.address, mails: row.mails, lastAt: row.last_at.toISOString() })) };
  }),
  verb(mailbox.listMails, async (ctx, { params }) => {
    const rows = await listMailboxMails(ctx.tx, ctx.accountId, ctx.actor, params.address.toLowerCase());
    return {
      items: rows.map((row) => ({
        id: row.id, direction: row.direction, from: row.sender, to: row.recipients, subject: row.subject, text: row.body, html: row.html, at: row.at.toISOString(), messageId: row.message_id,
      })),
    };
  }),
];
