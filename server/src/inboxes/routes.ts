import { inboxes, signatures } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { listInboxes } from './list-inboxes.ts';
import { getInboxSignature, getOwnSignature, previewSignature, saveInboxSignature, saveOwnSignature } from './signatures.ts';

/** Setting inboxes up, trying settings out and handing in raw mails belong to the channel that can. */
export const routes: Route[] = [
  verb(inboxes.list, (ctx) => listInboxes(ctx)),
  verb(signatures.getOwn, (ctx) => getOwnSignature(ctx)),
  verb(signatures.saveOwn, (ctx, { body }) => saveOwnSignature(ctx, body)),
  verb(signatures.getOfInbox, (ctx, { params }) => getInboxSignature(ctx, params.inboxId)),
  verb(signatures.saveOfInbox, (ctx, { params, body }) => saveInboxSignature(ctx, params.inboxId, body)),
  verb(signatures.preview, (ctx, { params, body }) => previewSignature(ctx, { ...params, ...body })),
];
