import { isDeepStrictEqual } from 'node:util';
import type { Rule, RuleContent, ResponseOf, rules } from '@rapport/contract';
import { recordAudit } from '../../accounts/index.ts';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { numberIn, readCursor, writeCursor } from '../../platform/cursor.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { leaversOfRules, mustNameWhatIsThere } from '../references.ts';
import { seeMacro } from '../macros/macros.ts';
import { orNameTaken } from '../macros/name-taken.ts';
import { findAuthor, permissionsOf, troubleOf, type Author } from './author.ts';
import { findRule, lockRule, retireRule, selectRemovedRules, selectRules, selectRuleVersions, writeOrder, writeRule, type RuleRecord } from './rule-store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
const TAKEN = 'Another rule has this name.';

const shape = (row: RuleRecord, author: Author, leavers: string[]): Rule => ({
  id: row.id, name: row.name, content: row.content, isOn: row.is_on, version: row.version, updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by_name, offBecause: row.off_because, authorTrouble: troubleOf(author, row.content), leavers, fired: row.fired, failed: row.failed,
  lastAt: row.last_at?.toISOString() ?? null, removedAt: row.removed_at?.toISOString() ?? null,
});

/** Every rule works on every case and its log tells of them, so whoever writes one must be allowed to read them all. */
export function mustRule(actor: AgentActor): void {
  mustBeAllowed(actor, 'rule.manage');
  mustBeAllowed(actor, 'case.read');
  if (actor.caseScope !== 'all') throw new Refusal('not_allowed', 'Rules work on every case of the company, and your role does not see all of them.');
}

/** A rule does nothing its author could not do by hand. Refuses `not_allowed`, `rule_empty`, what names somebody or something that is not there, and a saved reply the author does not see or that is personal. */
async function mustBeTheirs(ctx: AgentCtx, content: RuleContent): Promise<void> {
  mustRule(ctx.actor);
  const { actions } = content;
  for (const permission of permissionsOf(content.actions)) mustBeAllowed(ctx.actor, permission);
  if (permissionsOf(actions).length === 0 && actions.stop !== true) throw new Refusal('rule_empty', 'Say what the rule shall do.');
  await mustNameWhatIsThere(ctx, content);
  if (actions.replyWith !== undefined && (await seeMacro(ctx, actions.replyWith)).audience === 'personal') throw new Refusal('not_allowed', 'Choose a saved reply that is not personal; a rule speaks for the company.');
}

async function getRow(ctx: Ctx, ruleId: string): Promise<RuleRecord> {
  const row = await findRule(ctx, ruleId);
  if (!row) throw new Refusal('not_found', 'This rule does not exist any more.');
  return row;
}

async function shapeAll(ctx: Ctx, rows: readonly RuleRecord[]): Promise<{ items: Rule[] }> {
  const authors = new Map<string | null, Author>();
  const authorOf = (row: RuleRecord) => row.api_key_id ?? row.updated_by_id;
  for (const row of rows) if (!authors.has(authorOf(row))) authors.set(authorOf(row), await findAuthor(ctx, row));
  const leavers = await leaversOfRules(ctx, rows.map(({ content }) => content));
  return { items: rows.map((row, i) => shape(row, authors.get(authorOf(row)) ?? 'author_gone', leavers[i] ?? [])) };
}

export async function listRules(ctx: AgentCtx): Promise<{ items: Rule[] }> {
  mustRule(ctx.actor);
  return shapeAll(ctx, await selectRules(ctx));
}

/** Those that were removed and of which the log still tells, the latest first. */
export async function listRemovedRules(ctx: AgentCtx): Promise<{ items: Rule[] }> {
  mustRule(ctx.actor);
  return shapeAll(ctx, await selectRemovedRules(ctx));
}

export async function getRule(ctx: AgentCtx, ruleId: string): Promise<Rule> {
  mustRule(ctx.actor);
  const { items } = await shapeAll(ctx, [await getRow(ctx, ruleId)]);
  return items[0] as Rule;
}

