import type { Room } from '../platform/room.ts';
import { digestJob } from './digest.ts';
import { escalateJob } from './escalate.ts';
import { followReading, tellAgents } from './listen.ts';
import { promiseDueJob } from './promise-due.ts';
import { routes } from './routes.ts';
import { checkPushKeys } from './sealed-keys.ts';
import { pushTo } from './send-push.ts';
import { tidyJob } from './tidy-up.ts';

export const room: Room = { routes, jobs: [pushTo, digestJob, escalateJob, promiseDueJob, tidyJob] as never, listeners: [tellAgents, followReading], checks: [checkPushKeys] };
