import { inboxes, signatures } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { createInbox } from './create-inbox.ts';
import { listInboxes } from './list-inboxes.ts';
import { getInboxSignature, getOwnSignature, previewSignature, saveInboxSignature, saveOwnSignature } from './signatures.ts';
import { updateInbox } from './update-inbox.ts';

/** Trying settings out and handing in raw mails belong to the channel that can. */
export const routes: Route[] = [
  verb(inboxes.list, (ctx) => listInboxes(ctx)),
  verb(inboxes.create, (ctx, { body }) => createInbox(ctx, body)),
  verb(signatures.getOwn, (ctx) => getOwnSignature(ctx)),
  verb(signatures.saveOwn, (ctx, { body }) => saveOwnSignature(ctx, body)),
  verb(signatures.getOfInbox, (ctx, { params }) => getInboxSignature(ctx, params.inboxId)),
  verb(signatures.saveOfInbox, (ctx, { params, body }) => saveInboxSignature(ctx, params.inboxId, body)),
  verb(signatures.preview, (ctx, { params, body }) => previewSignature(ctx, { ...params, ...body })),
  verb(inboxes.update, (ctx, { params, body }) => updateInbox(ctx, params.inboxId, body)),
];
