import { notifications } from '@rapport/contract';
import { open, verb, type Route } from '../platform/http/index.ts';
import { acknowledge, getTeamEscalation, setTeamEscalation } from './escalate.ts';
import { listNotifications, readNotifications } from './list.ts';
import { listSubscriptions, pushKeyFor, subscribe, unsubscribe } from './push.ts';
import { getSettings, pause, saveSettings } from './settings.ts';
import { stopMail } from './stop-mail.ts';

export const routes: Route[] = [
  verb(notifications.list, (ctx, { query }) => listNotifications(ctx, query)),
  verb(notifications.read, (ctx, { body }) => readNotifications(ctx, body)),
  verb(notifications.getSettings, (ctx) => getSettings(ctx)),
  verb(notifications.saveSettings, (ctx, { body }) => saveSettings(ctx, body)),
  verb(notifications.pause, (ctx, { body }) => pause(ctx, body.until)),
  verb(notifications.pushKey, pushKeyFor),
  verb(notifications.listSubscriptions, (ctx) => listSubscriptions(ctx)),
  verb(notifications.subscribe, (ctx, { body }) => subscribe(ctx, body)),
  verb(notifications.unsubscribe, (ctx, { params }) => unsubscribe(ctx, params.subscriptionId)),
  open(notifications.stopMail, (platform, { body }) => stopMail(platform, body.token)),
  verb(notifications.getEscalation, (ctx, { params }) => getTeamEscalation(ctx, params.teamId)),
  verb(notifications.setEscalation, (ctx, { params, body }) => setTeamEscalation(ctx, params.teamId, body)),
  verb(notifications.acknowledge, (ctx, { params }) => acknowledge(ctx, params.caseId)),
];
