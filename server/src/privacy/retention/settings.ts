import type { BodyOf, Endpoints, Retention, RetentionPreview, RetentionRule } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { countDue, countSolvedBetween, selectDue } from '../../cases/index.ts';
import { getInboxFacts, listInboxes } from '../../inboxes/index.ts';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findPolicy, selectRuns, writePolicy, type Policy } from './store.ts';

const DAY_MS = 86_400_000;
const MOST_COUNTED = 10_000;
const MOST_RUNS = 10;
const EXAMPLES = 5;
const SOON_DAYS = 30;
/** When the nightly job begins (UTC), as its timetable has it. */
export const NIGHT = { hour: 2, minute: 17 } as const;
const unset: Omit<Policy, 'placeholderId'> = { usual: { action: 'keep', days: 730 }, rules: new Map(), keepTags: [], removesCustomers: true, version: 0 };

export const solvedBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** The next time the nightly job begins. */
export function nextNight(now: Date): Date {
  const night = new Date(now);
  night.setUTCHours(NIGHT.hour, NIGHT.minute, 0, 0);
  return night > now ? night : new Date(night.getTime() + DAY_MS);
}

/** After how long solved cases are erased, with the last nights. */
export async function getRetention(ctx: Ctx): Promise<Retention> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const policy = (await findPolicy(ctx)) ?? unset;
  const { items } = await listInboxes(ctx);
  return {
    usual: policy.usual, inboxes: items.map(({ id, name, isEnabled }) => ({ id, name, isEnabled, rule: policy.rules.get(id) ?? null })), keepTags: policy.keepTags, removesCustomers: policy.removesCustomers, version: policy.version,
    nextRunAt: nextNight(ctx.clock.now()).toISOString(), runs: await selectRuns(ctx, MOST_RUNS),
  };
}

const told = (rule: RetentionRule) => (rule.action === 'keep' ? 'keep' : `${rule.action} after ${rule.days} days`);

/** Saves all rules at once. Refuses `changed_meanwhile`, and `not_found` for an inbox that is not there. */
export async function setRetention(ctx: Ctx, body: BodyOf<Endpoints['retentionRules']['set']>): Promise<Retention> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const rules = [...new Map(body.inboxes.map((each) => [each.id, each.rule]))].map(([id, rule]) => ({ id, rule }));
  const names = new Map((await listInboxes(ctx)).items.map((inbox) => [inbox.id, inbox.name]));
  if (rules.some(({ id }) => !names.has(id))) throw new Refusal('not_found', 'There is no such inbox.');
  const before = await findPolicy(ctx, { lock: true });
  const keepTags = [...new Set(body.keepTags)].sort();
  const isWritten = await writePolicy(ctx, { usual: body.usual, rules, keepTags, removesCustomers: body.removesCustomers, version: body.version, placeholderId: before?.placeholderId ?? newId() });
  if (!isWritten) throw new Refusal('changed_meanwhile', 'Somebody else has changed these rules. Load the page again.');
  await recordAudit(ctx, 'retention.changed', { detail: { usual: told(body.usual), inboxes: rules.map(({ id, rule }) => `${names.get(id)}: ${told(rule)}`), keepTags, removesCustomers: body.removesCustomers } });
  return getRetention(ctx);
}

/** What a rule would erase from an inbox in the coming night, counted no further than ten thousand. Changes nothing. */
export async function previewRetention(ctx: Ctx, { inboxId, days, keepTags }: { inboxId: string; days: number; keepTags: string }): Promise<RetentionPreview> {
  mustBeAllowed(ctx.actor, 'account.manage');
  await getInboxFacts(ctx, inboxId);
  const before = solvedBefore(nextNight(ctx.clock.now()), days);
  const query = { inboxId, before, keepTags: keepTags.split(',').map((each) => each.trim().toLowerCase()).filter(Boolean) };
  const { all, held, oldestAt } = await countDue(ctx, query, MOST_COUNTED + 1);
  const soon = await countSolvedBetween(ctx, inboxId, before, new Date(before.getTime() + SOON_DAYS * DAY_MS), MOST_COUNTED + 1);
  const seesAll = ctx.actor.kind === 'agent' && ctx.actor.permissions.has('case.read') && ctx.actor.caseScope === 'all';
  const oldest = seesAll && all > 0 ? (await selectDue(ctx, query, undefined, 10 * EXAMPLES)).filter((each) => each.hold === null).slice(0, EXAMPLES) : [];
  const isMore = all > MOST_COUNTED;
  return {
    due: Math.min(all, MOST_COUNTED) - Math.min(Object.values(held).reduce((sum, count) => sum + count, 0), MOST_COUNTED), isMore, oldestAt: oldestAt?.toISOString() ?? null, soon: Math.min(soon, MOST_COUNTED), isMoreSoon: soon > MOST_COUNTED, held,
    examples: oldest.map(({ id, number, subject, resolvedAt }) => ({ id, number, subject, resolvedAt: resolvedAt.toISOString() })),
  };
}
