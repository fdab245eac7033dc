import { systemActor, type Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { findLink, useLink, voidResetsOfLogin } from '../mail/link-store.ts';
import { selectAccount } from '../people/account-store.ts';
import { selectAgent } from '../people/agent-store.ts';
import { updatePassword } from '../sign-in/login-store.ts';
import { deleteSessionsOfLogin } from '../sign-in/session-store.ts';
import { readToken } from '../token.ts';
import { hashPassword } from './hash-password.ts';
import { mustBeStrong } from './password-rules.ts';
import { forgetTries } from './prove-password.ts';

const expired = () => new Refusal('link_expired', 'Ask for a new link; each works once and for one hour.');

/**
 * Sets the password by a mailed link, which is used up, and ends every session of the person everywhere. It signs nobody in and leaves a second factor on: whoever
 * reads somebody's mail must not get past it.
 */
export async function resetPassword(platform: Platform, token: string, password: string, address: string): Promise<void> {
  const read = readToken('reset', token);
  if (!read) throw expired();
  const { accountId } = read;
  const found = await platform.database.inAccount(accountId, async (tx) => {
    const link = await findLink(tx, accountId, 'reset', read.hash, platform.clock.now());
    const agent = link && (await selectAgent(tx, accountId, link.agent_id));
    return link && agent && { link, agent, account: await selectAccount(tx, accountId) };
  });
  if (found?.agent.state !== 'active' || found.agent.login_id === null) throw expired();
  const { link, agent, account } = found;
  const loginId = found.agent.login_id;
  // A password that is too weak does not cost the link.
  mustBeStrong(password, { email: agent.email, name: agent.name, company: account?.name ?? '' });
  const passwordHash = await hashPassword(password);
  await platform.database.asSystem(async (tx) => {
    const now = platform.clock.now();
    const ctx = { tx, accountId, clock: platform.clock, actor: systemActor('password reset'), platform };
    if (!(await useLink(tx, accountId, link.id, now))) throw expired();
    await updatePassword(tx, loginId, passwordHash, now);
    await voidResetsOfLogin(tx, loginId, now);
    const ended = await deleteSessionsOfLogin(tx, loginId);
    await recordAudit(ctx, 'password.reset', { target: agent.email, address, detail: { sessionsEnded: ended.length } });
    for (const each of ended) rightsChanged({ ...ctx, accountId: each.account_id }, each.agent_id);
  });
  await forgetTries(platform, agent.email);
}
