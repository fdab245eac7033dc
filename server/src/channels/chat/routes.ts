import { chat, chatKeys, inboxes, mostChatFileBytes, mostChatFiles } from '@rapport/contract';
import { createInbox, updateInbox } from '../../inboxes/index.ts';
import { inAccount } from '../../platform/context.ts';
import { open, verb, type Http, type Route } from '../../platform/http/index.ts';
import { openFile, takeFile } from './files.ts';
import { createKey, listKeys, removeKey } from './keys.ts';
import { mustHaveQueue } from './line.ts';
import { readMessages } from './read-messages.ts';
import { actor, getSite } from './site.ts';
import { answerAsVisitor } from './survey.ts';
import { takeMessage } from './take-message.ts';
import { beginVisitor, endVisitor, getVisitor } from './visitors.ts';

/** The key a visitor's browser shows; '' without one. */
const keyOf = ({ request }: Http): string => /^Visitor (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

export const routes: Route[] = [
  verb(inboxes.create, (ctx, { body }) => createInbox(ctx, body, mustHaveQueue)),
  verb(inboxes.update, (ctx, { params, body }) => updateInbox(ctx, params.inboxId, body, mustHaveQueue)),
  verb(chatKeys.list, (ctx, { params }) => listKeys(ctx, params.inboxId)),
  verb(chatKeys.create, (ctx, { params, body }) => createKey(ctx, params.inboxId, body)),
  verb(chatKeys.remove, (ctx, { params }) => removeKey(ctx, params.inboxId, params.keyId)),
  open(chat.site, async (platform, { params }) => {
    const { title, greeting, color, side, asks, mailInboxId } = (await getSite(platform, params.site)).inbox.settings;
    return { title, greeting, color, side, asks, canMail: Boolean(mailInboxId), files: { most: mostChatFiles, mostBytes: mostChatFileBytes } };
  }),
  open(chat.begin, async (platform, { params, body }, http) => beginVisitor(platform, await getSite(platform, params.site), body, keyOf(http))),
  open(chat.end, async (platform, { params }, http) => endVisitor(platform, await getSite(platform, params.site), keyOf(http))),
  open(chat.messages, async (platform, { params, query }, http) => {
    const site = await getSite(platform, params.site);
    return inAccount(platform, site.accountId, actor, async (ctx) => readMessages(ctx, (await getVisitor(ctx, site, keyOf(http))).id, query.after));
  }),
  open(chat.send, async (platform, { params, body }, http) => (await takeMessage(platform, await getSite(platform, params.site), keyOf(http), body)).message),
  open(chat.answerSurvey, async (platform, { params, body }, http) => answerAsVisitor(platform, await getSite(platform, params.site), keyOf(http), body)),
  open(chat.upload, async (platform, { params, query, body }, http) => takeFile(platform, await getSite(platform, params.site), keyOf(http), { ...query, content: body as Buffer })),
  open(chat.download, async (platform, { params }, http) => openFile(platform, await getSite(platform, params.site), keyOf(http), params.fileId)),
];
