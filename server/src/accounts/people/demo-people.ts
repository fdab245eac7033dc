import type { Ctx, Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import { announce } from '../../platform/events/index.ts';
import { deleteUnusedLogin } from '../sign-in/login-store.ts';
import { isViolation } from '../violation.ts';
import { updateDemo } from './account-store.ts';
import { deleteDemoAgent, selectDemoPeople, updateAgentRow } from './agent-store.ts';
import { adoptTeam, deleteTeam, hasBelongings, lockTeam } from './team-store.ts';

/** Marks the account as a demo or no demo any more. With `signIn` the sign-in page offers these credentials to everybody, so they must be a demo agent's. */
export async function markAsDemo(ctx: Ctx, demo: { isDemo: boolean; signIn: { email: string; password: string } | null }): Promise<void> {
  await updateDemo(ctx.tx, ctx.accountId, demo.isDemo, demo.signIn);
  await announce(ctx, 'account.changed', {});
}

/**
 * Removes the agents and teams a demo made, with their logins. Call it after the demo's cases and inboxes are gone; people and teams that real work has come to point to
 * stay, the people disabled, and the teams, saved replies and views that somebody wrote for them included, as teams like any other. Answers the names of the teams that stay. It opens transactions of its
 * own, since logins are out of reach for an account's.
 */
export async function removeDemoPeople(platform: Platform, accountId: string): Promise<string[]> {
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
  const kept: string[] = [];
  const inAccount = <T>(work: (tx: Tx) => Promise<T>) => platform.database.inAccount(accountId, work);
  for (const teamId of teams) {
    const keep = (tx: Tx) => adoptTeam(tx, accountId, teamId);
    // The demo itself writes none: whatever belongs to the team is somebody's own.
    const name = await inAccount(async (tx) => {
      if ((await lockTeam(tx, accountId, teamId)) && (await hasBelongings(tx, accountId, teamId))) return keep(tx);
      await deleteTeam(tx, accountId, teamId);
      return undefined;
    }).catch((error: unknown) => {
      if (!isViolation(error, 'foreign-key')) throw error;
      return inAccount(keep);
    });
    if (name !== undefined) kept.push(name);
    await inAccount((tx) => announce({ tx, accountId, clock: platform.clock }, 'people.changed', { teamId }));
  }
  return kept.sort();
}
