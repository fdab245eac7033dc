import { makeToken, readToken } from '../../accounts/index.ts';
import { inAccount, type Ctx, type Platform } from '../../platform/context.ts';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { storableText } from '../../platform/storable.ts';
import { actor, type Site } from './site.ts';
import { readToken as readSigned, type Known } from './read-token.ts';
import { deleteVisitorKey, deleteVisitorKeys, findVisitor, insertVisitor, insertVisitorKey, lockByExternalId, writeKnown, type VisitorRow } from './visitor-store.ts';

/** So long a browser is known by one word of its site; the site says it anew on every page. */
const KNOWN_MS = 12 * 3_600_000;

/** What all messages of a visitor share. */
export const conversationOf = (visitorId: string): string => `visitor:${visitorId}`;
export const visitorOf = (conversation: string): string | undefined => (conversation.startsWith('visitor:') ? conversation.slice('visitor:'.length) : undefined);

/** What a form asks of a visitor, as they fill it in. */
export interface NewVisitor {
  name: string;
  email: string;
  locale: string;
  /** The site's signed word on who they are. */
  token?: string | undefined;
}

/** Makes a browser known. Its key is told once and stored as a hash only. Refuses `chat_details_needed`, and `bad_visitor_token` for a word of the site that does not hold. */
export async function beginVisitor(platform: Platform, site: Site, given: NewVisitor, oldKey: string): Promise<{ visitorId: string; key: string }> {
  const { token, hash } = makeToken('visitor', site.accountId);
  const visitorId = await inAccount(platform, site.accountId, actor, async (ctx) => {
    const known = given.token === undefined ? undefined : await readSigned(ctx, site, given.token);
    const id = known ? await knownVisitor(ctx, site, known, given, oldKey) : await newVisitor(ctx, site, given);
    await insertVisitorKey(ctx, id, hash, { chatKeyId: known?.chatKeyId ?? null, endsAt: known ? new Date(ctx.clock.now().getTime() + KNOWN_MS) : null });
    return id;
  });
  return { visitorId, key: token };
}

const clean = (text: string): string => maskCardNumbers(storableText(text)).text.trim();

async function newVisitor(ctx: Ctx, site: Site, given: NewVisitor): Promise<string> {
  const { asks } = site.inbox.settings;
  const [name, email] = [clean(given.name), clean(given.email)];
  const missing = [asks.name === 'required' && name === '' ? 'your name' : '', asks.email === 'required' && email === '' ? 'your e-mail address' : ''].filter((each) => each !== '');
  if (missing.length > 0) throw new Refusal('chat_details_needed', `Please add ${missing.join(' and ')}.`);
  const id = newId();
  // Nothing is kept that was not asked for.
  const kept = { name: asks.name === 'no' ? '' : name, email: asks.email === 'no' ? '' : email.toLowerCase() };
  await insertVisitor(ctx, { id, inbox_id: site.inbox.id, locale: storableText(given.locale), external_id: null, is_email_verified: false, ...kept });
  return id;
}

/** Whom the site knows is one visitor on every device. Who began before they signed in goes on as who they are, unless that one is there already: then the two stay apart. */
async function knownVisitor(ctx: Ctx, site: Site, { externalId, name, email }: Known, { locale }: NewVisitor, oldKey: string): Promise<string> {
  const there = await lockByExternalId(ctx, site.inbox.id, storableText(externalId));
  const begun = there ? undefined : await visitorOfKey(ctx, site, oldKey);
  const before = there ?? (begun?.external_id === null ? begun : undefined);
  const said = { external_id: storableText(externalId), name: clean(name ?? before?.name ?? ''), email: email ?? (before?.is_email_verified ? '' : (before?.email ?? '')), is_email_verified: email !== undefined };
  if (before) {
    await writeKnown(ctx, { id: before.id, ...said });
    // Whoever had the key from before they signed in must not read along from now on.
    if (before.external_id === null) await deleteVisitorKeys(ctx, before.id);
    return before.id;
  }
  const id = newId();
  await insertVisitor(ctx, { id, inbox_id: site.inbox.id, locale: storableText(locale), ...said });
  return id;
}

async function visitorOfKey(ctx: Ctx, site: Site, key: string): Promise<VisitorRow | undefined> {
  const read = readToken('visitor', key);
  return read && read.accountId === site.accountId ? findVisitor(ctx, site.inbox.id, read.hash) : undefined;
}

/** Whose key it is. A key of another site opens nothing here. Throws `no_such_visitor`. */
export async function getVisitor(ctx: Ctx, site: Site, key: string): Promise<VisitorRow> {
  const found = await visitorOfKey(ctx, site, key);
  if (!found) throw new Refusal('no_such_visitor', 'Begin the chat anew.');
  return found;
}

/** Whether a key still opens this visitor's conversation. */
export const isKeyOf = async (ctx: Ctx, site: Site, key: string, visitorId: string): Promise<boolean> => (await visitorOfKey(ctx, site, key))?.id === visitorId;

/** The browser is another's from now on: somebody has signed out on the site. Nothing happens when the key opens nothing. */
export async function endVisitor(platform: Platform, site: Site, key: string): Promise<void> {
  const read = readToken('visitor', key);
  if (read && read.accountId === site.accountId) await inAccount(platform, site.accountId, actor, (ctx) => deleteVisitorKey(ctx, read.hash));
}
