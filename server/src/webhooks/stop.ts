import { recordAudit } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { turnOff, type EndpointRow } from './store.ts';

/** Turns an endpoint off because it acts for nobody any more: who made it has left or may no longer do so, or its key is gone; or because its secret cannot be read any more. */
export async function stop(ctx: Ctx, endpoint: Pick<EndpointRow, 'id' | 'name'>, reason: 'agent_left' | 'key_gone' | 'secret_lost'): Promise<void> {
  await turnOff(ctx, endpoint.id, reason);
  await recordAudit(ctx, 'webhook.stopped', { target: endpoint.name, detail: { endpointId: endpoint.id, reason } });
}
