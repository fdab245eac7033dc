import { z } from 'zod';
import { channelName } from './channels.ts';
import { endpoint } from './endpoint.ts';
import { briefInput } from './hand-over.ts';
import { id, onWayBack, pageOf, paging, timestamp, wayBack, wayBackLimit } from './shapes.ts';
import { presenceStates } from './workforce.ts';

const seconds = (most: number) => z.number().int().min(0).max(most);
const level = z.number().int().min(0).max(5);
const DAY = 86_400;

/** What somebody must know to be asked. Each step lowers the level once the wait has lasted so long; at level 0 it is not asked for any more. A skill that was removed is asked of nobody. */
export const neededSkill = z.object({ skillId: id, level: level.min(1), steps: z.array(z.object({ afterSeconds: seconds(DAY), level })).max(5).default([]) });
export type NeededSkill = z.output<typeof neededSkill>;
const skills = z.array(neededSkill).max(10);

/** In minutes of waiting: what has priority 10 stands where it would stand had it come ten minutes earlier. Who waits long enough comes before anything new. */
const priority = z.number().int().min(0).max(120);

const written = z.object({
  name: z.string().trim().min(1).max(100),
  /** What may wait in it. */
  channels: z.array(channelName).min(1),
  /** Who is asked: its members and those who see every case; null: everybody who answers customers. */
  teamId: id.nullable().default(null),
  /** While it is closed nobody new is let in; who waits already is still served. Null: always open. */
  calendarId: id.nullable().default(null),
  priority: priority.default(0),
  skills: skills.default([]),
  /** How long an agent has to take what is offered; 0: it is given without asking. */
  acceptSeconds: seconds(3_600).default(20),
  /** For so long it is kept for the agent who knows the customer, while they are there. */
  preferredSeconds: seconds(DAY).default(60),
  /** How long an agent may be offline before what they had goes back into the line. */
  offlineSeconds: seconds(30 * DAY).default(0),
  /** Within so long somebody is to take what waits; the wall says of how many that was true. Null: nothing is promised. */
  answerWithinSeconds: z.number().int().min(1).max(30 * DAY).nullable().default(null),
  /** Who was done with something of it, and is available, has so long to finish before more is offered. */
  wrapUpSeconds: seconds(3_600).default(0),
  /** Null: as long as it gets. */
  maxLength: z.number().int().min(1).max(100_000).nullable().default(null),
  /** After so long in line it moves on to `overflowQueueId`; without one its channel is told. Null: it waits. */
  overflowSeconds: z.number().int().min(1).max(30 * DAY).nullable().default(null),
  /** Also taken when this one is closed or full. */
  overflowQueueId: id.nullable().default(null),
});
export const queue = written.extend({ id, /** Switched by a supervisor, apart from the calendar. */ isOpen: z.boolean(), version: z.number(), updatedAt: timestamp });
export type Queue = z.output<typeof queue>;
export type WrittenQueue = z.output<typeof written>;

/** `done`: an agent had it and is finished; `left`: it ended before anybody had it. */
export const workStates = ['waiting', 'offered', 'taken', 'done', 'left'] as const;
export const workState = z.enum(workStates);
export type WorkState = z.output<typeof workState>;

export const workItem = z.object({
  id, queueId: id, channel: channelName, state: workState, caseId: id.nullable(), customerId: id.nullable(), priority: z.number(),
  /** Since when it has been waiting; kept however often it goes back into the line. */
  since: timestamp, /** Who is asked or has it. */ agentId: id.nullable(), preferredAgentId: id.nullable(), takenAt: timestamp.nullable(), endedAt: timestamp.nullable(),
});
export type WorkItem = z.output<typeof workItem>;
/** What it is about, for whoever has it, is asked to take it, or looks after the line. Null as far as it hangs on no case. */
export const workAbout = z.object({ number: z.number().nullable(), subject: z.string().nullable(), customerName: z.string().nullable(), queueName: z.string() });
export const heldItem = workItem.extend({ about: workAbout });
export type HeldItem = z.output<typeof heldItem>;
export const offer = z.object({ id, item: heldItem, offeredAt: timestamp, expiresAt: timestamp });
export type Offer = z.output<typeof offer>;

