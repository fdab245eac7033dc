import { calendars, offers, queues, servicePolicies, wall, work } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { listClocks } from './clocks/list-clocks.ts';
import { createCalendar, listCalendars, previewHours, removeCalendar, restoreCalendar, updateCalendar } from './hours/calendars.ts';
import { createPolicy, listPolicies, orderPolicies, removePolicy, restorePolicy, updatePolicy } from './policies/policies.ts';
import { enqueueCase, getStanding, leaveLine, listOfCase } from './waiting/enqueue.ts';
import { reportEstimates } from './waiting/estimate.ts';
import { acceptOffer, declineOffer, finishWork, listOwnWork, pullNext, pullWork, reassignWork } from './waiting/in-hand.ts';
import { createQueue, listQueues, removeQueue, restoreQueue, setQueueOpen, updateQueue } from './waiting/queues.ts';
import { getWall, listLine } from './waiting/wall.ts';

export const routes: Route[] = [
  verb(calendars.list, (ctx) => listCalendars(ctx)),
  verb(calendars.create, (ctx, { body }) => createCalendar(ctx, body)),
  verb(calendars.update, (ctx, { params, body }) => updateCalendar(ctx, { ...params, ...body })),
  verb(calendars.remove, (ctx, { params }) => removeCalendar(ctx, params.calendarId)),
  verb(calendars.restore, (ctx, { body }) => restoreCalendar(ctx, body.wayBack)),
  verb(calendars.preview, async (_, { body }) => previewHours(body)),
  verb(servicePolicies.list, (ctx) => listPolicies(ctx)),
  verb(servicePolicies.create, (ctx, { body }) => createPolicy(ctx, body)),
  verb(servicePolicies.order, (ctx, { body }) => orderPolicies(ctx, body.policyIds)),
  verb(servicePolicies.update, (ctx, { params, body }) => updatePolicy(ctx, { ...params, ...body })),
  verb(servicePolicies.remove, (ctx, { params }) => removePolicy(ctx, params.policyId)),
  verb(servicePolicies.restore, (ctx, { body }) => restorePolicy(ctx, body.wayBack)),
  verb(servicePolicies.clocks, (ctx, { params }) => listClocks(ctx, params.caseId)),
  verb(queues.list, (ctx) => listQueues(ctx)),
  verb(queues.create, (ctx, { body }) => createQueue(ctx, body)),
  verb(queues.update, (ctx, { params, body }) => updateQueue(ctx, { ...params, ...body })),
  verb(queues.setOpen, (ctx, { params, body }) => setQueueOpen(ctx, params.queueId, body.isOpen)),
  verb(queues.remove, (ctx, { params }) => removeQueue(ctx, params.queueId)),
  verb(queues.restore, (ctx, { body }) => restoreQueue(ctx, body.wayBack)),
  verb(queues.pull, (ctx, { params }) => pullWork(ctx, params.queueId)),
  verb(work.listOwn, (ctx) => listOwnWork(ctx)),
  verb(work.next, (ctx) => pullNext(ctx)),
  verb(work.enqueue, (ctx, { body }) => enqueueCase(ctx, body)),
  verb(work.get, (ctx, { params }) => getStanding(ctx, params.itemId)),
  verb(work.ofCase, (ctx, { params }) => listOfCase(ctx, params.caseId)),
  verb(work.finish, (ctx, { params }) => finishWork(ctx, params.itemId)),
  verb(work.reassign, (ctx, { params, body }) => reassignWork(ctx, params.itemId, body)),
  verb(work.leave, (ctx, { params }) => leaveLine(ctx, params.itemId)),
  verb(offers.accept, (ctx, { params }) => acceptOffer(ctx, params.offerId)),
  verb(offers.decline, (ctx, { params }) => declineOffer(ctx, params.offerId)),
  verb(wall.get, (ctx) => getWall(ctx)),
  verb(wall.line, (ctx, { params, query }) => listLine(ctx, params.queueId, query)),
  verb(wall.estimates, (ctx, { query }) => reportEstimates(ctx, query)),
];
