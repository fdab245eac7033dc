import { findInboxByAddress, getInboxFacts, isChatInbox, type ChatFacts } from '../../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';

export const actor = systemActor('chat');

export interface Site {
  accountId: string;
  inbox: ChatFacts;
}

/** The chat that a page names by its key. Throws `not_found`, also for one that is switched off. */
export async function getSite(platform: Platform, key: string): Promise<Site> {
  const found = await findInboxByAddress(platform, 'chat', key);
  const inbox = found && (await inAccount(platform, found.accountId, actor, (ctx) => getInboxFacts(ctx, found.inboxId)));
  if (!found || !inbox || !isChatInbox(inbox)) throw new Refusal('not_found', 'There is no chat here.');
  return { accountId: found.accountId, inbox };
}
