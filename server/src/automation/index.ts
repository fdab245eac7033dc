import type { Room } from '../platform/room.ts';
import { foldMacroUses } from './macros/fold-uses.ts';
import { layStarterMacros } from './macros/starter-macros.ts';
import { routes } from './routes.ts';

export const room: Room = { routes, jobs: [foldMacroUses] as never, listeners: [layStarterMacros] };
