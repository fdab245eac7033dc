import type { Ctx, Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { deleteUnusedLogin } from '../sign-in/login-store.ts';
import { isViolation } from '../violation.ts';
import { updateDemo } from './account-store.ts';
import { deleteDemoAgent, selectDemoPeople, updateAgentRow } from './agent-store.ts';
import { deleteTeam } from './team-store.ts';

/** Marks the account as a demo or no demo any more. With `signIn` the sign-in page offers these credentials to everybody, so they must be a demo agent's. */
export async function markAsDemo(ctx: Ctx, demo: { isDemo: boolean; signIn: { email: string; password: string } | null }): Promise<void> {
  await updateDemo(ctx.tx, ctx.accountId, demo.isDemo, demo.signIn);
  await announce(ctx, 'account.changed', {});
}

/**
 * Removes the agents and teams a demo made, with their logins. Call it after the demo's cases and inboxes are gone; people and teams that real work has come to point to
 * stay, the people disabled. It opens transactions of its own, since logins are out of reach for an account's.
 */
export async function removeDemoPeople(platform: Platform, accountId: string): Promise<void> {
  const { agents, teams } = await platform.database.inAccount(accountId, (tx) => selectDemoPeople(tx, accountId));
  for (const agent of agents) {
    try {
      await platform.database.asSystem(async (tx) => {
        await deleteDemoAgent(tx, accountId, agent.id);
        if (agent.login_id !== null) await deleteUnusedLogin(tx, agent.login_id);
        await announce({ tx, accountId, clock: platform.clock }, 'people.changed', { agentId: agent.id });
      });
    } catch (error) {
      if (!isViolation(error, 'foreign-key')) throw error;
      await platform.database.inAccount(accountId, (tx) => updateAgentRow(tx, accountId, agent.id, { state: 'disabled' }));
    }
  }
  for (const teamId of teams) {
    try {
      await platform.database.inAccount(accountId, async (tx) => {
        await deleteTeam(tx, accountId, teamId);
        await announce({ tx, accountId, clock: platform.clock }, 'people.changed', { teamId });
      });
    } catch (error) {
      if (!isViolation(error, 'foreign-key')) throw error;
    }
  }
}
