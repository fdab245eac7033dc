import type { Room } from '../platform/room.ts';
import { foldMacroUses } from './macros/fold-uses.ts';
import { layStarterMacros } from './macros/starter-macros.ts';
import { ruleListener } from './rules/on-event.ts';
import { rulesOnTime, tidyRules } from './rules/on-time.ts';
import { routes } from './routes.ts';

export const room: Room = { routes, jobs: [foldMacroUses, rulesOnTime, tidyRules] as never, listeners: [layStarterMacros, ruleListener] };
