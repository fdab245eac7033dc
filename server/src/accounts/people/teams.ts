import type { Team } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { isViolation } from '../violation.ts';
import { mayOpenTeams, seesAllTeams } from './giving.ts';
import { deleteTeam, existingAgents, hasBelongings, insertTeam, isTeamNameTaken, lockTeam, selectTeam, selectTeams, setMembers, updateTeamName, type TeamRow } from './team-store.ts';

const teamOf = (row: TeamRow): Team => ({ id: row.id, name: row.name, memberIds: row.member_ids, createdAt: row.created_at.toISOString() });
const nameTaken = () => new Refusal('name_taken', 'Another team has this name.');
const unknown = () => new Refusal('not_found', 'This team does not exist.');

async function mustExist(ctx: Ctx, agentIds: readonly string[]): Promise<void> {
  const found = new Set(await existingAgents(ctx.tx, ctx.accountId, agentIds));
  if (agentIds.some((id) => !found.has(id))) throw new Refusal('not_found', 'One of these agents does not exist.');
}

async function getTeam(ctx: Ctx, teamId: string): Promise<Team> {
  const row = await selectTeam(ctx.tx, ctx.accountId, teamId);
  if (!row) throw unknown();
  return teamOf(row);
}

export async function listTeams(ctx: Ctx): Promise<{ items: Team[] }> {
  mustBeAllowed(ctx.actor, 'agent.read');
  return { items: (await selectTeams(ctx.tx, ctx.accountId)).map(teamOf) };
}

export async function createTeam(ctx: Ctx, input: { name: string; memberIds: readonly string[]; isDemo?: boolean }): Promise<Team> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  if (await isTeamNameTaken(ctx.tx, ctx.accountId, input.name)) throw nameTaken();
  await mustExist(ctx, input.memberIds);
  const id = newId();
  try {
    await insertTeam(ctx.tx, ctx.accountId, { id, name: input.name, isDemo: input.isDemo ?? false, now: ctx.clock.now() });
  } catch (error) {
    throw isViolation(error, 'unique') ? nameTaken() : error;
  }
  await setMembers(ctx.tx, ctx.accountId, id, input.memberIds);
  await recordAudit(ctx, 'team.created', { target: input.name, detail: { teamId: id, memberIds: input.memberIds } });
  await announce(ctx, 'people.changed', { teamId: id });
  return getTeam(ctx, id);
}

export async function updateTeam(ctx: Ctx, teamId: string, input: { name?: string | undefined; memberIds?: readonly string[] | undefined }): Promise<Team> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const before = await lockTeam(ctx.tx, ctx.accountId, teamId);
  if (!before) throw unknown();
  if (input.name !== undefined && input.name !== before.name) {
    if (await isTeamNameTaken(ctx.tx, ctx.accountId, input.name, teamId)) throw nameTaken();
    await updateTeamName(ctx.tx, ctx.accountId, teamId, input.name);
  }
  if (input.memberIds) {
    const members = input.memberIds;
    if (members.some((id) => !before.member_ids.includes(id))) await mayOpenTeams(ctx, [teamId]);
    await mustExist(ctx, members);
    await setMembers(ctx.tx, ctx.accountId, teamId, members);
  }
  const after = await getTeam(ctx, teamId);
  await recordAudit(ctx, 'team.changed', { target: after.name, detail: { teamId, memberIds: after.memberIds, ...(after.name === before.name ? {} : { nameBefore: before.name }) } });
  await announce(ctx, 'people.changed', { teamId });
  return after;
}

/** Removes a team; one that cases, inboxes, saved replies or views still belong to stays. */
export async function removeTeam(ctx: Ctx, teamId: string): Promise<void> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const team = await lockTeam(ctx.tx, ctx.accountId, teamId);
  if (!team) throw unknown();
  if (!seesAllTeams(ctx) && ctx.actor.kind === 'agent' && !ctx.actor.teamIds.includes(teamId)) throw new Refusal('more_than_you_have', 'You can only remove teams you are in yourself.');
  if (await hasBelongings(ctx.tx, ctx.accountId, teamId)) throw new Refusal('still_in_use', 'Saved replies or views belong to this team. Move or remove them first.');
  try {
    await deleteTeam(ctx.tx, ctx.accountId, teamId);
  } catch (error) {
    throw isViolation(error, 'foreign-key') ? new Refusal('still_in_use', 'Cases or inboxes belong to this team. Move them to another team first.') : error;
  }
  await recordAudit(ctx, 'team.removed', { target: team.name, detail: { teamId } });
  await announce(ctx, 'people.changed', { teamId });
}
