import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import type { EventTopic } from './events.ts';
import { id, pageOf, paging, shortText, timestamp } from './shapes.ts';

/** The events an endpoint can ask for. */
export const webhookTopics = [
  'case.created', 'case.changed', 'case.moved', 'case.linked', 'message.received', 'message.queued', 'delivery.changed', 'note.added', 'promise.changed', 'promise.overdue', 'sla.warned', 'sla.breached', 'survey.answered', 'customer.changed', 'customer.erased',
] as const satisfies readonly EventTopic[];
export const webhookTopic = z.enum(webhookTopics);
export type WebhookTopic = z.output<typeof webhookTopic>;

/** For how long an event is tried again before it is given up, and for how long what was sent can be looked up. */
export const webhookRetryDays = 3;
export const webhookLogDays = 30;

export const webhookEndpoint = z.object({
  id, name: z.string(), url: z.string(), topics: z.array(webhookTopic), /** Whether the case, entry or customer goes along, as the API gives it to whom the endpoint acts for. */ includeResource: z.boolean(),
  /** It hears of what this agent may see: whoever made it or changed it last. */ actsFor: z.object({ id, name: z.string() }),
  /** The key that made it. It hears of no more than the key may see, and stops with it. */ apiKey: z.object({ id, name: z.string() }).nullable(),
  isEnabled: z.boolean(), /** Why it is off. */ offReason: z.enum(['by_hand', 'failing', 'gone', 'agent_left', 'key_gone', 'secret_lost']).nullable(), /** Since when nothing has been taken; null while it works. */ failingSince: timestamp.nullable(), lastDeliveredAt: timestamp.nullable(),
  /** Until when the secret before the last rotation signs as well. */ oldSecretUntil: timestamp.nullable(), version: z.number(), createdAt: timestamp,
});
export type WebhookEndpoint = z.output<typeof webhookEndpoint>;

export const webhookState = z.enum(['waiting', 'delivered', 'failed']);
const attempt = z.object({ at: timestamp, /** Null when there was no answer. */ status: z.number().nullable(), durationMs: z.number(), /** Its first 2000 characters. */ answer: z.string(), trouble: z.string().nullable() });
export const webhookDelivery = z.object({
  /** The event, and the `webhook-id` header. */ eventId: id, topic: z.string(), state: webhookState, attempts: z.number(), nextAt: timestamp.nullable(), eventAt: timestamp, lastStatus: z.number().nullable(), lastTrouble: z.string().nullable(), lastDurationMs: z.number().nullable(),
});
export type WebhookDelivery = z.output<typeof webhookDelivery>;
export const webhookDeliveryDetail = webhookDelivery.extend({ /** What is sent, without the resource: that is read when it is sent and not kept. */ body: z.string(), log: z.array(attempt) });

const secret = z.string();
const params = z.object({ endpointId: id });
const delivery = z.object({ endpointId: id, eventId: id });
const written = { name: shortText, url: z.url({ protocol: /^https?$/ }).max(2000), topics: z.array(webhookTopic).min(1).max(webhookTopics.length), includeResource: z.boolean() };
const access = 'webhook.manage';
const tag = 'webhooks';
/** How many failed events are sent again in one go. */
export const resentAtOnce = 1000;

export const webhooks = {
  list: endpoint({ method: 'GET', path: '/webhooks', tag, summary: 'The endpoints that are told of events', access, response: z.object({ items: z.array(webhookEndpoint) }) }),
  create: endpoint({
    method: 'POST', path: '/webhooks', tag, summary: 'Tell an address of events; the secret is answered once', access, status: 201, needsProof: true,
    body: z.object({ ...written, includeResource: z.boolean().default(false) }), response: z.object({ endpoint: webhookEndpoint, secret }), problems: ['bad_webhook_address', 'too_many_webhooks', 'more_than_you_have'],
  }),
  update: endpoint({
    method: 'PATCH', path: '/webhooks/:endpointId', tag, summary: 'Change an endpoint, or turn it on or off; from then on it acts for whoever changed it', access, needsProof: true, params,
    body: z.object({ version: z.number().int(), ...z.object(written).partial().shape, isEnabled: z.boolean().optional() }), response: webhookEndpoint, problems: ['changed_meanwhile', 'bad_webhook_address', 'more_than_you_have'],
  }),
  remove: endpoint({ method: 'DELETE', path: '/webhooks/:endpointId', tag, summary: 'Remove an endpoint with its log', access, needsProof: true, params }),
  rotate: endpoint({
    method: 'POST', path: '/webhooks/:endpointId/secret', tag, summary: 'Make a new secret; the old one signs as well for the hours given', access, needsProof: true, params,
    body: z.object({ overlapHours: z.number().int().min(0).max(168).default(24) }), response: z.object({ endpoint: webhookEndpoint, secret }),
  }),
  test: endpoint({ method: 'POST', path: '/webhooks/:endpointId/test', tag, summary: 'Send an event of the type webhook.test', access, status: 202, params, response: webhookDelivery, problems: ['webhook_off'] }),
  listDeliveries: endpoint({ method: 'GET', path: '/webhooks/:endpointId/deliveries', tag, summary: 'What was sent, newest first', access, params, query: z.object({ state: webhookState.optional(), ...paging }), response: pageOf(webhookDelivery) }),
  getDelivery: endpoint({ method: 'GET', path: '/webhooks/:endpointId/deliveries/:eventId', tag, summary: 'One event with every try', access, params: delivery, response: webhookDeliveryDetail }),
  resendFailed: endpoint({
    method: 'POST', path: '/webhooks/:endpointId/resend-failed', tag, summary: `Send again what was given up, oldest first, up to ${resentAtOnce} events at once`, access, status: 202, params,
    response: z.object({ resent: z.number(), isMore: z.boolean() }), problems: ['webhook_off'],
  }),
  resend: endpoint({ method: 'POST', path: '/webhooks/:endpointId/deliveries/:eventId/resend', tag, summary: 'Send an event again, under the same webhook-id', access, status: 202, params: delivery, response: webhookDelivery, problems: ['webhook_off'] }),
};
