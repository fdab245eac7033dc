import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { findRow, saveHealth } from './store.ts';

export interface InboxHealth {
  state: 'ok' | 'waiting' | 'failing';
  /** Public: says what is wrong and what to do. */
  detail: string | null;
}

// A channel may report after every fetch; the time it was checked need not be exact to the second.
const QUIET_MS = 60_000;

/** Remembers how an inbox fares. Agents hear of it when it changed, not each time it was checked. */
export async function recordHealth(ctx: Ctx, inboxId: string, health: InboxHealth): Promise<void> {
  const row = await findRow(ctx, inboxId);
  if (!row) return;
  const now = ctx.clock.now();
  const isSame = row.health.state === health.state && row.health.detail === health.detail;
  if (isSame && row.health.checkedAt !== null && now.getTime() - Date.parse(row.health.checkedAt) < QUIET_MS) return;
  await saveHealth(ctx, inboxId, { state: health.state, detail: health.detail, checkedAt: now.toISOString() });
  if (!isSame) await announce(ctx, 'inbox.changed', { inboxId });
}