export interface WriteRule {
  name: string;
  content: RuleContent;
  isOn: boolean;
}

async function write(ctx: AgentCtx, id: string, version: number, input: WriteRule): Promise<Rule> {
  await orNameTaken(TAKEN, writeRule(ctx, { id, name: input.name, content: input.content, isOn: input.isOn, version, byId: ctx.actor.agentId, apiKeyId: ctx.actor.apiKeyId ?? null, byName: ctx.actor.name, offBecause: null }));
  await recordAudit(ctx, version === 1 ? 'rule.created' : 'rule.changed', { target: input.name, detail: { ruleId: id, version, isOn: input.isOn } });
  await announce(ctx, 'rules.changed', {});
  return getRule(ctx, id);
}

/** Writes a rule behind the others. Refuses `name_taken`, `rule_empty`, and `not_allowed` for what the author could not do by hand. */
export async function createRule(ctx: AgentCtx, input: WriteRule): Promise<Rule> {
  await mustBeTheirs(ctx, input.content);
  return write(ctx, newId(), 1, input);
}

/** Changes a rule, or switches it on or off; whoever does so answers for it from then on. Refuses `changed_meanwhile` when `version` is not the newest, and what creating refuses, except that everybody who may write rules can stop one as it is. */
export async function updateRule(ctx: AgentCtx, input: WriteRule & { ruleId: string; version: number }): Promise<Rule> {
  mustRule(ctx.actor);
  const held = await lockRule(ctx, input.ruleId);
  if (!held) throw new Refusal('not_found', 'This rule does not exist any more.');
  if (held.version !== input.version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version: held.version } });
  if (input.isOn || !isDeepStrictEqual(JSON.parse(JSON.stringify(input.content)), held.content)) await mustBeTheirs(ctx, input.content);
  return write(ctx, held.id, held.version + 1, input);
}

/** Takes a rule away for good. How it read and what it did can be read for as long as the log is kept. */
export async function removeRule(ctx: AgentCtx, ruleId: string): Promise<void> {
  mustRule(ctx.actor);
  const held = await lockRule(ctx, ruleId);
  if (!held) throw new Refusal('not_found', 'This rule does not exist any more.');
  await retireRule(ctx, ruleId);
  await recordAudit(ctx, 'rule.removed', { target: held.name, detail: { ruleId } });
  await announce(ctx, 'rules.changed', {});
}

/** Puts the rules into this order. Refuses `changed_meanwhile` when they are not all named. */
export async function orderRules(ctx: AgentCtx, ruleIds: readonly string[]): Promise<{ items: Rule[] }> {
  mustRule(ctx.actor);
  const there = (await selectRules(ctx)).map((row) => row.id);
  if (new Set(ruleIds).size !== there.length || there.some((id) => !ruleIds.includes(id))) throw new Refusal('changed_meanwhile', 'There are other rules now. Look at them and try again.');
  await writeOrder(ctx, ruleIds);
  await recordAudit(ctx, 'rule.reordered');
  await announce(ctx, 'rules.changed', {});
  return listRules(ctx);
}

/** How a rule read over time, newest first. */
export async function listRuleVersions(ctx: AgentCtx, query: { ruleId: string; cursor?: string | undefined; limit: number }): Promise<ResponseOf<typeof rules.listVersions>> {
  mustRule(ctx.actor);
  await getRow(ctx, query.ruleId);
  const [below] = readCursor(query.cursor, query.ruleId, 1) ?? [];
  const rows = await selectRuleVersions(ctx, query.ruleId, below === undefined ? 2_147_483_647 : numberIn(below), query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({ version: row.version, name: row.name, content: row.content, isOn: row.is_on, changedBy: row.changed_by_name, changedAt: row.changed_at.toISOString() })),
    nextCursor: rows.length > items.length && last ? writeCursor([last.version], query.ruleId) : null,
  };
}
