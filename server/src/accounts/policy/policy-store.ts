import type { SignInPolicy } from '@rapport/contract';
import type { Tx } from '../../platform/database/index.ts';

/** What holds in an account that has said nothing else: two weeks without use, ninety days at most, a week to set up a second factor. */
export const usualPolicy = { idleMinutes: 20_160, longestMinutes: 129_600, mostSessions: null, graceDays: 7 } as const;

export async function selectPolicy(tx: Tx, accountId: string): Promise<SignInPolicy> {
  const row = await tx.selectFrom('sign_in_policy').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  const roles = await tx.selectFrom('role').select('id').where('account_id', '=', accountId).where('second_factor_since', 'is not', null).orderBy('id').execute();
  const secondFactorRoleIds = roles.map(({ id }) => id);
  return row ? { idleMinutes: row.idle_minutes, longestMinutes: row.longest_minutes, mostSessions: row.most_sessions, graceDays: row.grace_days, secondFactorRoleIds } : { ...usualPolicy, secondFactorRoleIds };
}

/** `now` is when the time to set up a second factor begins for the roles that did not need one before. */
export async function savePolicy(tx: Tx, accountId: string, policy: SignInPolicy, now: Date): Promise<void> {
  await tx.run(
    `insert into sign_in_policy (account_id, idle_minutes, longest_minutes, most_sessions, grace_days) values ($1, $2, $3, $4, $5)
     on conflict (account_id) do update set idle_minutes = excluded.idle_minutes, longest_minutes = excluded.longest_minutes, most_sessions = excluded.most_sessions, grace_days = excluded.grace_days`,
    [accountId, policy.idleMinutes, policy.longestMinutes, policy.mostSessions, policy.graceDays],
  );
  await tx.run('update role set second_factor_since = case when id = any($2::uuid[]) then coalesce(second_factor_since, $3) end where account_id = $1', [accountId, policy.secondFactorRoleIds, now]);
}

/** Whether any role the person has, in whatever account, needs a second factor; needs a transaction of the system. */
export async function needsSecondFactor(tx: Tx, loginId: string): Promise<boolean> {
  const rows = await tx.run("select 1 from agent a join role r on r.account_id = a.account_id and r.id = a.role_id where a.login_id = $1 and a.state = 'active' and r.second_factor_since is not null limit 1", [loginId]);
  return rows.length > 0;
}
