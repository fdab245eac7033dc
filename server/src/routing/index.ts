import type { Room } from '../platform/room.ts';
import { followCases } from './clocks/follow-cases.ts';
import { recountJob, resumeRecounts } from './clocks/recount.ts';
import { dueJob } from './clocks/tell-due.ts';
import { routes } from './routes.ts';
import { followCases as followCasesInLine, followCustomers } from './waiting/follow-case.ts';
import { createRoutingService, tidyWork } from './waiting/service.ts';

// What channels ask of the waiting lines: put somebody in, say where they stand, take them out.
export { endWork, enqueue, findDoor, findPlaces, findStanding, isInLine, leaveByKey, type Enqueue, type Place } from './waiting/enqueue.ts';

// What a program does that stands for agents, as the demo.
export { acceptOffer, finishWork, listOwnWork } from './waiting/in-hand.ts';
export { createQueue } from './waiting/queues.ts';

export const room: Room = { routes, jobs: [recountJob, resumeRecounts, dueJob, tidyWork] as never, listeners: [followCases, followCasesInLine, followCustomers], services: () => [createRoutingService()] };
