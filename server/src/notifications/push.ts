import { createHash } from 'node:crypto';
import type { ResponseOf, notifications } from '@rapport/contract';
import webPush from 'web-push';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { deletePushKey, deleteSubscription, findPushKey, insertPushKey, saveSubscription, selectSubscriptions, type SubscriptionRow } from './push-store.ts';

export const pushPurpose = (accountId: string) => `push-key:${accountId}`;

/** The account's key pair for pushes; undefined when there is none yet, or the secret key does not open the private half, which lies sealed in the database. */
export async function findPushKeys(ctx: Ctx): Promise<{ publicKey: string; privateKey: string } | undefined> {
  const row = await findPushKey(ctx);
  try {
    return row && { publicKey: row.public_key, privateKey: ctx.platform.secrets.open(row.sealed_private, pushPurpose(ctx.accountId)) };
  } catch {
    return undefined;
  }
}

/** What a browser is told before it subscribes. The pair is made when it is needed first, and anew when it cannot be opened any more: the browsers that knew the old one then have to subscribe again. */
export async function pushKeyFor(ctx: Ctx): Promise<{ publicKey: string }> {
  const known = await findPushKeys(ctx);
  if (known) return { publicKey: known.publicKey };
  if (await findPushKey(ctx)) await deletePushKey(ctx);
  const made = webPush.generateVAPIDKeys();
  await insertPushKey(ctx, { public_key: made.publicKey, sealed_private: ctx.platform.secrets.seal(made.privateKey, pushPurpose(ctx.accountId)) });
  const row = await findPushKey(ctx);
  if (!row) throw new Error('The key for pushes could not be kept.');
  return { publicKey: row.public_key };
}

const shape = (row: SubscriptionRow, sessionId: string | undefined) => ({ id: row.id, client: row.client, createdAt: row.created_at.toISOString(), isHere: row.session_id === sessionId });

export async function listSubscriptions(ctx: Ctx & { actor: AgentActor }): Promise<ResponseOf<typeof notifications.listSubscriptions>> {
  return { items: (await selectSubscriptions(ctx, ctx.actor.agentId)).map((row) => shape(row, ctx.actor.sessionId)) };
}

const isBytes = (text: string, count: number) => /^[\w-]+={0,2}$/.test(text) && Buffer.from(text, 'base64url').length === count;

/** Remembers a browser. Refuses keys that no browser makes, and anything but https, before a byte is ever sent there. */
export async function subscribe(ctx: Ctx & { actor: AgentActor }, input: { endpoint: string; p256dh: string; auth: string }): Promise<ResponseOf<typeof notifications.subscribe>> {
  const url = new URL(input.endpoint);
  const isInternal = ctx.platform.config.internalHosts.includes(url.hostname.toLowerCase());
  if (url.protocol !== 'https:' && !isInternal) throw new Refusal('invalid_request', 'body.endpoint: It must begin with https://.');
  if (!isBytes(input.p256dh, 65) || !isBytes(input.auth, 16)) throw new Refusal('invalid_request', 'body: These are not the keys of a push subscription.');
  const { agentId, sessionId } = ctx.actor;
  if (sessionId === undefined) throw new Refusal('not_allowed', 'Pushes belong to a browser in which somebody is signed in.');
  const row = await saveSubscription(ctx, { id: newId(), agentId, sessionId, ...input, endpointHash: createHash('sha256').update(input.endpoint).digest() });
  return shape(row, sessionId);
}

export async function unsubscribe(ctx: Ctx & { actor: AgentActor }, subscriptionId: string): Promise<void> {
  if (!(await deleteSubscription(ctx, ctx.actor.agentId, subscriptionId))) throw new Refusal('not_found', 'This browser takes no pushes.');
}
