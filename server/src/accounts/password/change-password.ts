import type { BodyOf, accounts } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rightsChanged } from '../../platform/rights-changed.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { voidResetsOfLogin } from '../mail/link-store.ts';
import { selectAccount } from '../people/account-store.ts';
import { updatePassword } from '../sign-in/login-store.ts';
import { getLoginToChange, type SignedInAgent } from '../sign-in/own-login.ts';
import { deleteSessionsOfLogin } from '../sign-in/session-store.ts';
import { hashPassword } from './hash-password.ts';
import { mustBeStrong } from './password-rules.ts';
import { forgetTries, provePassword } from './prove-password.ts';

/** Changes the person's own password. Every other session of theirs and every reset link on its way ends: one of them may be why it is changed. */
export async function changePassword(platform: Platform, who: SignedInAgent, input: BodyOf<typeof accounts.changePassword>, http: Http): Promise<void> {
  const login = await getLoginToChange(platform, who);
  // Who has none yet, and signs in by passkey, has proved that a moment ago.
  if (login.password_hash !== null) {
    await provePassword(platform, login, login.email, input.current ?? '', http);
    await forgetTries(platform, login.email, http);
  }
  if (input.next === input.current) throw new Refusal('weak_password', 'This is your present password.');
  const account = await platform.database.asSystem((tx) => selectAccount(tx, who.accountId));
  mustBeStrong(input.next, { email: login.email, name: who.name, company: account?.name ?? '' });
  const passwordHash = await hashPassword(input.next);
  await platform.database.asSystem(async (tx) => {
    const ctx = { tx, accountId: who.accountId, clock: platform.clock, actor: who, platform };
    await updatePassword(tx, login.id, passwordHash, platform.clock.now());
    await voidResetsOfLogin(tx, login.id, platform.clock.now());
    const ended = await deleteSessionsOfLogin(tx, login.id, who.sessionId);
    await recordAudit(ctx, 'password.changed', { target: login.email, detail: { sessionsEnded: ended.length } });
    for (const each of ended) rightsChanged({ ...ctx, accountId: each.account_id }, each.agent_id);
  });
}
