import type { Session } from '@rapport/contract';
import { mustBeAllowed, type AgentActor, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { readSession } from '../sign-in/read-session.ts';
import { saveUndoSeconds, selectAccount, updateAccountName } from './account-store.ts';
import { updateAgentRow } from './agent-store.ts';
import { chooseTimeZone, timeZoneOf } from './time-zone.ts';
import { undoSecondsOf } from './undo-seconds.ts';

type AgentCtx = Ctx & { actor: AgentActor };

/** The person's own name and language. */
export async function updateProfile(ctx: AgentCtx, input: { name?: string | undefined; locale?: 'en' | 'de' | undefined }): Promise<Session> {
  const { tx, accountId, actor } = ctx;
  await updateAgentRow(tx, accountId, actor.agentId, { ...(input.name === undefined ? {} : { name: input.name }), ...(input.locale === undefined ? {} : { locale: input.locale }) });
  if (input.name !== undefined && input.name !== actor.name) await recordAudit(ctx, 'profile.changed', { target: input.name, detail: { nameBefore: actor.name } });
  await announce(ctx, 'people.changed', { agentId: actor.agentId });
  return readSession(ctx, actor.agentId, actor);
}

export async function updateAccount(ctx: AgentCtx, input: { name?: string | undefined; undoSeconds?: number | undefined; timeZone?: string | undefined }): Promise<Session> {
  mustBeAllowed(ctx.actor, 'account.manage');
  const before = await selectAccount(ctx.tx, ctx.accountId);
  if (input.name !== undefined && input.name !== before?.name) {
    await updateAccountName(ctx.tx, ctx.accountId, input.name);
    await recordAudit(ctx, 'account.changed', { target: input.name, detail: { nameBefore: before?.name } });
    await announce(ctx, 'account.changed', {});
  }
  if (input.undoSeconds !== undefined && before && input.undoSeconds !== undoSecondsOf(before)) {
    await saveUndoSeconds(ctx.tx, ctx.accountId, input.undoSeconds);
    await recordAudit(ctx, 'account.changed', { target: before.name, detail: { undoSeconds: input.undoSeconds, undoSecondsBefore: undoSecondsOf(before) } });
    await announce(ctx, 'account.changed', {});
  }
  if (input.timeZone !== undefined && before && input.timeZone !== timeZoneOf(before)) {
    await chooseTimeZone(ctx, input.timeZone);
    await recordAudit(ctx, 'account.time_zone_changed', { target: before.name, detail: { timeZone: input.timeZone, timeZoneBefore: timeZoneOf(before) } });
    await announce(ctx, 'account.changed', {});
  }
  return readSession(ctx, ctx.actor.agentId, ctx.actor);
}
