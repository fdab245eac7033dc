import type { Entry } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { findEntry, findNewerChange, findNewerMessage } from './entry-store.ts';
import { shapeEntry } from './shape-entry.ts';

const writerOf = (ctx: Ctx): string | null => (ctx.actor.kind === 'agent' ? ctx.actor.agentId : null);

async function shown(ctx: Ctx, caseId: string, entryId: string): Promise<Entry | null> {
  const row = await findEntry(ctx, caseId, entryId);
  return row ? shapeEntry(row) : null;
}

/** Refuses `newer_message` when a customer or a colleague wrote after what was seen; `extra.entry` is what they wrote. */
export async function mustHaveSeenMessages(ctx: Ctx, caseId: string, seenEntryId: string, detail: string): Promise<void> {
  const newer = await findNewerMessage(ctx, caseId, seenEntryId, writerOf(ctx));
  if (newer !== undefined) throw new Refusal('newer_message', detail, { extra: { entry: await shown(ctx, caseId, newer) } });
}

/** Refuses `changed_meanwhile` when a colleague changed one of the same things after what was seen; `extra.entry` is their change. */
export async function mustHaveSeenChanges(ctx: Ctx, caseId: string, seenEntryId: string, fields: readonly string[]): Promise<void> {
  const newer = await findNewerChange(ctx, caseId, seenEntryId, writerOf(ctx), fields);
  if (newer !== undefined) throw new Refusal('changed_meanwhile', 'A colleague has just changed the same. Look at it first.', { extra: { entry: await shown(ctx, caseId, newer) } });
}
