import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, onWayBack, pageOf, paging, timestamp, wayBack, wayBackLimit } from './shapes.ts';

/** `wrap_up`: finishing what the last conversation left behind, for a time; then available by itself. */
export const presenceStates = ['offline', 'away', 'available', 'wrap_up'] as const;
export type PresenceState = (typeof presenceStates)[number];
export const presenceCauses = ['chosen', 'connection_lost', 'wrap_up_over', 'disabled', 'no_answer', 'work_done'] as const;
export type PresenceCause = (typeof presenceCauses)[number];

const reason = z.string().trim().min(1).max(60);
export const agentPresence = z.object({ agentId: id, state: z.enum(presenceStates), /** Why somebody is away. */ reason: z.string().nullable(), /** Null: was never there. */ since: timestamp.nullable(), /** When a wrap-up ends. */ until: timestamp.nullable() });
export type AgentPresence = z.output<typeof agentPresence>;
export const ownPresence = agentPresence.extend({ /** How it came to this; null: was never there. */ cause: z.enum(presenceCauses).nullable(), /** Who chose it; null when it came by itself. */ byName: z.string().nullable() });
export type OwnPresence = z.output<typeof ownPresence>;
export const presenceChange = z.object({ id, state: z.enum(presenceStates), reason: z.string().nullable(), cause: z.enum(presenceCauses), /** Who chose it; null when it came by itself. */ byName: z.string().nullable(), at: timestamp, until: timestamp.nullable() });

const wanted = z.object({
  state: z.enum(presenceStates), /** For `away`, one of the account's list; needed when that has any. */ reason: reason.optional(),
  /** For `wrap_up`: how long from now, and during one how much longer. It never ends more than an hour from now. */ seconds: z.number().int().min(1).max(3600).optional(),
});
export type WantedPresence = z.output<typeof wanted>;

/** How much at once. A call or a visit always fills an agent. */
export const capacity = z.object({ chats: z.number().int().min(0).max(50), mails: z.number().int().min(0).max(500) });
export type Capacity = z.output<typeof capacity>;
const level = z.number().int().min(1).max(5);
export const skill = z.object({ id, name: z.string() });
export type Skill = z.output<typeof skill>;
export const agentSkills = z.object({ skills: z.array(z.object({ skillId: id, level })).max(200), /** Null: what the account says. */ capacity: capacity.nullable() });
export type AgentSkills = z.output<typeof agentSkills>;
const settings = z.object({ /** Of agents without their own. */ capacity, awayReasons: z.array(reason).max(50), /** The one the change builds on. */ version: z.number().int() });
export type WorkforceSettings = z.output<typeof settings>;

const onAgent = z.object({ agentId: id });
const onSkill = z.object({ skillId: id });
const named = z.object({ name: z.string().trim().min(1).max(100) });
const tag = 'workforce';

export const workforce = {
  getOwnPresence: endpoint({ method: 'GET', path: '/presence', tag, summary: 'Whether this agent is there to work', access: 'signed-in', response: ownPresence }),
  setOwnPresence: endpoint({
    method: 'PUT', path: '/presence', tag, summary: 'Be there or not. Whoever is heard of neither here nor over a web socket for a minute is offline', access: 'signed-in', body: wanted, response: ownPresence,
  }),
  listPresence: endpoint({ method: 'GET', path: '/presences', tag, summary: 'Which colleagues are there', access: 'agent.read', response: z.object({ items: z.array(agentPresence) }) }),
  setPresence: endpoint({ method: 'PUT', path: '/agents/:agentId/presence', tag, summary: 'Set whether a colleague is there', access: 'presence.manage', params: onAgent, body: wanted, response: agentPresence }),
  listPresenceChanges: endpoint({ method: 'GET', path: '/agents/:agentId/presence-changes', tag, summary: 'When a colleague was there, newest first', access: 'presence.manage', params: onAgent, query: z.object(paging), response: pageOf(presenceChange) }),
  getSettings: endpoint({ method: 'GET', path: '/workforce-settings', tag, summary: 'How much agents take at once, and the reasons to be away', access: 'signed-in', response: settings }),
  saveSettings: endpoint({ method: 'PUT', path: '/workforce-settings', tag, summary: 'Change them', access: 'account.manage', body: settings, response: settings, problems: ['changed_meanwhile'] }),
  listSkills: endpoint({ method: 'GET', path: '/skills', tag, summary: 'The skills agents can have, by name', access: 'agent.read', response: z.object({ items: z.array(skill) }) }),
  createSkill: endpoint({ method: 'POST', path: '/skills', tag, summary: 'Add a skill', access: 'agent.manage', status: 201, body: named, response: skill, problems: ['name_taken'] }),
  renameSkill: endpoint({ method: 'PUT', path: '/skills/:skillId', tag, summary: 'Give a skill another name', access: 'agent.manage', params: onSkill, body: named, response: skill, problems: ['name_taken'] }),
  removeSkill: endpoint({ method: 'DELETE', path: '/skills/:skillId', tag, summary: 'Remove a skill, from every agent too', access: 'agent.manage', params: onSkill, response: wayBack }),
  restoreSkill: endpoint({ method: 'POST', path: '/skills/restore', tag, summary: 'Put back a skill that was just removed, with whoever had it', access: 'agent.manage', bodyLimit: wayBackLimit, body: onWayBack, response: skill, problems: ['undo_over', 'undone_already', 'name_taken'] }),
  getAgentSkills: endpoint({ method: 'GET', path: '/agents/:agentId/skills', tag, summary: 'What an agent knows and how much at once they take', access: 'agent.read', params: onAgent, response: agentSkills }),
  setAgentSkills: endpoint({ method: 'PUT', path: '/agents/:agentId/skills', tag, summary: 'Say what an agent knows and how much at once they take', access: 'agent.manage', params: onAgent, body: agentSkills, response: agentSkills }),
};
