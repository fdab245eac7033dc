import { createHash } from 'node:crypto';
import type { ResponseOf, notifications } from '@rapport/contract';
import webPush from 'web-push';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { deleteSubscription, findPushKey, insertPushKey, saveSubscription, selectSubscriptions, type SubscriptionRow } from './push-store.ts';

const PURPOSE = 'push-key';

/** The account's key pair for pushes, made when it is needed first; the private half lies sealed in the database. */
export async function pushKeys(ctx: Ctx): Promise<{ publicKey: string; privateKey: string }> {
  let row = await findPushKey(ctx);
  if (!row) {
    const made = webPush.generateVAPIDKeys();
    await insertPushKey(ctx, { public_key: made.publicKey, sealed_private: ctx.platform.secrets.seal(made.privateKey, `${PURPOSE}:${ctx.accountId}`) });
    row = await findPushKey(ctx);
  }
  if (!row) throw new Error('The key for pushes could not be kept.');
  return { publicKey: row.public_key, privateKey: ctx.platform.secrets.open(row.sealed_private, `${PURPOSE}:${ctx.accountId}`) };
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
