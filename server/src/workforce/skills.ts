import type { AgentSkills, Skill } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../platform/way-back.ts';
import { findAgent, lockPresence } from './presence-store.ts';
import { deleteSkill, findAgentSkills, insertHolders, lockSkill, replaceAgentSkills, selectSkills, writeSkill, type Holder } from './skill-store.ts';

const WAY_BACK = 'skill';
const MOST = 200;
const UNIQUE = '23505';

async function write(ctx: Ctx, skill: Skill, deed: string): Promise<Skill> {
  await writeSkill(ctx, skill).catch((error: unknown) => {
    if ((error as { code?: unknown } | null)?.code === UNIQUE) throw new Refusal('name_taken', 'Another skill has this name.');
    throw error;
  });
  await recordAudit(ctx, `skill.${deed}`, { target: skill.name, detail: { skillId: skill.id } });
  await announce(ctx, 'workforce.changed', {});
  return skill;
}

async function hold(ctx: Ctx, skillId: string): Promise<Skill> {
  const skill = await lockSkill(ctx, skillId);
  if (!skill) throw new Refusal('not_found', 'This skill does not exist any more.');
  return skill;
}

export async function listSkills(ctx: Ctx): Promise<{ items: Skill[] }> {
  mustBeAllowed(ctx.actor, 'agent.read');
  return { items: await selectSkills(ctx) };
}

/** The skills there are; for rooms that keep their ids. */
export const listSkillIds = async (ctx: Ctx): Promise<ReadonlySet<string>> => new Set((await selectSkills(ctx)).map(({ id }) => id));

/** Refuses `name_taken`, whatever the case of its letters. */
export async function createSkill(ctx: Ctx, { name }: { name: string }): Promise<Skill> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  if ((await selectSkills(ctx)).length >= MOST) throw new Refusal('invalid_request', `There are ${MOST} skills already. Remove one first.`);
  return write(ctx, { id: newId(), name }, 'created');
}

export async function renameSkill(ctx: Ctx, skillId: string, { name }: { name: string }): Promise<Skill> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  await hold(ctx, skillId);
  return write(ctx, { id: skillId, name }, 'changed');
}

export async function removeSkill(ctx: Ctx, skillId: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const skill = await hold(ctx, skillId);
  const holders = await deleteSkill(ctx, skillId);
  await recordAudit(ctx, 'skill.removed', { target: skill.name, detail: { skillId } });
  await announce(ctx, 'workforce.changed', {});
  return { wayBack: sealWayBack(ctx, WAY_BACK, { ...skill, holders }) };
}

/** Puts a removed skill back, with whoever had it. Refuses `undo_over`, `undone_already` and `name_taken`. */
export async function restoreSkill(ctx: Ctx, wayBack: string): Promise<Skill> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const { id, name, holders } = openWayBack<Skill & { holders: Holder[] }>(ctx, WAY_BACK, wayBack);
  if (await lockSkill(ctx, id)) throw new Refusal('undone_already', 'The skill is there again.');
  const skill = await write(ctx, { id, name }, 'restored');
  await insertHolders(ctx, id, holders);
  return skill;
}

function mustWorkHere(agent: { is_active: boolean } | undefined): void {
  if (!agent?.is_active) throw new Refusal('not_found', 'This agent does not exist, or does not work here any more.');
}

export async function getAgentSkills(ctx: Ctx, agentId: string): Promise<AgentSkills> {
  mustBeAllowed(ctx.actor, 'agent.read');
  mustWorkHere(await findAgent(ctx, agentId));
  return findAgentSkills(ctx, agentId);
}

/** Puts these skills and this capacity in place of what there was. Refuses skills that do not exist or are named twice. */
export async function setAgentSkills(ctx: Ctx, agentId: string, wanted: AgentSkills): Promise<AgentSkills> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  // Held, so that two who write the same agent's skills do so one after the other.
  mustWorkHere(await lockPresence(ctx, agentId));
  if (new Set(wanted.skills.map(({ skillId }) => skillId)).size < wanted.skills.length) throw new Refusal('invalid_request', 'body.skills: A skill is named twice. Give it one level.');
  if ((await replaceAgentSkills(ctx, agentId, wanted)).length > 0) throw new Refusal('not_found', 'One of these skills does not exist any more.');
  await recordAudit(ctx, 'agent.skills_changed', { detail: { ofAgentId: agentId, ...wanted } });
  await announce(ctx, 'workforce.changed', {});
  return findAgentSkills(ctx, agentId);
}
