import { z } from 'zod';
import { deliveryState } from './cases.ts';
import { clockKind } from './service-clocks.ts';
import { workState } from './routing.ts';
import { id, timestamp } from './shapes.ts';
import { surveyKind, surveyVerdict } from './surveys.ts';

/**
 * What rooms announce, as past facts. Payloads are pointers (ids and versions), never message text: readers fetch what they may see.
 * `audience` says who may hear of it live: `case` those who may see the case (by the teams and assignees in `scope`, and whether it is deleted), `account` everybody signed in,
 * `agent` the one agent in `agentId`, `nobody` server-side listeners only.
 */
export const scope = z.object({ teamIds: z.array(id.nullable()), assigneeIds: z.array(id.nullable()), /** Before and after: then it is for those who may see deleted cases. */ isDeleted: z.boolean().optional() });
const onCase = { caseId: id, version: z.number(), /** Before and after, so that those who lose sight of a case hear of it too. */ scope };

export const events = {
  'case.created': { audience: 'case', payload: z.object({ ...onCase }) },
  'case.changed': { audience: 'case', payload: z.object({ ...onCase, fields: z.array(z.string()) }) },
  /** Entries went from one case to another: a merge, a split, or one of them undone. Timelines of both are to be read anew. */
  'case.moved': { audience: 'case', payload: z.object({ ...onCase, toCaseId: id, moveId: id, kind: z.enum(['merge', 'split', 'undo']), /** Whether the case has become a tombstone that points to the other. */ isMerged: z.boolean() }) },
  'case.linked': { audience: 'case', payload: z.object({ ...onCase, otherCaseId: id }) },
  'message.received': { audience: 'case', payload: z.object({ ...onCase, entryId: id, inboxId: id, isNewCase: z.boolean(), automatic: z.string().nullable(), /** Of a channel without addresses. */ conversation: z.string().optional(), /** Whether the case was snoozed until it came. */ wasSnoozed: z.boolean().optional() }) },
  'message.queued': { audience: 'case', payload: z.object({ ...onCase, entryId: id, inboxId: id, channel: z.string(), /** Of a channel without addresses: which conversation it goes to. */ conversation: z.string().optional() }) },
  'note.added': { audience: 'case', payload: z.object({ ...onCase, entryId: id }) },
  /** A message that waits to be sent is new, changed, held back, taken back or gone out. */
  'plan.changed': { audience: 'case', payload: z.object({ ...onCase, planId: id, authorId: id, state: z.enum(['waiting', 'held_back', 'taken_back', 'sent']) }) },
  'promise.changed': { audience: 'case', payload: z.object({ ...onCase, promiseId: id }) },
  /** Its time has passed and it is still open. */
  'promise.overdue': { audience: 'case', payload: z.object({ ...onCase, promiseId: id, /** Whoever made it. */ agentId: id.nullable(), assigneeId: id.nullable() }) },
  /** By when something is due on the case by service policy, or that nothing is any more. */
  'due.changed': { audience: 'case', payload: z.object({ ...onCase }) },
  /** A service policy promises something that will be due soon. */
  'sla.warned': { audience: 'case', payload: z.object({ ...onCase, clock: clockKind, policyId: id, dueAt: timestamp, assigneeId: id.nullable() }) },
  /** It was due and is not there. */
  'sla.breached': { audience: 'case', payload: z.object({ ...onCase, clock: clockKind, policyId: id, dueAt: timestamp, assigneeId: id.nullable() }) },
  /** A customer may say how it was. */
  'survey.asked': { audience: 'case', payload: z.object({ ...onCase, askId: id }) },
  /** A customer has said how it was, or changed what they said. */
  'survey.answered': { audience: 'case', payload: z.object({ ...onCase, /** The line of the timeline that says so. */ entryId: id, askId: id, surveyId: id, kind: surveyKind, score: z.number(), verdict: surveyVerdict }) },
  'surveys.changed': { audience: 'account', payload: z.object({}) },
  'agent.mentioned': { audience: 'agent', payload: z.object({ agentId: id, mentionId: id, caseId: id, entryId: id }) },
  'mention.read': { audience: 'agent', payload: z.object({ agentId: id }) },
  /** What this agent was told of has changed: something new, or something read. */
  'notification.changed': { audience: 'agent', payload: z.object({ agentId: id }) },
  /** Nobody looked at it in time. */
  'case.escalated': { audience: 'case', payload: z.object({ ...onCase, cause: z.string(), step: z.number() }) },
  /** Its snooze is over. */
  'case.woke': { audience: 'case', payload: z.object({ ...onCase }) },
  'followers.changed': { audience: 'case', payload: z.object({ ...onCase }) },
  /** A view that others see was made, changed or removed. */
  'views.changed': { audience: 'account', payload: z.object({}) },
  /** A rule says so to one endpoint, whatever topics that asks for. */
  'rule.called': { audience: 'nobody', payload: z.object({ ...onCase, ruleId: id, ruleName: z.string(), endpointId: id }) },
  'rules.changed': { audience: 'account', payload: z.object({}) },
  /** Policies were changed, or the open cases have been brought to what they say. */
  'service_policies.changed': { audience: 'account', payload: z.object({}) },
  'calendars.changed': { audience: 'account', payload: z.object({}) },
  'fields.changed': { audience: 'account', payload: z.object({}) },
  'bulk.progressed': { audience: 'agent', payload: z.object({ agentId: id, runId: id, state: z.string(), done: z.number(), total: z.number() }) },
  'delivery.changed': { audience: 'case', payload: z.object({ ...onCase, entryId: id, state: deliveryState }) },
  'case.read': { audience: 'agent', payload: z.object({ agentId: id, caseId: id, entryId: id }) },
  'draft.saved': { audience: 'agent', payload: z.object({ agentId: id, caseId: id, mode: z.string(), revision: z.number() }) },
  'customer.changed': { audience: 'account', payload: z.object({ customerId: id, version: z.number() }) },
  'organizations.changed': { audience: 'account', payload: z.object({}) },
  'customer.erased': { audience: 'account', payload: z.object({ customerId: id, erasureId: id }) },
  'inbox.changed': { audience: 'account', payload: z.object({ inboxId: id }) },
  'people.changed': { audience: 'account', payload: z.object({ agentId: id.optional(), teamId: id.optional() }) },
  /** Somebody was disabled: their open cases go to `casesTo`, or to nobody. */
  'agent.left': { audience: 'nobody', payload: z.object({ agentId: id, casesTo: id.nullable(), /** Whoever disabled them; null on the command line. */ byId: id.nullable() }) },
  'agent.returned': { audience: 'nobody', payload: z.object({ agentId: id }) },
  /** Somebody came, went or does something else now. */
  'presence.changed': { audience: 'account', payload: z.object({ agentId: id }) },
  /** Skills, levels, capacities or the reasons to be away. */
  'workforce.changed': { audience: 'account', payload: z.object({}) },
  /** A queue was written, opened or closed. */
  'queues.changed': { audience: 'account', payload: z.object({ queueId: id }) },
  /** Something in a line is waiting, offered, taken, done, or has left. */
  'work.changed': { audience: 'account', payload: z.object({ itemId: id, queueId: id, channel: z.string(), state: workState, caseId: id.nullable(), /** Who is asked, has it or had it. */ agentId: id.nullable() }) },
  /** It has waited as long as its queue lets it: a supervisor sees to it, or the channel offers another way. */
  'work.overdue': { audience: 'account', payload: z.object({ itemId: id, queueId: id, channel: z.string() }) },
  /** This agent is asked to take something, or is not asked any more. */
  'offer.changed': { audience: 'agent', payload: z.object({ agentId: id, offerId: id, isOpen: z.boolean() }) },
  'account.changed': { audience: 'account', payload: z.object({}) },
  'account.founded': { audience: 'nobody', payload: z.object({ /** Whether whoever set it up asked for the demo company. */ fillDemo: z.boolean() }) },
  /** An invitation or a password reset waits to be sent. */
  'system_mail.queued': { audience: 'nobody', payload: z.object({ systemMailId: id }) },
} as const satisfies Record<string, { audience: 'case' | 'account' | 'agent' | 'nobody'; payload: z.ZodType }>;

