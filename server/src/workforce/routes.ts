import { workforce } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { getOwnPresence, listPresence, listPresenceChanges, setOwnPresence, setPresence } from './presence.ts';
import { getSettings, saveSettings } from './settings.ts';
import { createSkill, getAgentSkills, listSkills, removeSkill, renameSkill, restoreSkill, setAgentSkills } from './skills.ts';

export const routes: Route[] = [
  verb(workforce.getOwnPresence, (ctx) => getOwnPresence(ctx)),
  verb(workforce.setOwnPresence, (ctx, { body }) => setOwnPresence(ctx, body)),
  verb(workforce.listPresence, (ctx) => listPresence(ctx)),
  verb(workforce.setPresence, (ctx, { params, body }) => setPresence(ctx, params.agentId, body)),
  verb(workforce.listPresenceChanges, (ctx, { params, query }) => listPresenceChanges(ctx, params.agentId, query)),
  verb(workforce.getSettings, (ctx) => getSettings(ctx)),
  verb(workforce.saveSettings, (ctx, { body }) => saveSettings(ctx, body)),
  verb(workforce.listSkills, (ctx) => listSkills(ctx)),
  verb(workforce.createSkill, (ctx, { body }) => createSkill(ctx, body)),
  verb(workforce.renameSkill, (ctx, { params, body }) => renameSkill(ctx, params.skillId, body)),
  verb(workforce.removeSkill, (ctx, { params }) => removeSkill(ctx, params.skillId)),
  verb(workforce.restoreSkill, (ctx, { body }) => restoreSkill(ctx, body.wayBack)),
  verb(workforce.getAgentSkills, (ctx, { params }) => getAgentSkills(ctx, params.agentId)),
  verb(workforce.setAgentSkills, (ctx, { params, body }) => setAgentSkills(ctx, params.agentId, body)),
];
