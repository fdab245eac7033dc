import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isViolation } from '../violation.ts';
import { updateExternalId } from './agent-store.ts';

/** Keeps what another program (a directory) calls the agent, so that it finds them again whatever their name and address become. */
export async function setExternalId(ctx: Pick<Ctx, 'tx' | 'accountId'>, agentId: string, externalId: string | null): Promise<void> {
  try {
    await updateExternalId(ctx.tx, ctx.accountId, agentId, externalId);
  } catch (error) {
    throw isViolation(error, 'unique') ? new Refusal('name_taken', 'Another agent has this external id.') : error;
  }
}
