import type { RuleActions } from '@rapport/contract';
import type { UpdateCase } from '../../cases/index.ts';
import type { RuleFacts } from './facts-store.ts';

/** What a rule would do to a case as it is. */
export interface RulePlan {
  update: UpdateCase;
  /** Whom to give the case to is chosen when it is given. */
  choose: 'round_robin' | 'least_open' | undefined;
  note: string | undefined;
  notify: readonly string[];
  addFollowers: readonly string[];
  callWebhook: string | undefined;
  replyWith: string | undefined;
  isEmpty: boolean;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * What is left to do of the actions: what is so already is no change. Choosing somebody of the team happens only while nobody has the case, and colleagues who follow it already are not told
 * a second time unless there is a note.
 */
export function planActions(actions: RuleActions, facts: RuleFacts, now: Date): RulePlan {
  const update: UpdateCase = {};
  if (actions.status !== undefined && actions.status !== facts.status) update.status = actions.status;
  if (actions.priority !== undefined && actions.priority !== facts.priority) update.priority = actions.priority;
  if (actions.kind !== undefined && actions.kind !== facts.kind) update.kind = actions.kind;
  if (actions.teamId !== undefined && actions.teamId !== facts.teamId) update.teamId = actions.teamId;
  const choose = (actions.assign === 'round_robin' || actions.assign === 'least_open') && (facts.assigneeId === null || update.teamId !== undefined) ? actions.assign : undefined;
  if (actions.assign !== undefined && actions.assign !== 'round_robin' && actions.assign !== 'least_open' && actions.assign !== facts.assigneeId) update.assigneeId = actions.assign;
  const addTags = (actions.addTags ?? []).filter((tag) => !facts.tags.includes(tag));
  const removeTags = (actions.removeTags ?? []).filter((tag) => facts.tags.includes(tag));
  if (addTags.length > 0) update.addTags = addTags;
  if (removeTags.length > 0) update.removeTags = removeTags;
  const fields = Object.fromEntries(Object.entries(actions.fields ?? {}).filter(([id, value]) => !same(value, facts.fields[id])));
  if (Object.keys(fields).length > 0) update.fields = fields;
  const isDone = (update.status ?? facts.status) === 'resolved' || (update.status ?? facts.status) === 'closed';
  if (actions.snoozeHours !== undefined && facts.snoozedUntil === null && !isDone) update.snoozedUntil = new Date(now.getTime() + actions.snoozeHours * 3_600_000).toISOString();
  const notify = (actions.notify ?? []).filter((id) => actions.note !== undefined || !facts.followers.includes(id));
  const addFollowers = (actions.addFollowers ?? []).filter((id) => !facts.followers.includes(id));
  const isEmpty = Object.keys(update).length === 0 && choose === undefined && actions.note === undefined && notify.length === 0 && addFollowers.length === 0 && actions.callWebhook === undefined && actions.replyWith === undefined;
  return { update, choose, note: actions.note, notify, addFollowers, callWebhook: actions.callWebhook, replyWith: actions.replyWith, isEmpty };
}
