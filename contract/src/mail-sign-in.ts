import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { inbox } from './inboxes.ts';
import { id } from './shapes.ts';

/** Letting an inbox into a mailbox at a provider without its password (OAuth 2 with PKCE, XOAUTH2 at the mail servers). */
export const mailSignIn = {
  start: endpoint({
    method: 'POST', path: '/inboxes/:inboxId/sign-in', tag: 'inboxes', summary: 'Where to send the browser, so that the provider asks whether this inbox may use the mailbox', access: 'inbox.manage',
    params: z.object({ inboxId: id }), response: z.object({ url: z.string() }), problems: ['bad_inbox_settings', 'unavailable'], limit: { per: 'agent', max: 20, windowSeconds: 60 },
  }),
  finish: endpoint({
    method: 'POST', path: '/inboxes/sign-in', tag: 'inboxes', summary: 'Come back from the provider with its answer; works once, for whoever began it', access: 'inbox.manage',
    body: z.object({ state: z.string().min(20).max(200), code: z.string().min(1).max(4000) }), response: inbox, problems: ['link_expired', 'bad_inbox_settings', 'unavailable'], limit: { per: 'agent', max: 20, windowSeconds: 60 },
  }),
};
