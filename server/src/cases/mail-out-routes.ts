import { mailOut } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { beginOutgoing } from './begin-outgoing.ts';
import { forward } from './forward.ts';
import { listPlanned, reschedule, sendPlannedNow, takeBack } from './planned/change-plan.ts';
import { planMessage } from './planned/plan-message.ts';
import { checkRecipients, suggestRecipients } from './recipients.ts';

/** What goes out: at once, after a while, or to somebody else. */
export const mailOutRoutes: Route[] = [
  verb(mailOut.plan, (ctx, { params, body }) => planMessage(ctx, { ...params, ...body })),
  verb(mailOut.listPlanned, (ctx, { params }) => listPlanned(ctx, params.caseId)),
  verb(mailOut.reschedule, (ctx, { params, body }) => reschedule(ctx, { ...params, ...body })),
  verb(mailOut.sendNow, (ctx, { params }) => sendPlannedNow(ctx, params)),
  verb(mailOut.takeBack, (ctx, { params }) => takeBack(ctx, params)),
  verb(mailOut.forward, (ctx, { params, body }) => forward(ctx, { ...params, ...body })),
  verb(mailOut.begin, (ctx, { body }) => beginOutgoing(ctx, body)),
  verb(mailOut.checkRecipients, (ctx, { params, body }) => checkRecipients(ctx, { ...params, ...body })),
  verb(mailOut.suggestRecipients, (ctx, { query }) => suggestRecipients(ctx, query)),
];
