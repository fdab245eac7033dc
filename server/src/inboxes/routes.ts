import { inboxes } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { createInbox } from './create-inbox.ts';
import { listInboxes } from './list-inboxes.ts';
import { updateInbox } from './update-inbox.ts';

/** Trying settings out and handing in raw mails belong to the channel that can. */
export const routes: Route[] = [
  verb(inboxes.list, (ctx) => listInboxes(ctx)),
  verb(inboxes.create, (ctx, { body }) => createInbox(ctx, body)),
  verb(inboxes.update, (ctx, { params, body }) => updateInbox(ctx, params.inboxId, body)),
];
