import type { NotificationChoices, NotificationSettings } from '@rapport/contract';
import type { AgentActor, Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { isTimeZone } from '../platform/wall-clock.ts';
import { defaultChoices, readChoices } from './defaults.ts';
import { findSetting, saveSetting } from './store.ts';

export async function settingsOf(ctx: Ctx, agentId: string): Promise<NotificationSettings> {
  const row = await findSetting(ctx, agentId);
  const isPaused = row?.paused_until !== null && row?.paused_until !== undefined && row.paused_until > ctx.clock.now();
  return { choices: readChoices(row?.settings), timeZone: row?.time_zone ?? null, pausedUntil: isPaused ? (row.paused_until?.toISOString() ?? null) : null };
}

export const getSettings = (ctx: Ctx & { actor: AgentActor }) => settingsOf(ctx, ctx.actor.agentId);

/** Refuses a time zone that does not exist. */
export async function saveSettings(ctx: Ctx & { actor: AgentActor }, wanted: { choices: NotificationChoices; timeZone: string }): Promise<NotificationSettings> {
  if (!isTimeZone(wanted.timeZone)) throw new Refusal('invalid_request', 'body.timeZone: This time zone does not exist.');
  const before = await findSetting(ctx, ctx.actor.agentId);
  await saveSetting(ctx, ctx.actor.agentId, { settings: wanted.choices, timeZone: wanted.timeZone, pausedUntil: before?.paused_until ?? null });
  await announce(ctx, 'notification.changed', { agentId: ctx.actor.agentId });
  return getSettings(ctx);
}

const LONGEST_PAUSE_MS = 60 * 86_400_000;

/** Tells nothing until then; null ends a pause. */
export async function pause(ctx: Ctx & { actor: AgentActor }, until: string | null): Promise<NotificationSettings> {
  const at = until === null ? null : new Date(until);
  if (at && (at <= ctx.clock.now() || at.getTime() > ctx.clock.now().getTime() + LONGEST_PAUSE_MS)) throw new Refusal('invalid_request', 'body.until: Choose a time that is still to come, at most sixty days from now.');
  const before = await findSetting(ctx, ctx.actor.agentId);
  await saveSetting(ctx, ctx.actor.agentId, { settings: before?.settings ?? defaultChoices, timeZone: before?.time_zone ?? null, pausedUntil: at });
  await announce(ctx, 'notification.changed', { agentId: ctx.actor.agentId });
  return getSettings(ctx);
}
