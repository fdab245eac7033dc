import type { RuleContent } from '@rapport/contract';

const arrival: RuleContent['trigger'] = { on: 'event', event: 'message.received', fields: [] };

export const templateNames = ['vip', 'silent', 'route', 'spam', 'waiting'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Where many teams begin; whom it concerns is filled in by whoever takes one. */
export const templates: Record<TemplateName, RuleContent> = {
  vip: { trigger: arrival, groups: [{ match: 'any', conditions: [{ fact: 'fromDomain', test: 'is', values: ['example.com'] }] }], actions: { priority: 'high', addTags: ['vip'] } },
  silent: { trigger: { on: 'time', since: 'customer_silent', hours: 168 }, groups: [], actions: { status: 'resolved', addTags: ['no-answer'] } },
  route: { trigger: arrival, groups: [{ match: 'all', conditions: [{ fact: 'toAddress', test: 'contains', values: ['billing@'] }] }], actions: { addTags: ['billing'], assign: 'round_robin' } },
  spam: { trigger: arrival, groups: [{ match: 'any', conditions: [{ fact: 'words', test: 'contains', values: ['seo offer', 'guest post', 'backlinks'] }] }], actions: { priority: 'low', addTags: ['advertising'], stop: true } },
  waiting: { trigger: { on: 'time', since: 'waiting', hours: 24 }, groups: [{ match: 'none', conditions: [{ fact: 'priority', test: 'is', values: ['urgent'] }] }], actions: { priority: 'high' } },
};
