import { z } from 'zod';
import { caseKind } from './case-kinds.ts';
import { fieldValues } from './case-fields.ts';
import { casePriority, caseStatus, tag } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, timestamp } from './shapes.ts';

/** What happens to a case and may move a rule. */
export const ruleEvents = ['case.created', 'message.received', 'reply.sent', 'case.changed', 'note.added', 'delivery.failed', 'promise.overdue', 'sla.warned', 'sla.breached'] as const;
/**
 * What a rule on time counts from: since the customer waits for an answer; since our last answer, while the case is pending; the end of the snooze; the next promise; since it is resolved.
 */
export const ruleSpans = ['waiting', 'customer_silent', 'snooze', 'promise', 'resolved'] as const;
export type RuleSpan = (typeof ruleSpans)[number];
/** Fields as `case.changed` names them. */
export const ruleChangedFields = ['status', 'priority', 'kind', 'assignee', 'team', 'tags', 'snooze', 'subject', 'customer', 'field'] as const;

export const ruleTrigger = z.discriminatedUnion('on', [
  z.object({ on: z.literal('event'), event: z.enum(ruleEvents), /** Of changes: which; none for all. */ fields: z.array(z.enum(ruleChangedFields)).max(10).default([]) }),
  z.object({ on: z.literal('time'), since: z.enum(ruleSpans), /** By the calendar. Below zero: before it. */ hours: z.number().int().min(-24 * 90).max(24 * 365) }).refine((one) => one.hours >= 1 || one.since === 'snooze' || one.since === 'promise', 'Only a snooze or a promise has a time before it.').refine((one) => one.hours !== 0 && (one.since !== 'snooze' || one.hours < 0), 'A snoozed case is looked at before it wakes.'),
]);
export type RuleTrigger = z.output<typeof ruleTrigger>;

/** What a condition can look at. `words` are subject and text of the message together; `field` is one of the account's own fields. */
export const ruleFacts = ['status', 'priority', 'kind', 'team', 'assignee', 'inbox', 'tag', 'subject', 'waitingHours', 'customerName', 'customerAddress', 'customerCompany', 'language', 'words', 'messageSubject', 'messageText', 'fromAddress', 'fromDomain', 'toAddress', 'hasAttachment', 'isAutomatic', 'field'] as const;
export type RuleFact = (typeof ruleFacts)[number];
export const ruleTests = ['is', 'is_not', 'contains', 'contains_not', 'over', 'under', 'is_set', 'is_not_set'] as const;
export type RuleTest = (typeof ruleTests)[number];
/** Holds when the fact is, or contains, one of the values; `…_not`: none of them. Letters large or small are the same. Yes and no are written `yes`, `no`; people, teams, inboxes and options by their id. */
export const ruleCondition = z.object({ fact: z.enum(ruleFacts), /** Of `field`. */ fieldId: id.optional(), test: z.enum(ruleTests), values: z.array(z.string().trim().min(1).max(200)).max(50).default([]) })
  .refine((one) => (one.fact === 'field') === (one.fieldId !== undefined), 'Name the field.')
  .refine((one) => one.test === 'is_set' || one.test === 'is_not_set' || one.values.length > 0, 'Say what to compare with.')
  .refine((one) => (one.test !== 'over' && one.test !== 'under') || one.values.every((value) => Number.isFinite(Number(value))), 'Compare with a number.');
export type RuleCondition = z.output<typeof ruleCondition>;
/** A rule acts when every group holds; one without conditions holds. */
export const ruleGroup = z.object({ match: z.enum(['all', 'any', 'none']), conditions: z.array(ruleCondition).max(20) });
export type RuleGroup = z.output<typeof ruleGroup>;

export const ruleActions = z.object({
  status: caseStatus.exclude(['new']).optional(), priority: casePriority.optional(), kind: caseKind.optional(), teamId: id.nullable().optional(),
  /** An agent, nobody (null), or whoever is next, or has least open, in the team of the case. */ assign: z.union([z.literal('round_robin'), z.literal('least_open'), id]).nullable().optional(),
  addTags: z.array(tag).max(20).optional(), removeTags: z.array(tag).max(20).optional(), fields: fieldValues.optional(), snoozeHours: z.number().int().min(1).max(24 * 90).optional(),
  /** An internal note. */ note: z.string().trim().min(1).max(20_000).optional(), /** Colleagues who are mentioned in the note, and follow the case from then on. */ notify: z.array(id).max(20).optional(),
  /** Colleagues who follow the case from now on, as far as they may see it; nobody is told. */ addFollowers: z.array(id).max(20).optional(),
  /** A webhook endpoint that is told `rule.called`, whatever topics it asks for. */ callWebhook: id.optional(),
  /** A saved reply that goes to the customer, marked as automatic. Never as an answer to automatic mail. */ replyWith: id.optional(),
  /** Rules behind this one are not looked at for the same event. */ stop: z.boolean().optional(),
});
export type RuleActions = z.output<typeof ruleActions>;
export const ruleContent = z.object({ trigger: ruleTrigger, groups: z.array(ruleGroup).max(10).default([]), actions: ruleActions });
export type RuleContent = z.output<typeof ruleContent>;

/** `stopped`: it had nothing left to do but to keep those behind it from acting. */
export const ruleOutcomes = ['fired', 'stopped', 'held_back', 'failed'] as const;
export type RuleOutcome = (typeof ruleOutcomes)[number];

