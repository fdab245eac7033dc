import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { estimateBases, longerReasons } from './routing.ts';
import { emailAddress, file, id, timestamp } from './shapes.ts';
import { surveyAnswer, surveyAsked } from './surveys.ts';

/** Where a page may show the chat: `https://shop.example`, without a path. */
export const siteOrigin = z.string().trim().max(300).refine((text) => {
  try {
    const url = new URL(text);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text.replace(/\/$/, '').toLowerCase();
  } catch {
    return false;
  }
}, 'The beginning of an address, as https://shop.example').transform((text) => text.replace(/\/$/, '').toLowerCase());

const asked = z.enum(['no', 'optional', 'required']);
export const chatInboxSettings = z.object({
  /** What stands at the top of the panel. */ title: z.string().trim().min(1).max(80),
  /** The first thing a visitor reads; empty: nothing. */ greeting: z.string().trim().max(500).default(''),
  /** Of the button and the visitor's own messages. Words on it are dark or light, whichever can be read. */ color: z.string().regex(/^#[0-9a-f]{6}$/i, 'A colour as #0f6b70').default('#0f6b70'),
  /** In which lower corner of the page. */ side: z.enum(['end', 'start']).default('end'),
  /** Sites that may show it; none: every site. */ origins: z.array(siteOrigin).max(50).default([]),
  /** A few words beside the button for whoever stays on a page; empty: none. They stand in the line of script, so that nothing is asked for before somebody acts. */
  invitation: z.object({ text: z.string().trim().max(120).default(''), afterSeconds: z.number().int().min(0).max(3600).default(20), /** Only on pages whose path begins so; empty: on every page. */ onPath: z.string().trim().max(200).default('') }).default({ text: '', afterSeconds: 20, onPath: '' }),
  /** What a visitor is asked for before the first message. */ asks: z.object({ name: asked, email: asked }).default({ name: 'optional', email: 'optional' }),
  /** From which inbox answers are sent as mails when somebody is no longer there; null: from none. */ mailInboxId: id.nullable().default(null),
  /** In which line visitors wait for somebody; null: in none, whoever has time answers. */ queueId: id.nullable().default(null),
  /** As of a mail inbox. */ reopenDays: z.number().int().min(0).max(3650).default(1),
});
export type ChatInboxSettings = z.output<typeof chatInboxSettings>;

/** A file of a chat; its bytes are asked for with the visitor's key. */
export const chatFile = z.object({ id, filename: z.string(), mediaType: z.string(), /** Length. */ bytes: z.number() });
export type ChatFile = z.output<typeof chatFile>;

/** One message as a visitor sees it. Ids rise in the order in which they were committed: hand the last one back as `after`, and nothing is missed or doubled. */
export const chatMessage = z.object({
  id, /** The visitor's own name for it, for what they sent. */ clientId: id.nullable(), from: z.enum(['visitor', 'agent', 'desk']), /** Whoever wrote, as the visitor may know them. */ name: z.string(), text: z.string(), files: z.array(chatFile), at: timestamp,
});
export type ChatMessage = z.output<typeof chatMessage>;

const onSite = z.object({ site: z.string().max(64) });
/** Of one file; and how many come with one message. */
export const mostChatFileBytes = 10 * 1024 * 1024;
export const mostChatFiles = 10;
/** What a panel has to know of its site. */
export const chatLook = chatInboxSettings.pick({ title: true, greeting: true, color: true, side: true, asks: true }).extend({ /** Whether an answer can come by mail. */ canMail: z.boolean(), files: z.object({ most: z.number(), mostBytes: z.number() }) });
export type ChatLook = z.output<typeof chatLook>;
const writing = { max: 60, windowSeconds: 60 } as const;

/** The visitor's side. Who calls is told by a key of the browser's own (`Authorization: Visitor …`), made when they first write; without it there is nothing to see. */
export const chat = {
  site: endpoint({
    method: 'GET', path: '/chat/:site', tag: 'chat', summary: 'How the chat of a site looks and what it asks for', access: 'public', params: onSite, limit: { per: 'address', max: 240, windowSeconds: 60 },
    response: chatLook,
  }),
  begin: endpoint({
    method: 'POST', path: '/chat/:site/visitors', tag: 'chat', summary: 'Become a visitor: answers the key by which this browser is known from now on', access: 'public', params: onSite, status: 201, limit: { per: 'address', max: 20, windowSeconds: 600 },
    body: z.object({ name: z.string().trim().max(200).default(''), /** As they say; nobody has checked it. */ email: z.union([emailAddress, z.literal('')]).default(''), locale: z.string().max(35).default(''), /** The site's signed word on who they are (JWT). */ token: z.string().max(8_000).optional() }),
    response: z.object({ visitorId: id, key: z.string() }), problems: ['chat_details_needed', 'bad_visitor_token'],
  }),
  end: endpoint({ method: 'DELETE', path: '/chat/:site/visitors/self', tag: 'chat', summary: 'Forget this browser: its key opens nothing any more', access: 'public', params: onSite, limit: { per: 'address', max: 60, windowSeconds: 600 } }),
  messages: endpoint({
    method: 'GET', path: '/chat/:site/messages', tag: 'chat', summary: 'The visitor’s conversation after a message, oldest first', access: 'public', params: onSite, limit: { per: 'address', max: 240, windowSeconds: 60 },
    query: z.object({ after: id.optional() }), response: z.object({ items: z.array(chatMessage), hasMore: z.boolean() }), problems: ['no_such_visitor'],
  }),
  send: endpoint({
    method: 'POST', path: '/chat/:site/messages', tag: 'chat', summary: 'Write; the same `clientId` again changes nothing and answers what is there', access: 'public', params: onSite, status: 201, limit: { per: 'address', ...writing },
    body: z.object({ clientId: id, text: z.string().trim().max(10_000), /** Handed in before. */ fileIds: z.array(id).max(mostChatFiles).default([]), /** The page they are on. */ page: z.string().max(2000).default(''), /** Where an answer may be sent as a mail from now on, as they say. */ email: emailAddress.optional() })
      .refine(({ text, fileIds }) => text !== '' || fileIds.length > 0, 'Words or a file'),
    response: chatMessage, problems: ['no_such_visitor'],
  }),
  upload: endpoint({
    method: 'POST', path: '/chat/:site/files', tag: 'chat', summary: 'Hand in a file for the next message; raw bytes as the body', access: 'public', params: onSite, status: 201, limit: { per: 'address', max: 60, windowSeconds: 600 },
    query: z.object({ filename: z.string().trim().min(1).max(255), mediaType: z.string().trim().max(100).default('application/octet-stream') }), body: z.unknown(), bodyKind: 'raw', bodyLimit: mostChatFileBytes, response: chatFile, problems: ['no_such_visitor', 'too_large', 'too_many_attachments'],
  }),
  answerSurvey: endpoint({
    method: 'POST', path: '/chat/:site/survey', tag: 'chat', summary: 'Say how it was, or say it otherwise, when the visitor was asked', access: 'public', params: onSite, status: 204, limit: { per: 'address', max: 60, windowSeconds: 600 },
    body: surveyAnswer, problems: ['no_such_visitor', 'survey_over'],
  }),
  download: endpoint({
    method: 'GET', path: '/chat/:site/files/:fileId', tag: 'chat', summary: 'A file of the visitor’s own conversation', access: 'public', params: onSite.extend({ fileId: id }), limit: { per: 'address', max: 240, windowSeconds: 60 }, response: file, responseKind: 'file', problems: ['no_such_visitor'],
  }),
};

/** Where a visitor stands. `closed` and `full`: they wait for an answer, but in no line. */
export const chatLine = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['none', 'full', 'left']) }),
  z.object({ state: z.literal('waiting'), /** 1 is next. */ position: z.number().int(), lowSeconds: z.number().int().nullable(), highSeconds: z.number().int().nullable(), method: z.enum(estimateBases), longer: z.enum(longerReasons).nullable(), opensAt: timestamp.nullable() }),
  /** Somebody has taken it. */ z.object({ state: z.literal('taken'), name: z.string() }),
  z.object({ state: z.literal('closed'), opensAt: timestamp.nullable() }),
]);
export type ChatLine = z.output<typeof chatLine>;

