import { z } from 'zod';
import { channelName } from './channels.ts';
import { chatInboxSettings, type ChatInboxSettings } from './chat.ts';
import { endpoint } from './endpoint.ts';
import { connectionFindings } from './finding-words.ts';
import { emailAddress, id, shortText, timestamp } from './shapes.ts';

const host = z.string().trim().min(1).max(253);
const port = z.number().int().min(1).max(65535);
const security = z.enum(['tls', 'starttls', 'none']);

/** Without one it is a password. oauth: with the consent that was given at the provider named in `oauth`, and no password. */
const auth = z.enum(['password', 'oauth']).optional();
/** Any OpenID provider; for Google and Microsoft issuer and scope are known. The client's secret travels in only. */
export const mailOauth = z.object({
  provider: z.enum(['google', 'microsoft', 'other']), issuer: z.string().trim().max(500).default(''), clientId: z.string().trim().min(1).max(500), clientSecret: z.string().max(1000).optional(), scope: z.string().trim().max(1000).default(''),
});
export type MailOauth = z.output<typeof mailOauth>;

/** Passwords travel in only: answers carry `hasPassword` instead. An empty or missing password keeps the stored one, as long as host and user stay the same. */
export const smtpSettings = z.object({ host, port, security, user: z.string().max(254).default(''), auth, password: z.string().max(500).optional() });
export const imapSettings = z.object({ host, port, security, user: z.string().min(1).max(254), auth, password: z.string().max(500).optional(), folder: z.string().min(1).max(200).default('INBOX') });

export const emailInboxSettings = z.object({
  address: emailAddress, /** Further addresses that arrive here. */ aliases: z.array(emailAddress).max(50).default([]), fromName: z.string().trim().max(200).default(''),
  /** listener: our own SMTP and LMTP doors, which are always open for the inbox's addresses. imap: fetched from a mailbox as well. */
  inbound: z.discriminatedUnion('kind', [z.object({ kind: z.literal('listener') }), z.object({ kind: z.literal('imap'), imap: imapSettings })]).default({ kind: 'listener' }),
  /** mailbox: the built-in mailbox, for trying Rapport out with no mail server. */
  outbound: z.discriminatedUnion('kind', [z.object({ kind: z.literal('mailbox') }), z.object({ kind: z.literal('smtp'), smtp: smtpSettings })]).default({ kind: 'mailbox' }),
  /** A resolved case reopens when the customer writes within these days; later a new, linked case begins. */ reopenDays: z.number().int().min(0).max(3650).default(14),
  /** Further addresses answers can be sent from, beside the inbox's own; each must arrive here. */ fromAddresses: z.array(z.object({ address: emailAddress, name: z.string().trim().max(200).default('') })).max(20).default([]),
  /** Where answers are asked to go; empty: to the address they were sent from. */ replyTo: z.union([emailAddress, z.literal('')]).default(''),
  /** Whether answers carry the message they answer. */ quotes: z.boolean().default(true),
  /** Where consent is given for servers with `auth: oauth`. Answers say `isConnected` and `hasSecret`. */ oauth: mailOauth.nullable().default(null),
  /** The name by which a mail server of yours, that checks mail before it comes here, signs its Authentication-Results (`mx.google.com`). Nobody else’s are believed. */ trustedServer: z.string().trim().max(253).default(''),
  autoReply: z.object({ isOn: z.boolean(), text: z.string().max(5000) }).default({ isOn: false, text: '' }),
});
export type EmailInboxSettings = z.output<typeof emailInboxSettings>;

/** What an inbox is set to, by its channel. */
export const inboxSettings = z.union([emailInboxSettings, chatInboxSettings]);
export type InboxSettings = z.output<typeof inboxSettings>;
export const isMailSettings = (settings: InboxSettings): settings is EmailInboxSettings => 'inbound' in settings;
export const isChatSettings = (settings: InboxSettings): settings is ChatInboxSettings => !isMailSettings(settings);
const named = { name: shortText, teamId: id.nullable().default(null) };

const findingValues = z.object({ host: z.string(), port: z.number(), security: z.enum(['tls', 'starttls', 'none']), user: z.string(), address: z.string(), folder: z.string(), count: z.number(), said: z.string() }).partial();