/** How a range was found: from how long matters took lately and how many are served side by side, or not at all and why. */
export const estimateBases = ['handling_times', 'nobody_there', 'too_few_matters', 'closed'] as const;
export const longerReasons = ['more_waiting', 'fewer_agents', 'longer_matters'] as const;
export const waitEstimate = z.object({
  /** 1 is next. */ position: z.number().int(), /** Null when nobody can say. */ lowSeconds: z.number().int().nullable(), highSeconds: z.number().int().nullable(),
  basis: z.object({ method: z.enum(estimateBases), /** How long a matter took lately, on average, and of how many. */ handledSeconds: z.number().nullable(), samples: z.number().int(), /** How many are served side by side. */ serving: z.number().int() }),
  /** Longer than usual, and why. */ longer: z.enum(longerReasons).nullable(), /** When the queue opens again, while it is closed. */ opensAt: timestamp.nullable(),
});
export type WaitEstimate = z.output<typeof waitEstimate>;
const standing = z.object({ item: workItem, estimate: waitEstimate.nullable() });
export type Standing = z.output<typeof standing>;

const onQueue = z.object({ queueId: id });
const onItem = z.object({ itemId: id });
const onOffer = z.object({ offerId: id });
const tag = 'queues';

export const queues = {
  list: endpoint({ method: 'GET', path: '/queues', tag, summary: 'The queues, by name', access: 'agent.read', response: z.object({ items: z.array(queue) }) }),
  create: endpoint({ method: 'POST', path: '/queues', tag, summary: 'Set up a queue', access: 'queue.manage', status: 201, body: written, response: queue, problems: ['name_taken'] }),
  update: endpoint({
    method: 'PUT', path: '/queues/:queueId', tag, summary: 'Change a queue, also for what waits in it', access: 'queue.manage', params: onQueue,
    body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: queue, problems: ['name_taken', 'changed_meanwhile'],
  }),
  setOpen: endpoint({ method: 'PUT', path: '/queues/:queueId/open', tag, summary: 'Open a queue, or let nobody new into it', access: 'queue.manage', params: onQueue, body: z.object({ isOpen: z.boolean() }), response: queue }),
  remove: endpoint({ method: 'DELETE', path: '/queues/:queueId', tag, summary: 'Remove a queue that nothing is in', access: 'queue.manage', params: onQueue, response: wayBack, problems: ['still_in_use'] }),
  restore: endpoint({ method: 'POST', path: '/queues/restore', tag, summary: 'Put back a queue that was just removed', access: 'queue.manage', bodyLimit: wayBackLimit, body: onWayBack, response: queue, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  pull: endpoint({ method: 'POST', path: '/queues/:queueId/pull', tag, summary: 'Take what is next in the line for this agent, without being asked', access: 'case.reply', params: onQueue, response: workItem, problems: ['nothing_waits', 'hands_full'] }),
};

export const work = {
  listOwn: endpoint({ method: 'GET', path: '/work', tag, summary: 'What this agent has in hand, and what they are asked to take', access: 'signed-in', response: z.object({ /** By the server's clock: countdowns go by it, whatever the device's says. */ at: timestamp, items: z.array(heldItem), offers: z.array(offer) }) }),
  next: endpoint({ method: 'POST', path: '/work/next', tag, summary: 'Take what is next over all lines for this agent, without being asked', access: 'case.reply', response: workItem, problems: ['nothing_waits', 'hands_full'] }),
  enqueue: endpoint({
    method: 'POST', path: '/work', tag, summary: 'Put a case into a line', access: 'case.assign', status: 201,
    body: z.object({ queueId: id, caseId: id, priority: priority.default(0), skills: skills.default([]), preferredAgentId: id.optional() }), response: standing, problems: ['queue_closed', 'queue_full'],
  }),
  get: endpoint({ method: 'GET', path: '/work/:itemId', tag, summary: 'Where something stands in its line, and how long that may take', access: 'case.read', params: onItem, response: standing }),
  ofCase: endpoint({ method: 'GET', path: '/cases/:caseId/work', tag, summary: 'What of a case waits or is in hand, and where it stands', access: 'case.read', params: z.object({ caseId: id }), response: z.object({ items: z.array(standing) }) }),
  finish: endpoint({ method: 'POST', path: '/work/:itemId/finish', tag, summary: 'Be done with something', access: 'case.reply', params: onItem, response: workItem, problems: ['work_over'] }),
  reassign: endpoint({
    method: 'POST', path: '/work/:itemId/reassign', tag, summary: 'Give something to a colleague, or put it into another line; it keeps the time it has waited', access: 'case.assign', params: onItem,
    body: z.union([z.object({ agentId: id }), z.object({ queueId: id, /** For the next team, where the queue is another one’s. */ brief: briefInput.optional() })]), response: workItem, problems: ['work_over', 'hands_full', 'not_a_member', 'brief_needed'],
  }),
  leave: endpoint({ method: 'POST', path: '/work/:itemId/leave', tag, summary: 'Take something out of the line that nobody has yet', access: 'queue.manage', params: onItem, response: workItem, problems: ['work_over'] }),
};

export const offers = {
  accept: endpoint({ method: 'POST', path: '/offers/:offerId/accept', tag, summary: 'Take what is offered', access: 'case.reply', params: onOffer, response: workItem, problems: ['offer_over'] }),
  decline: endpoint({ method: 'POST', path: '/offers/:offerId/decline', tag, summary: 'Leave what is offered to somebody else', access: 'case.reply', params: onOffer, problems: ['offer_over'] }),
};

const wallQueue = z.object({ queueId: id, name: z.string(), isOpen: z.boolean(), waiting: z.number().int(), offered: z.number().int(), taken: z.number().int(), /** Of whoever has waited longest, those asked for included. */ longestSince: timestamp.nullable(),
  /** How many agents are available for it. */ available: z.number().int(), /** Who came within the last hour and was taken, or waits for longer than is promised, or left after that; 0 without a promise. */ counted: z.number().int(), /** Of those, who was taken within what is promised. */ inTime: z.number().int(), answerWithinSeconds: z.number().int().nullable() });
export type WallQueue = z.output<typeof wallQueue>;
const wallAgent = z.object({ agentId: id, name: z.string(), state: z.enum(presenceStates), since: timestamp, items: z.array(z.object({ itemId: id, queueId: id, channel: channelName, state: workState, since: timestamp })) });
const estimateError = z.object({
  queueId: id, name: z.string(), /** How many had an estimate and were served. */ count: z.number().int(), /** Of those, how many waited as long as the range said. */ inRange: z.number().int(),
  /** By how much the middle of the range was off, either way, on average. */ errorSeconds: z.number(), /** Above zero: they waited longer than was said. */ biasSeconds: z.number(), waitedSeconds: z.number(),
});
export const wall = {
  get: endpoint({ method: 'GET', path: '/wall', tag, summary: 'Who waits where, and who does what', access: 'wall.read', response: z.object({ at: timestamp, queues: z.array(wallQueue), agents: z.array(wallAgent) }) }),
  line: endpoint({ method: 'GET', path: '/wall/queues/:queueId', tag, summary: 'Who waits in a line, in its order: first those somebody is asked for', access: 'wall.read', params: onQueue, query: z.object(paging), response: pageOf(heldItem) }),
  estimates: endpoint({ method: 'GET', path: '/wall/estimates', tag, summary: 'How far the told waits were from the true ones, by queue', access: 'report.read', query: z.object({ from: timestamp, until: timestamp }), response: z.object({ items: z.array(estimateError) }) }),
};
export type WallAgent = Wall['agents'][number];
export type Wall = z.output<(typeof wall)['get']['response']>;
