import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { findRow, saveHealth, type HealthPart, type StoredHealth } from './store.ts';

export type InboxHealth = HealthPart;

// A channel may report after every fetch; the time it was checked need not be exact to the second.
const QUIET_MS = 60_000;

/** What both ways of an inbox come to: it fails when one of them does. */
export function healthOf(parts: Pick<StoredHealth, 'receiving' | 'sending'>, checkedAt: string | null): StoredHealth {
  const failing = [parts.receiving, parts.sending].filter((part) => part?.state === 'failing');
  const state = failing.length > 0 ? 'failing' : (parts.receiving ?? parts.sending) ? 'ok' : 'waiting';
  const details = failing.flatMap((part) => part?.detail ?? []);
  return { state, detail: details.length > 0 ? details.join(' ') : null, checkedAt, ...(parts.receiving ? { receiving: parts.receiving } : {}), ...(parts.sending ? { sending: parts.sending } : {}) };
}

/**
 * Remembers how one way of an inbox fares; `detail` is public and says what is wrong and what to do, `finding` and `values` the same for those who say it in their own words. Agents hear of it when it changed, not each time it was checked.
 */
export async function recordHealth(ctx: Ctx, inboxId: string, way: 'receiving' | 'sending', part: HealthPart): Promise<void> {
  const row = await findRow(ctx, inboxId);
  if (!row) return;
  const now = ctx.clock.now();
  const known = row.health[way];
  const isSame = known?.state === part.state && known.detail === part.detail;
  if (isSame && row.health.checkedAt !== null && now.getTime() - Date.parse(row.health.checkedAt) < QUIET_MS) return;
  const health = healthOf({ ...row.health, [way]: part }, now.toISOString());
  await saveHealth(ctx, inboxId, health);
  if (health.state !== row.health.state || health.detail !== row.health.detail) await announce(ctx, 'inbox.changed', { inboxId });
}
