import type { NotificationKind, PushPayload } from '@rapport/contract';
import webPush from 'web-push';
import { baseUrl } from '../accounts/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { outgoingFetch } from '../platform/outgoing-fetch.ts';
import { findPushKeys } from './push.ts';
import { deleteSubscription, selectSubscriptions, type SubscriptionRow } from './push-store.ts';
import { claimTold, findUnreadGroup, forgetTold } from './store.ts';
import { wordsFor } from './words.ts';

export interface PushOrder {
  accountId: string;
  agentId: string;
  eventKey: string;
  kind: NotificationKind;
  caseId: string;
}

/** A push that could not be handed over for hours tells nobody anything new. */
const TTL_SECONDS = 4 * 3600;
const GONE = [404, 410];
const system = systemActor('notifications.push');

type Outcome = 'sent' | 'gone' | 'refused' | 'later';

async function sendOne(platform: Platform, keys: { publicKey: string; privateKey: string }, to: SubscriptionRow, payload: PushPayload, topic: string): Promise<Outcome> {
  const url = baseUrl(platform.config);
  const details = webPush.generateRequestDetails({ endpoint: to.endpoint, keys: { p256dh: to.p256dh, auth: to.auth } }, JSON.stringify(payload), {
    TTL: TTL_SECONDS, urgency: 'high', topic, contentEncoding: 'aes128gcm', vapidDetails: { subject: url.startsWith('https:') ? url : 'mailto:rapport@localhost.invalid', ...keys },
  });
  const answer = await outgoingFetch(platform.config)(details.endpoint, { method: details.method, headers: details.headers as Record<string, string>, body: details.body });
  if (answer.ok) return 'sent';
  if (GONE.includes(answer.status)) return 'gone';
  return answer.status === 429 || answer.status >= 500 ? 'later' : 'refused';
}

/**
 * Sends one event to every browser of an agent, unless they have read it meanwhile. A browser is marked as told before it is sent to: when the process dies between, that one push is lost
 * rather than sent twice, and the list has it anyway. Throws when a push service wants to be asked again later.
 */
export async function sendPush(platform: Platform, { accountId, agentId, eventKey, kind, caseId }: PushOrder): Promise<void> {
  const found = await inAccount(platform, accountId, system, async (ctx) => {
    const group = await findUnreadGroup(ctx, agentId, caseId, kind);
    // Without a key that opens there is nothing to send with; the doctor says so, and the list has what happened.
    const keys = group && (await findPushKeys(ctx));
    return keys && { group, keys, browsers: await selectSubscriptions(ctx, agentId) };
  });
  if (!found) return;
  const payload: PushPayload = { title: wordsFor(kind, found.group.locale, found.group), number: found.group.number, tag: `${kind}:${caseId}` };
  let isLater = false;
  for (const browser of found.browsers) {
    const way = `push:${browser.id}`;
    const isFresh = await inAccount(platform, accountId, system, async (ctx) => (await claimTold(ctx, [agentId], eventKey, way)).size > 0);
    if (!isFresh) continue;
    const outcome = await sendOne(platform, found.keys, browser, payload, Buffer.from(caseId.replaceAll('-', ''), 'hex').toString('base64url')).catch((error: unknown): Outcome => {
      platform.log.warn({ err: error, subscriptionId: browser.id }, 'a push could not be sent');
      return (error as Error).name === 'OutgoingError' ? 'refused' : 'later';
    });
    if (outcome === 'gone') await inAccount(platform, accountId, system, (ctx) => deleteSubscription(ctx, agentId, browser.id));
    if (outcome === 'refused') platform.log.warn({ subscriptionId: browser.id }, 'a push service refused a push');
    if (outcome !== 'later') continue;
    isLater = true;
    await inAccount(platform, accountId, system, (ctx) => forgetTold(ctx, agentId, eventKey, way));
  }
  if (isLater) throw new Error('A push service asks to come back later.');
}

export const pushTo = defineJob<PushOrder>({ name: 'notifications.push', retryDelaySeconds: 20, retryLimit: 4, run: sendPush });
