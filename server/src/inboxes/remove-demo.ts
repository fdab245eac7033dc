import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { deleteDemoInboxes } from './store.ts';

/** Removes a demo's inboxes with their addresses. Call it after the demo's cases are gone: every case of a demo inbox is one of them. */
export async function removeDemoInboxes(ctx: Ctx): Promise<void> {
  for (const inboxId of await deleteDemoInboxes(ctx)) await announce(ctx, 'inbox.changed', { inboxId });
}