/** Over a visitor's web socket, `/api/v1/chat/:site/live`. */
export const visitorSays = z.discriminatedUnion('type', [
  /** First of all: who they are, and the last message they have. */ z.object({ type: z.literal('hello'), key: z.string().max(200), after: id.optional() }),
  /** Everything up to this message has arrived, or has been on the screen. */ z.object({ type: z.enum(['got', 'seen']), id }),
  /** Said again every few seconds while it goes on. */ z.object({ type: z.literal('typing'), isTyping: z.boolean() }),
  /** They do not want to wait in line any longer. */ z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('ping') }),
]);
export const visitorHears = z.discriminatedUnion('type', [
  z.object({ type: z.literal('messages'), items: z.array(chatMessage) }),
  /** Somebody has read what they wrote up to this message. */ z.object({ type: z.literal('read'), upTo: id }),
  /** Somebody writes an answer, told again every few seconds; null: nobody does any more. */ z.object({ type: z.literal('answering'), name: z.string().nullable() }),
  z.object({ type: z.literal('line'), line: chatLine }),
  /** What they are asked about a chat that is over; null: nothing. */ z.object({ type: z.literal('survey'), asked: surveyAsked.nullable() }),
  /** Who says so is not known here: begin anew. */ z.object({ type: z.literal('unknown') }),
  z.object({ type: z.literal('pong') }),
]);
/** What is known of a visitor beside their words; nobody has checked it. */
export const saidByVisitor = z.object({ email: z.string(), /** The page they wrote from. */ page: z.string() });
export type SaidByVisitor = z.output<typeof saidByVisitor>;
export type VisitorSays = z.output<typeof visitorSays>;
export type VisitorHears = z.output<typeof visitorHears>;
