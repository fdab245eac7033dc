import type { AgentSkills, Capacity, Skill } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface Holder {
  agentId: string;
  level: number;
}

export function selectSkills(ctx: Ctx): Promise<Skill[]> {
  return ctx.tx.named('skills', 'select id, name from skill where account_id = $1 order by lower(name), id', [ctx.accountId]);
}

/** Holds it until the transaction ends. */
export async function lockSkill(ctx: Ctx, skillId: string): Promise<Skill | undefined> {
  const [row] = await ctx.tx.named<Skill>('skill_lock', 'select id, name from skill where account_id = $1 and id = $2 for update', [ctx.accountId, skillId]);
  return row;
}

export async function writeSkill(ctx: Ctx, { id, name }: Skill): Promise<void> {
  await ctx.tx.named('skill_write', 'insert into skill (account_id, id, name) values ($1, $2, $3) on conflict (account_id, id) do update set name = $3', [ctx.accountId, id, name]);
}

/** Removes it and answers who had it. */
export async function deleteSkill(ctx: Ctx, skillId: string): Promise<Holder[]> {
  const holders = await ctx.tx.named<Holder>('skill_holders', 'delete from agent_skill where account_id = $1 and skill_id = $2 returning agent_id as "agentId", level', [ctx.accountId, skillId]);
  await ctx.tx.named('skill_delete', 'delete from skill where account_id = $1 and id = $2', [ctx.accountId, skillId]);
  return holders;
}

/** Gives it back to those of the holders who still exist. */
export async function insertHolders(ctx: Ctx, skillId: string, holders: readonly Holder[]): Promise<void> {
  await ctx.tx.named(
    'skill_holders_back',
    'insert into agent_skill (account_id, agent_id, skill_id, level) select $1, h."agentId", $2, h.level from jsonb_to_recordset($3) h("agentId" uuid, level smallint) join agent g on g.account_id = $1 and g.id = h."agentId"',
    [ctx.accountId, skillId, JSON.stringify(holders)],
  );
}

export async function findAgentSkills(ctx: Ctx, agentId: string): Promise<AgentSkills> {
  const skills = await ctx.tx.named<AgentSkills['skills'][number]>('agent_skills', 'select a.skill_id as "skillId", a.level from agent_skill a join skill s on s.account_id = $1 and s.id = a.skill_id where a.account_id = $1 and a.agent_id = $2 order by lower(s.name), s.id', [ctx.accountId, agentId]);
  const [capacity] = await ctx.tx.named<Capacity>('agent_capacity', 'select chats, mails from agent_capacity where account_id = $1 and agent_id = $2', [ctx.accountId, agentId]);
  return { skills, capacity: capacity ?? null };
}

/** Puts these in place of what there was. Answers the ids that are no skills of the account; nothing of them is written. */
export async function replaceAgentSkills(ctx: Ctx, agentId: string, { skills, capacity }: AgentSkills): Promise<string[]> {
  await ctx.tx.named('agent_skills_clear', 'delete from agent_skill where account_id = $1 and agent_id = $2', [ctx.accountId, agentId]);
  const written = await ctx.tx.named<{ skill_id: string }>(
    'agent_skills_write',
    'insert into agent_skill (account_id, agent_id, skill_id, level) select $1, $2, s.id, w.level from jsonb_to_recordset($3) w("skillId" uuid, level smallint) join skill s on s.account_id = $1 and s.id = w."skillId" returning skill_id',
    [ctx.accountId, agentId, JSON.stringify(skills)],
  );
  await ctx.tx.named('agent_capacity_clear', 'delete from agent_capacity where account_id = $1 and agent_id = $2', [ctx.accountId, agentId]);
  if (capacity) await ctx.tx.named('agent_capacity_write', 'insert into agent_capacity (account_id, agent_id, chats, mails) values ($1, $2, $3, $4)', [ctx.accountId, agentId, capacity.chats, capacity.mails]);
  const known = new Set(written.map((row) => row.skill_id));
  return skills.map(({ skillId }) => skillId).filter((skillId) => !known.has(skillId));
}
