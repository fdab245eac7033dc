import type { BodyOf, ResponseOf, Session, accounts } from '@rapport/contract';
import type { AgentActor, Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import type { Http } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { findLink, useLink } from '../mail/link-store.ts';
import { hashPassword } from '../password/hash-password.ts';
import { mustBeStrong } from '../password/password-rules.ts';
import { forgetTries } from '../password/prove-password.ts';
import type { ProvedBy } from '../second-factor/prove-code.ts';
import { enter, entryBy } from '../sign-in/enter.ts';
import { findLoginByEmail, insertLogin, type LoginRow } from '../sign-in/login-store.ts';
import { proveLogin } from '../sign-in/sign-in.ts';
import { readToken } from '../token.ts';
import { isViolation } from '../violation.ts';
import { selectAccount } from './account-store.ts';
import { mayBeInvited, selectAgent, updateAgentRow, type AgentRow } from './agent-store.ts';

const expired = () => new Refusal('link_expired', 'Ask whoever invited you for a new invitation; each works once and for seven days.');

interface Invitation {
  accountId: string;
  linkId: string;
  agent: AgentRow;
  company: string;
  login: LoginRow | undefined;
}

async function getOpenInvitation(platform: Platform, token: string): Promise<Invitation> {
  const read = readToken('invitation', token);
  if (!read) throw expired();
  const { accountId } = read;
  const found = await platform.database.inAccount(accountId, async (tx) => {
    const link = await findLink(tx, accountId, 'invitation', read.hash, platform.clock.now());
    const agent = link && (await selectAgent(tx, accountId, link.agent_id));
    return link && agent && { linkId: link.id, agent, company: (await selectAccount(tx, accountId))?.name ?? '' };
  });
  // Who came by the company's sign-in has no login; an invitation gives them one of their own.
  if (!found || !mayBeInvited(found.agent)) throw expired();
  const login = await platform.database.asSystem((tx) => findLoginByEmail(tx, found.agent.email));
  return { accountId, ...found, login };
}

/** Whom an invitation is for, so that the page can greet them and ask for the right password. */
export async function getInvitation(platform: Platform, token: string): Promise<ResponseOf<typeof accounts.getInvitation>> {
  const { agent, company, login } = await getOpenInvitation(platform, token);
  return { email: agent.email, name: agent.name, company, hasLogin: login !== undefined };
}

async function join(platform: Platform, invitation: Invitation, input: { name: string }, passwordHash: string | undefined, http: Http): Promise<void> {
  const { accountId, agent } = invitation;
  await platform.database.inAccount(accountId, async (tx) => {
    const now = platform.clock.now();
    if (!(await useLink(tx, accountId, invitation.linkId, now))) throw expired();
    let loginId = invitation.login?.id;
    if (loginId === undefined) {
      loginId = newId();
      await insertLogin(tx, { id: loginId, email: agent.email, passwordHash: passwordHash ?? null, now });
    }
    await updateAgentRow(tx, accountId, agent.id, { name: input.name, state: 'active', loginId, ...(agent.state === 'invited' ? { roleSince: now } : {}) });
    const actor: AgentActor = { kind: 'agent', agentId: agent.id, name: input.name, permissions: new Set(), caseScope: 'own', teamIds: [], address: http.address };
    const ctx = { tx, accountId, clock: platform.clock, actor };
    await recordAudit(ctx, 'agent.joined', { target: agent.email, detail: { role: agent.role_name } });
    await announce(ctx, 'people.changed', { agentId: agent.id });
  });
}

/**
 * Accepts an invitation and signs in. A newcomer chooses a password. Whoever has a login already proves it with its password, and its code where there is a second
 * factor: the link alone, which passes through other people's hands, must never change or open a login that exists.
 */
export async function acceptInvitation(platform: Platform, token: string, input: BodyOf<typeof accounts.acceptInvitation>, http: Http): Promise<Session> {
  const invitation = await getOpenInvitation(platform, token);
  const { accountId, agent, company, login } = invitation;
  let passwordHash: string | undefined;
  let proved: ProvedBy | undefined;
  if (login) {
    proved = await proveLogin(platform, login, { email: login.email, password: input.password, code: input.code }, http);
  } else {
    mustBeStrong(input.password, { email: agent.email, name: input.name, company });
    passwordHash = await hashPassword(input.password);
  }
  try {
    await join(platform, invitation, input, passwordHash, http);
  } catch (error) {
    // The address got a login in this very moment; from now on it must be proved.
    throw isViolation(error, 'unique') ? new Refusal('wrong_credentials', 'This address has a password already. Use that one.') : error;
  }
  const session = await enter(platform, accountId, agent.id, http, entryBy(proved));
  if (login) await forgetTries(platform, login.email, http);
  return session;
}