export type EventTopic = keyof typeof events;
export type EventPayload<T extends EventTopic> = z.output<(typeof events)[T]['payload']>;
export type AnnouncedEvent<T extends EventTopic = EventTopic> = { [K in T]: { id: string; accountId: string; topic: K; payload: EventPayload<K>; at: string } }[T];

/** Over the one web socket of a browser, `/api/v1/live`. */
export const fromServer = z.discriminatedUnion('type', [
  /** First message; `cursor` is the position from which events follow. `resumed: false` when the gap was too old: fetch everything anew. */
  z.object({ type: z.literal('hello'), cursor: z.string(), resumed: z.boolean(), connectionId: z.string() }),
  /** May come twice; drop repeats by `id`. */
  z.object({ type: z.literal('event'), id, topic: z.string(), payload: z.record(z.string(), z.unknown()), at: timestamp }),
  /** Everything before this position has been delivered: remember it and hand it back on reconnect. */
  z.object({ type: z.literal('cursor'), cursor: z.string() }),
  z.object({ type: z.literal('presence'), caseId: id, people: z.array(z.object({ agentId: id, name: z.string(), state: z.enum(['viewing', 'typing']) })), /** The customer has a live conversation open. */ customer: z.enum(['there', 'typing']).optional() }),
  z.object({ type: z.literal('signed_out') }),
]);
export const fromBrowser = z.discriminatedUnion('type', [
  /** Whoever types says so again every few seconds; `isAnswer` when the customer will read it. */
  z.object({ type: z.literal('presence'), caseId: id.nullable(), state: z.enum(['viewing', 'typing']), isAnswer: z.boolean().optional() }),
  z.object({ type: z.literal('ping') }),
]);
export type FromServer = z.output<typeof fromServer>;
export type FromBrowser = z.output<typeof fromBrowser>;
