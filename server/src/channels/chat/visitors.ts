import { makeToken, readToken } from '../../accounts/index.ts';
import { inAccount, type Ctx, type Platform } from '../../platform/context.ts';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { storableText } from '../../platform/storable.ts';
import { actor, type Site } from './site.ts';
import { findVisitor, insertVisitor, type VisitorRow } from './visitor-store.ts';

/** What all messages of a visitor share. */
export const conversationOf = (visitorId: string): string => `visitor:${visitorId}`;
export const visitorOf = (conversation: string): string | undefined => (conversation.startsWith('visitor:') ? conversation.slice('visitor:'.length) : undefined);

/** What a form asks of a visitor, as they fill it in. */
export interface NewVisitor {
  name: string;
  email: string;
  locale: string;
}

/** Makes a browser known. Its key is told once and stored as a hash only. Refuses `chat_details_needed`. */
export async function beginVisitor(platform: Platform, site: Site, given: NewVisitor): Promise<{ visitorId: string; key: string }> {
  const { asks } = site.inbox.settings;
  const [name, email] = [given.name, given.email].map((text) => maskCardNumbers(storableText(text)).text.trim()) as [string, string];
  const missing = [asks.name === 'required' && name === '' ? 'your name' : '', asks.email === 'required' && email === '' ? 'your e-mail address' : ''].filter((each) => each !== '');
  if (missing.length > 0) throw new Refusal('chat_details_needed', `Please add ${missing.join(' and ')}.`);
  const id = newId();
  const { token, hash } = makeToken('visitor', site.accountId);
  // Nothing is kept that was not asked for.
  const kept = { name: asks.name === 'no' ? '' : name, email: asks.email === 'no' ? '' : email.toLowerCase() };
  await inAccount(platform, site.accountId, actor, (ctx) => insertVisitor(ctx, { id, inbox_id: site.inbox.id, locale: storableText(given.locale), ...kept }, hash));
  return { visitorId: id, key: token };
}

/** Whose key it is. A key of another site opens nothing here. Throws `no_such_visitor`. */
export async function getVisitor(ctx: Ctx, site: Site, key: string): Promise<VisitorRow> {
  const read = readToken('visitor', key);
  const found = read && read.accountId === site.accountId ? await findVisitor(ctx, site.inbox.id, read.hash) : undefined;
  if (!found) throw new Refusal('no_such_visitor', 'Begin the chat anew.');
  return found;
}
