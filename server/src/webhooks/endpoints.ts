import type { BodyOf, ResponseOf, WebhookEndpoint, webhooks } from '@rapport/contract';
import { findKeyAccess, recordAudit } from '../accounts/index.ts';
import type { Config } from '../platform/config.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { neededFor } from './actor.ts';
import { wakeDrain } from './drain.ts';
import { makeSecret, secretPurpose } from './sign.ts';
import { deleteEndpoint, findEndpoint, insertEndpoint, selectEndpoints, updateEndpoint, updateSecret, type ActsFor, type EndpointRow } from './store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
const MOST = 50;

const shape = (row: EndpointRow, now: Date): WebhookEndpoint => ({
  id: row.id, name: row.name, url: row.url, topics: row.topics, includeResource: row.include_resource, actsFor: { id: row.agent_id, name: row.agent_name }, apiKey: row.api_key_id === null ? null : { id: row.api_key_id, name: row.api_key_name ?? '' }, isEnabled: row.is_enabled, offReason: row.off_reason,
  failingSince: row.failing_since?.toISOString() ?? null, lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null, oldSecretUntil: row.old_secret_until && row.old_secret_until > now ? row.old_secret_until.toISOString() : null, version: row.version, createdAt: row.created_at.toISOString(),
});

/** An endpoint of the account. Throws `not_found`. */
export async function getEndpoint(ctx: Ctx, endpointId: string, isLocked = false): Promise<EndpointRow> {
  const row = await findEndpoint(ctx, endpointId, isLocked);
  if (!row) throw new Refusal('not_found', 'This endpoint does not exist any more.');
  return row;
}

function mustBeCallable(config: Pick<Config, 'internalHosts'>, address: string): void {
  const { protocol, hostname, username } = new URL(address);
  if (username) throw new Refusal('bad_webhook_address', 'Leave name and password out of the address; the signature proves who sends.');
  if (protocol !== 'https:' && !config.internalHosts.includes(hostname.replace(/^\[|\]$/g, '').toLowerCase())) throw new Refusal('bad_webhook_address', 'The address must begin with https://.');
}

/** A program changes what it made itself, and nothing of anybody else's: taking over an endpoint would have what waits there sent to an address of its own. */
function mustBeOwn(actor: AgentActor, row: EndpointRow): void {
  if (actor.apiKeyId !== undefined && row.api_key_id !== actor.apiKeyId) throw new Refusal('not_allowed', 'A key changes only the endpoints that were made with it.');
}

function mayAskFor(actor: AgentActor, topics: readonly string[]): void {
  const beyond = topics.filter((topic) => !actor.permissions.has(neededFor(topic)));
  if (beyond.length > 0) throw new Refusal('more_than_you_have', `You may not hear of ${beyond.join(', ')}.`);
}

/** The actor, and the key they act through: the endpoint is bound to it, so that it never outgrows or outlives it. */
async function actsFor(ctx: AgentCtx): Promise<ActsFor> {
  const { agentId, apiKeyId } = ctx.actor;
  if (apiKeyId === undefined) return { agentId, apiKey: null };
  const access = await findKeyAccess(ctx, apiKeyId, ctx.clock.now());
  if (!access) throw new Refusal('signed_out');
  return { agentId, apiKey: { id: apiKeyId, name: access.keyName } };
}

export async function listEndpoints(ctx: Ctx): Promise<ResponseOf<typeof webhooks.list>> {
  return { items: (await selectEndpoints(ctx)).map((row) => shape(row, ctx.clock.now())) };
}

/** Makes an endpoint that acts for whoever makes it, within the key they make it with. Its secret is answered once. Refuses `bad_webhook_address`, `too_many_webhooks`, `more_than_you_have`. */
export async function createEndpoint(ctx: AgentCtx, input: BodyOf<typeof webhooks.create>): Promise<ResponseOf<typeof webhooks.create>> {
  mayAskFor(ctx.actor, input.topics);
  mustBeCallable(ctx.platform.config, input.url);
  if ((await selectEndpoints(ctx)).length >= MOST) throw new Refusal('too_many_webhooks', `There can be ${MOST}. Remove one that is not used any more.`);
  const id = newId();
  const secret = makeSecret();
  await insertEndpoint(ctx, { ...input, id, ...(await actsFor(ctx)), topics: [...new Set(input.topics)], secret: ctx.platform.secrets.seal(secret, secretPurpose(id)) });
  await recordAudit(ctx, 'webhook.created', { target: input.name, detail: { endpointId: id, host: new URL(input.url).host } });
  return { endpoint: shape(await getEndpoint(ctx, id), ctx.clock.now()), secret };
}

/** Changes an endpoint, or turns it on or off. From then on it acts for whoever did so: nobody sees more through another's endpoint than they may themselves. */
export async function changeEndpoint(ctx: AgentCtx, input: BodyOf<typeof webhooks.update> & { endpointId: string }): Promise<WebhookEndpoint> {
  const before = await getEndpoint(ctx, input.endpointId, true);
  mustBeOwn(ctx.actor, before);
  if (before.version !== input.version) throw new Refusal('changed_meanwhile', 'Somebody changed this endpoint in the meantime. Look at it again.', { extra: { version: before.version } });
  const url = input.url ?? before.url;
  mustBeCallable(ctx.platform.config, url);
  const isEnabled = input.isEnabled ?? before.is_enabled;
  const topics = [...new Set(input.topics ?? before.topics)];
  // Turning off is always possible.
  if (isEnabled) mayAskFor(ctx.actor, topics);
  const isFresh = url !== before.url || (isEnabled && !before.is_enabled);
  await updateEndpoint(ctx, {
    id: before.id, name: input.name ?? before.name, url, topics, includeResource: input.includeResource ?? before.include_resource, ...(await actsFor(ctx)),
    offReason: isEnabled ? null : (before.off_reason ?? 'by_hand'), isFresh,
  });
  await recordAudit(ctx, 'webhook.changed', { target: before.name, detail: { endpointId: before.id, isEnabled, host: new URL(url).host } });
  if (isEnabled) await wakeDrain(ctx, before.id);
  return shape(await getEndpoint(ctx, before.id), ctx.clock.now());
}

export async function removeEndpoint(ctx: AgentCtx, endpointId: string): Promise<void> {
  const endpoint = await getEndpoint(ctx, endpointId, true);
  mustBeOwn(ctx.actor, endpoint);
  await deleteEndpoint(ctx, endpointId);
  await recordAudit(ctx, 'webhook.removed', { target: endpoint.name, detail: { endpointId } });
}

/** Makes a new secret, answered once. The one before signs as well for `overlapHours`, so that the receiver can change over without losing an event. */
export async function rotateSecret(ctx: AgentCtx, { endpointId, overlapHours }: { endpointId: string; overlapHours: number }): Promise<ResponseOf<typeof webhooks.rotate>> {
  const before = await getEndpoint(ctx, endpointId, true);
  mustBeOwn(ctx.actor, before);
  const secret = makeSecret();
  const oldUntil = overlapHours === 0 ? null : new Date(ctx.clock.now().getTime() + overlapHours * 3_600_000);
  await updateSecret(ctx, endpointId, ctx.platform.secrets.seal(secret, secretPurpose(endpointId)), oldUntil);
  await recordAudit(ctx, 'webhook.secret_changed', { target: before.name, detail: { endpointId, overlapHours } });
  return { endpoint: shape(await getEndpoint(ctx, endpointId), ctx.clock.now()), secret };
}