export const rule = z.object({
  id, name: z.string(), content: ruleContent, isOn: z.boolean(), version: z.number(), updatedAt: timestamp, updatedBy: z.string(),
  /** Why Rapport itself has switched it off: it moved in a circle with the rules named here. */ offBecause: z.string().nullable(),
  /** Why it is held back until somebody writes it anew: whoever wrote it last has left, the key it was written with is gone, or they may not do by hand what it does any more. */ authorTrouble: z.enum(['author_gone', 'key_gone', 'author_may_not']).nullable(),
  /** Names of those it assigns, tells or makes followers who have left. */ leavers: z.array(z.string()),
  /** When it was removed. It can be read as long as its log is kept, and does nothing any more. */ removedAt: timestamp.nullable(),
  fired: z.number(), failed: z.number(), lastAt: timestamp.nullable(),
});
export type Rule = z.output<typeof rule>;
export const ruleVersion = z.object({ version: z.number(), name: z.string(), content: ruleContent, isOn: z.boolean(), changedBy: z.string(), changedAt: timestamp });
const onWhichCase = z.object({ id, number: z.number(), subject: z.string() });
export const ruleRun = z.object({
  id, ruleId: id, ruleName: z.string(), /** Of the rule, by which it acted. */ version: z.number(), case: onWhichCase, cause: z.string(), outcome: z.enum(ruleOutcomes),
  /** Why it was held back, or the refusal it failed with. */ reason: z.string().nullable(), /** The conditions as they read then, and whether each held. */ groups: z.array(z.object({ match: z.enum(['all', 'any', 'none']), conditions: z.array(z.object({ condition: ruleCondition, held: z.boolean() })) })), at: timestamp,
});
export type RuleRun = z.output<typeof ruleRun>;
/** How a case would be moved. */
export const ruleTrial = z.object({ case: onWhichCase, at: timestamp, changes: z.array(z.object({ what: z.string(), to: z.string().nullable() })), outcomes: z.array(z.array(z.boolean())) });
export type RuleTrial = z.output<typeof ruleTrial>;

const onRule = z.object({ ruleId: id });
const written = z.object({ name: z.string().trim().min(1).max(100), content: ruleContent, isOn: z.boolean() });

export const rules = {
  list: endpoint({ method: 'GET', path: '/rules', tag: 'rules', summary: 'All rules, in the order they are looked at', access: 'rule.manage', response: z.object({ items: z.array(rule) }) }),
  listRemoved: endpoint({ method: 'GET', path: '/removed-rules', tag: 'rules', summary: 'Rules that were removed and whose log is still kept, the latest first', access: 'rule.manage', response: z.object({ items: z.array(rule) }) }),
  get: endpoint({ method: 'GET', path: '/rules/:ruleId', tag: 'rules', summary: 'One rule', access: 'rule.manage', params: onRule, response: rule }),
  create: endpoint({ method: 'POST', path: '/rules', tag: 'rules', summary: 'Write a rule; it comes last', access: 'rule.manage', status: 201, body: written, response: rule, problems: ['name_taken', 'rule_empty', 'not_allowed'] }),
  update: endpoint({ method: 'PUT', path: '/rules/:ruleId', tag: 'rules', summary: 'Change one, or switch it on or off; the version before it is kept', access: 'rule.manage', params: onRule, body: written.extend({ /** The one the change builds on. */ version: z.number().int() }), response: rule, problems: ['name_taken', 'rule_empty', 'changed_meanwhile', 'not_allowed'] }),
  remove: endpoint({ method: 'DELETE', path: '/rules/:ruleId', tag: 'rules', summary: 'Remove one; how it read and what it did can be read for 30 days more', access: 'rule.manage', params: onRule }),
  setOrder: endpoint({ method: 'PUT', path: '/rule-order', tag: 'rules', summary: 'In which order they are looked at', access: 'rule.manage', body: z.object({ ruleIds: z.array(id).max(500) }), response: z.object({ items: z.array(rule) }), problems: ['changed_meanwhile'] }),
  listVersions: endpoint({ method: 'GET', path: '/rules/:ruleId/versions', tag: 'rules', summary: 'How it read before, newest first', access: 'rule.manage', params: onRule, query: z.object(paging), response: pageOf(ruleVersion) }),
  listRuns: endpoint({ method: 'GET', path: '/rules/:ruleId/runs', tag: 'rules', summary: 'What it did and why, newest first, for 30 days', access: 'rule.manage', params: onRule, query: z.object(paging), response: pageOf(ruleRun) }),
  listCaseRuns: endpoint({ method: 'GET', path: '/cases/:caseId/rule-runs', tag: 'rules', summary: 'What rules did on a case and why, newest first', access: 'rule.manage', params: z.object({ caseId: id }), query: z.object(paging), response: pageOf(ruleRun) }),
  tryOut: endpoint({
    method: 'POST', path: '/rule-trials', tag: 'rules', summary: 'On which cases that began since then a rule would have acted, a hundred cases at a time; nothing happens', access: 'rule.manage',
    body: z.object({ content: ruleContent, since: timestamp, cursor: z.string().max(500).optional() }), response: z.object({ items: z.array(ruleTrial), looked: z.number(), nextCursor: z.string().nullable() }),
  }),
};
