import type { Inbox } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { shapeInbox } from './shape-inbox.ts';
import { selectRows } from './store.ts';

export async function listInboxes(ctx: Ctx): Promise<{ items: Inbox[] }> {
  return { items: (await selectRows(ctx)).map((row) => shapeInbox(ctx, row)) };
}
