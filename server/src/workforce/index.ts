import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';
import { createPresenceService, endForLeavers } from './settle.ts';

export { noteHeard, type HeardOf } from './heard.ts';
export { listPresence, setPresence } from './presence.ts';
export { listSkillIds } from './skills.ts';
export { beginWrapUp, countAvailable, isAgent, listWorkers, noteNoAnswer, type Worker } from './workers.ts';

export const room: Room = { routes, listeners: [endForLeavers], services: () => [createPresenceService()] };
