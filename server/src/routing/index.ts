import type { Room } from '../platform/room.ts';
import { followCases } from './clocks/follow-cases.ts';
import { recountJob, resumeRecounts } from './clocks/recount.ts';
import { dueJob } from './clocks/tell-due.ts';
import { routes } from './routes.ts';

export const room: Room = { routes, jobs: [recountJob, resumeRecounts, dueJob] as never, listeners: [followCases] };
