import type { Room } from '../platform/room.ts';
import { drainJob } from './drain.ts';
import { hearEvents } from './hear.ts';
import { sweepJob, tidyJob } from './jobs.ts';
import { routes } from './routes.ts';
import { checkSecrets } from './sealed-secrets.ts';

export const room: Room = { routes, listeners: [hearEvents], jobs: [drainJob, sweepJob, tidyJob] as never, checks: [checkSecrets] };
