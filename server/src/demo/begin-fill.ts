import { markAsDemo } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { fillJob } from './fill.ts';
import { findDemo, insertDemo } from './store.ts';

export interface BeginFill {
  /** Whose desk the open cases are put on; null: they stay on the desk of the demo agent visitors sign in as. */
  hostAgentId: string | null;
  /** The account was made for the demo: the sign-in page offers the demo's sign-in to everybody, and removing the demo removes the account. */
  isWhole?: boolean;
  /** Now and then a customer writes, for as long as the demo is there. */
  trickles?: boolean;
}

/** Has the account filled with the demo company, once the transaction is through. An account that has one keeps it. */
export async function beginFill(ctx: Ctx, input: BeginFill): Promise<'filling' | 'filled'> {
  const isNew = await insertDemo(ctx.tx, { account_id: ctx.accountId, is_whole: input.isWhole ?? false, trickles: input.trickles ?? false, host_agent_id: input.hostAgentId }, ctx.clock.now());
  if (!isNew) return (await findDemo(ctx.tx, ctx.accountId))?.state === 'filled' ? 'filled' : 'filling';
  // Marked at once: what comes next is shown as a demo from its first case on.
  await markAsDemo(ctx, { isDemo: true, signIn: null });
  await ctx.platform.jobs.enqueue(ctx.tx, fillJob, { accountId: ctx.accountId });
  return 'filling';
}
