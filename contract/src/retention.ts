import { z } from 'zod';
import { tag } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './shapes.ts';

/** keep: nothing is erased. words: subject, messages, notes, files and who wrote go; the case stays as a number, with its times and tags, so that reports stay as they are. case: it goes whole, from the reports, too. */
export const retentionAction = z.enum(['keep', 'words', 'case']);
export type RetentionAction = z.output<typeof retentionAction>;
export const retentionDays = { least: 7, most: 7_300 } as const;
const days = z.coerce.number().int().min(retentionDays.least).max(retentionDays.most);
/** Days since the case was solved. */
export const retentionRule = z.object({ action: retentionAction, days });
export type RetentionRule = z.output<typeof retentionRule>;

export const retentionRun = z.object({
  id, state: z.enum(['running', 'done']), /** Cases whose words went. */ words: z.number(), /** Cases that went whole. */ cases: z.number(), messages: z.number(), files: z.number(), customers: z.number(), /** Cases that were due and are kept for now. */ held: z.number(),
  /** Cases that could not be erased; the log tells why, and the next night tries again. */ failed: z.number(), startedAt: timestamp, endedAt: timestamp.nullable(),
});
export type RetentionRun = z.output<typeof retentionRun>;

const keepTags = z.array(tag).max(50);
export const retention = z.object({
  /** For inboxes without a rule of their own. */ usual: retentionRule, inboxes: z.array(z.object({ id, name: z.string(), isEnabled: z.boolean(), rule: retentionRule.nullable() })),
  /** Cases with one of these tags are never erased by a rule. */ keepTags, /** Customers of whom no case is left go, too. */ removesCustomers: z.boolean(), /** 0 before anything was saved. */ version: z.number(), nextRunAt: timestamp, /** The newest ten nights on which something was erased. */ runs: z.array(retentionRun),
});
export type Retention = z.output<typeof retention>;

export const retentionPreview = z.object({
  /** Cases the next night would erase, counted among the oldest 10,000. */ due: z.number(), /** There are more than were counted. */ isMore: z.boolean(), oldestAt: timestamp.nullable(), /** Further ones within the 30 days after. */ soon: z.number(), isMoreSoon: z.boolean(),
  /** Cases that are old enough and stay for now: by a tag, because a case that follows or is linked is unfinished, because of an open promise or planned message, or because a message is on its way. */
  held: z.object({ tag: z.number(), related: z.number(), promise: z.number(), sending: z.number() }), /** The oldest, to look at. Empty for whose role does not see every case. */ examples: z.array(z.object({ id, number: z.number(), subject: z.string(), resolvedAt: timestamp })),
});
export type RetentionPreview = z.output<typeof retentionPreview>;

const tagName = 'privacy';
const access = 'account.manage';

export const retentionRules = {
  get: endpoint({ method: 'GET', path: '/retention', tag: tagName, summary: 'After how long solved cases are erased', access, response: retention }),
  set: endpoint({
    method: 'PUT', path: '/retention', tag: tagName, summary: 'Say after how long solved cases are erased', access, needsProof: true,
    body: z.object({ usual: retentionRule, /** Those with a rule of their own. */ inboxes: z.array(z.object({ id, rule: retentionRule })).max(1_000), keepTags, removesCustomers: z.boolean(), version: z.number().int() }), response: retention, problems: ['changed_meanwhile'],
  }),
  preview: endpoint({
    method: 'GET', path: '/retention/inboxes/:inboxId/preview', tag: tagName, summary: 'What a rule would erase from an inbox in the coming night; nothing is changed', access, params: z.object({ inboxId: id }),
    query: z.object({ days, /** Tags, by commas. */ keepTags: z.string().max(2_100).default('') }), response: retentionPreview,
  }),
};