export const inbox = z.object({
  id, channel: channelName, name: z.string(), address: z.string(), teamId: id.nullable(), isEnabled: z.boolean(), createdAt: timestamp,
  /** As entered, secrets replaced by `hasPassword`. */ settings: z.record(z.string(), z.unknown()),
  health: z.object({
    state: z.enum(['ok', 'waiting', 'failing']), checkedAt: timestamp.nullable(), /** What fails, one for each way that does. */ troubles: z.array(z.object({ way: z.enum(['receiving', 'sending']), finding: z.enum(connectionFindings), values: findingValues })),
    /** The same in English. */ detail: z.string().nullable(),
  }),
});
export type Inbox = z.output<typeof inbox>;
const check = z.object({ ok: z.boolean(), /** How far it came. */ step: z.enum(['connect', 'tls', 'sign_in', 'folder', 'send']), finding: z.enum(connectionFindings), values: findingValues, /** The same in English. */ detail: z.string() });
export type ConnectionCheck = z.output<typeof check>;

export const inboxes = {
  list: endpoint({ method: 'GET', path: '/inboxes', tag: 'inboxes', summary: 'The inboxes; settings only for those who manage them', access: 'signed-in', response: z.object({ items: z.array(inbox) }) }),
  create: endpoint({
    method: 'POST', path: '/inboxes', tag: 'inboxes', summary: 'Set up an inbox', access: 'inbox.manage', status: 201,
    body: z.discriminatedUnion('channel', [z.object({ channel: z.literal('email'), ...named, settings: emailInboxSettings }), z.object({ channel: z.literal('chat'), ...named, settings: chatInboxSettings })]),
    response: inbox, problems: ['bad_inbox_settings', 'address_taken'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/inboxes/:inboxId', tag: 'inboxes', summary: 'Change an inbox', access: 'inbox.manage', params: z.object({ inboxId: id }),
    body: z.object({ name: shortText.optional(), teamId: id.nullable().optional(), isEnabled: z.boolean().optional(), settings: inboxSettings.optional() }), response: inbox, problems: ['bad_inbox_settings', 'address_taken'],
  }),
  check: endpoint({
    method: 'POST', path: '/inboxes/check', tag: 'inboxes', summary: 'Try mail server settings live and say what is wrong', access: 'inbox.manage',
    body: z.object({ /** Fill in stored passwords from this inbox. */ inboxId: id.optional(), settings: emailInboxSettings }), response: z.object({ inbound: check.nullable(), outbound: check.nullable() }), limit: { per: 'agent', max: 20, windowSeconds: 60 },
  }),
  receiveRaw: endpoint({
    method: 'POST', path: '/inboxes/:inboxId/messages', tag: 'inboxes', summary: 'Hand in one raw mail (message/rfc822); safe to repeat', access: 'inbox.manage', params: z.object({ inboxId: id }), status: 202,
    query: z.object({ envelopeFrom: z.string().max(254).optional(), envelopeTo: z.string().max(254).optional() }), body: z.unknown(), bodyKind: 'raw', bodyLimit: 50 * 1024 * 1024,
    response: z.object({ ledgerId: id, outcome: z.string(), caseId: id.nullable(), entryId: id.nullable() }), problems: ['mail_unreadable', 'too_large'],
  }),
};

const mailboxMail = z.object({ id, direction: z.enum(['to_customer', 'from_customer']), from: z.string(), to: z.array(z.string()), subject: z.string(), text: z.string(), html: z.string().nullable(), at: timestamp, messageId: z.string() });
/** The built-in mailbox: what customers of a trial account would see in their mail program. */
export const mailbox = {
  listAddresses: endpoint({ method: 'GET', path: '/mailbox', tag: 'mailbox', summary: 'Customers’ addresses with mail in the built-in mailbox', access: 'account.manage', response: z.object({ items: z.array(z.object({ address: z.string(), mails: z.number(), lastAt: timestamp })) }) }),
  listMails: endpoint({ method: 'GET', path: '/mailbox/:address', tag: 'mailbox', summary: 'The mails of one address, oldest first', access: 'account.manage', params: z.object({ address: z.string().max(254) }), response: z.object({ items: z.array(mailboxMail) }) }),
  write: endpoint({
    method: 'POST', path: '/mailbox', tag: 'mailbox', summary: 'Write to an inbox as a customer would; goes through the real intake', access: 'account.manage', status: 202,
    body: z.object({ from: emailAddress, fromName: z.string().max(200).default(''), inboxId: id, subject: z.string().max(500), text: z.string().min(1).max(100_000), /** A mail in this mailbox that is answered. */ inReplyTo: id.optional() }),
    response: z.object({ caseId: id.nullable() }),
  }),
};
