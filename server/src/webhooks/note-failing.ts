import { queueSystemMail, recordAudit } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { offText } from './off-text.ts';
import { PATIENCE_MS, pauseAfter } from './retry.ts';
import { setFailing, turnOff, type EndpointRow } from './store.ts';

/**
 * Notes that an endpoint took nothing of a whole round. Returns until when it is left alone; undefined when it was turned off, because it has taken nothing for days or says
 * that it is gone for good (410). Whom it acts for is told by mail.
 */
export async function noteFailing(ctx: Ctx, endpoint: EndpointRow, isGone: boolean): Promise<Date | undefined> {
  const now = ctx.clock.now();
  const since = endpoint.failing_since ?? now;
  const failures = endpoint.failures + 1;
  const pausedUntil = new Date(now.getTime() + pauseAfter(failures));
  await setFailing(ctx, endpoint.id, { since, failures, pausedUntil });
  if (!isGone && now.getTime() - since.getTime() < PATIENCE_MS) return pausedUntil;
  await turnOff(ctx, endpoint.id, isGone ? 'gone' : 'failing');
  await recordAudit(ctx, 'webhook.turned_off', { target: endpoint.name, detail: { endpointId: endpoint.id, reason: isGone ? 'gone' : 'failing' } });
  await queueSystemMail(ctx, { kind: 'notice', recipient: endpoint.agent_email, sendBefore: new Date(now.getTime() + PATIENCE_MS), ...offText(endpoint.agent_locale, { name: endpoint.name, isGone }) });
  return undefined;
}
