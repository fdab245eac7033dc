import { chatInboxSettings, permissionNames } from '@rapport/contract';
import { addAgent, createTeam } from '../accounts/index.ts';
import { trialInbox } from '../channels/index.ts';
import { createInbox } from '../inboxes/index.ts';
import { systemActor, type AgentActor, type Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { addressAt, agents, inboxes, teams, type AgentKey, type InboxKey, type TeamKey } from './company.ts';
import type { Past } from './past.ts';

/** The demo company as it lives in the account. */
export interface OpenCompany {
  teamIds: Record<TeamKey, string>;
  inboxIds: Record<InboxKey, string>;
  inboxAddresses: Record<InboxKey, string>;
  /** By which the website names its chat. */
  chatSite: string;
  /** Those who act in the stories. What they may do is not asked: it was done. */
  actors: Record<AgentKey, AgentActor>;
}

export interface CompanySettings {
  domain: string;
  /** From `hashPassword`, for the agent visitors sign in as; nobody else of the demo can sign in. */
  visitorPasswordHash?: string;
  visitor: AgentKey;
}

/** Of that name, or of the next that is free: the account may have such a team of its own, or one that stayed of an earlier demo. */
async function teamIdFor(ctx: Ctx, name: string, place = 0): Promise<string> {
  try {
    return (await createTeam(ctx, { name: place === 0 ? name : `${name} (demo${place === 1 ? '' : ` ${place}`})`, memberIds: [], isDemo: true })).id;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'name_taken') throw error;
    return teamIdFor(ctx, name, place + 1);
  }
}

/** Puts the demo company's teams, agents and inboxes into the account, all marked as demo. Its inboxes use the built-in mailbox. */
export async function openCompany(past: Past, settings: CompanySettings): Promise<OpenCompany> {
  const ctx = past.ctx(systemActor('demo'));
  const teamIds = {} as Record<TeamKey, string>;
  for (const [key, name] of Object.entries(teams) as [TeamKey, string][]) teamIds[key] = await teamIdFor(ctx, name);
  const actors = {} as Record<AgentKey, AgentActor>;
  for (const agent of agents) {
    const agentTeams = agent.teams.map((team) => teamIds[team]);
    const agentId = await addAgent(ctx, {
      email: addressAt(agent.key, settings.domain), name: agent.name, role: agent.role, teamIds: agentTeams, isDemo: true,
      ...(agent.key === settings.visitor && settings.visitorPasswordHash !== undefined ? { passwordHash: settings.visitorPasswordHash } : {}),
    });
    actors[agent.key] = { kind: 'agent', agentId, name: agent.name, permissions: new Set(permissionNames), caseScope: 'all', teamIds: agentTeams, address: 'demo' };
  }
  const inboxIds = {} as Record<InboxKey, string>;
  const inboxAddresses = {} as Record<InboxKey, string>;
  for (const [key, inbox] of Object.entries(inboxes) as [InboxKey, (typeof inboxes)[InboxKey]][]) {
    inboxAddresses[key] = addressAt(inbox.local, settings.domain);
    const made = await createInbox(ctx, {
      ...trialInbox({ address: inboxAddresses[key], aliases: inbox.aliases.map((alias) => addressAt(alias, settings.domain)), fromName: inbox.fromName }), name: inbox.name, teamId: null, isDemo: true,
    });
    inboxIds[key] = made.id;
  }
  const { address: chatSite } = await createInbox(ctx, {
    channel: 'chat', name: 'Website', teamId: null, isDemo: true,
    settings: chatInboxSettings.parse({ title: 'Ask the roasters', greeting: 'Hello! Coffee or machine, what is it about?', color: '#7a4a2b', mailInboxId: inboxIds.help }),
  });
  return { teamIds, inboxIds, inboxAddresses, chatSite, actors };
}
