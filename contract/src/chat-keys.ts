import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

/** By which a site signs who its visitors are: a secret that both sides know, or the public half of a pair. */
export const chatKey = z.object({ id, name: z.string(), kind: z.enum(['secret', 'public']), createdAt: timestamp, /** When a visitor last came with a token of it. */ usedAt: timestamp.nullable() });
export type ChatKey = z.output<typeof chatKey>;
export const mostChatKeys = 5;
/** The longest a token may be good for, in seconds. */
export const longestVisitorToken = 3_600;

const onInbox = z.object({ inboxId: id });
const name = z.string().trim().min(1).max(100);
const tag = 'inboxes';

export const chatKeys = {
  list: endpoint({ method: 'GET', path: '/inboxes/:inboxId/chat-keys', tag, summary: 'The keys by which a site signs who its visitors are, oldest first', access: 'inbox.manage', params: onInbox, response: z.object({ items: z.array(chatKey) }) }),
  create: endpoint({
    method: 'POST', path: '/inboxes/:inboxId/chat-keys', tag, summary: 'Add one: a secret is made here and answered once, of a pair the public half (PEM, RSA of 2048 bits or more, or P-256) is handed in. The others go on being good', access: 'inbox.manage', status: 201, params: onInbox,
    body: z.discriminatedUnion('kind', [z.object({ kind: z.literal('secret'), name }), z.object({ kind: z.literal('public'), name, publicKey: z.string().trim().max(10_000) })]),
    response: z.object({ key: chatKey, secret: z.string().nullable() }), problems: ['bad_public_key', 'too_many_chat_keys'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/inboxes/:inboxId/chat-keys/:keyId', tag, summary: 'Take one away: its tokens open nothing from now on, and who came with one has to come again', access: 'inbox.manage', params: onInbox.extend({ keyId: id }) }),
};
