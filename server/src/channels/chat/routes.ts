import { chat } from '@rapport/contract';
import { inAccount } from '../../platform/context.ts';
import { open, type Http, type Route } from '../../platform/http/index.ts';
import { readMessages } from './read-messages.ts';
import { actor, getSite } from './site.ts';
import { takeMessage } from './take-message.ts';
import { beginVisitor, getVisitor } from './visitors.ts';

/** The key a visitor's browser shows; '' without one. */
const keyOf = ({ request }: Http): string => /^Visitor (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

export const routes: Route[] = [
  open(chat.site, async (platform, { params }) => {
    const { title, greeting, color, side, asks } = (await getSite(platform, params.site)).inbox.settings;
    return { title, greeting, color, side, asks };
  }),
  open(chat.begin, async (platform, { params, body }) => beginVisitor(platform, await getSite(platform, params.site), body)),
  open(chat.messages, async (platform, { params, query }, http) => {
    const site = await getSite(platform, params.site);
    return inAccount(platform, site.accountId, actor, async (ctx) => readMessages(ctx, (await getVisitor(ctx, site, keyOf(http))).id, query.after));
  }),
  open(chat.send, async (platform, { params, body }, http) => takeMessage(platform, await getSite(platform, params.site), keyOf(http), body)),
];
