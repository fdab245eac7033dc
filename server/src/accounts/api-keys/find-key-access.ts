import type { Ctx } from '../../platform/context.ts';
import { findAgentAccess, type AgentAccess } from '../people/agent-access.ts';
import { ceilingOf, withinCeiling } from '../people/rights.ts';
import { selectLivingKey } from './api-key-store.ts';

/** The name of a key and what it may do today: its agent's rights of the moment, within its ceiling. Undefined when it was revoked or has run out. */
export async function findKeyAccess(ctx: Pick<Ctx, 'tx' | 'accountId'>, apiKeyId: string, now: Date): Promise<(AgentAccess & { keyName: string }) | undefined> {
  const key = await selectLivingKey(ctx.tx, ctx.accountId, apiKeyId, now);
  const access = key && (await findAgentAccess(ctx, key.agent_id));
  return access && { ...access, ...withinCeiling(access, ceilingOf(key)), keyName: key.name };
}
