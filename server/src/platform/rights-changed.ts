import type { Bus } from './bus/index.ts';
import type { Ctx } from './context.ts';

const SUBJECT = 'rights';

/** Whose rights may be others now; `agentId` null means everybody of the account. */
export interface RightsChange {
  accountId: string;
  agentId: string | null;
}

/**
 * Call it in the transaction that ends a session or changes what somebody may do: after the commit, open web sockets ask again who is behind them.
 * A hint that is lost costs seconds, not safety: they ask on their own every half minute, and every request is checked anyway.
 */
export function rightsChanged(ctx: Pick<Ctx, 'tx' | 'accountId' | 'platform'>, agentId: string | null): void {
  ctx.tx.afterCommit(() => ctx.platform.bus.publish(SUBJECT, { accountId: ctx.accountId, agentId } satisfies RightsChange));
}

export function onRightsChanged(bus: Bus, handle: (change: RightsChange) => void): () => void {
  return bus.subscribe(SUBJECT, (payload) => handle(payload as RightsChange));
}
