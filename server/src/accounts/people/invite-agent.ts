import type { Agent } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { mustHaveProved } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { insertLink, voidLinks } from '../mail/link-store.ts';
import { linkTo } from '../mail/links.ts';
import { invitationText } from '../mail/mail-texts.ts';
import { queueSystemMail } from '../mail/queue-system-mail.ts';
import { normalEmail } from '../sign-in/login-store.ts';
import { makeToken } from '../token.ts';
import { isViolation } from '../violation.ts';
import { selectAccount } from './account-store.ts';
import { insertAgent, mayBeInvited, selectAgent, selectAgentByEmail, updateAgentRow, type AgentRow } from './agent-store.ts';
import { setExternalId } from './external-id.ts';
import { isPowerful, mayGive, mayOpenTeams, rightsOf } from './giving.ts';
import { agentOf, getAgentRow } from './list-agents.ts';
import { selectRole } from './role-store.ts';
import { setTeamsOfAgent } from './team-store.ts';

const LINK_MS = 7 * 86_400_000;

export interface InviteAgent {
  email: string;
  name: string;
  roleId: string;
  teamIds: readonly string[];
  /** The language of the mail; the inviter's when left out. */
  locale?: 'en' | 'de';
  /** What another program calls this person. */
  externalId?: string | undefined;
}

const taken = () => new Refusal('email_taken', 'An agent with this address is here already. Look for them among the agents; they may be disabled.');

async function findInviter({ tx, accountId, actor }: Ctx): Promise<Pick<AgentRow, 'name' | 'locale'> | undefined> {
  return actor.kind === 'agent' ? selectAgent(tx, accountId, actor.agentId) : undefined;
}

async function saveInvited(ctx: Ctx, earlier: AgentRow | undefined, row: { email: string; name: string; roleId: string; locale: 'en' | 'de' }): Promise<string> {
  const { tx, accountId } = ctx;
  if (earlier) {
    await updateAgentRow(tx, accountId, earlier.id, row);
    await voidLinks(tx, accountId, earlier.id, 'invitation', ctx.clock.now());
    return earlier.id;
  }
  const id = newId();
  try {
    await insertAgent(tx, accountId, { ...row, id, loginId: null, state: 'invited', now: ctx.clock.now() });
  } catch (error) {
    // Somebody else invited them in the same moment.
    throw isViolation(error, 'unique') ? taken() : error;
  }
  return id;
}

/**
 * Invites somebody by mail, for seven days. Inviting someone again who has not come yet sends a new link and makes the old one worthless. No login is made before the
 * invitation is accepted. `invitationUrl` is for handing over in person; treat it like a password.
 */
export async function inviteAgent(ctx: Ctx, input: InviteAgent): Promise<{ agent: Agent; invitationUrl: string }> {
  mustBeAllowed(ctx.actor, 'agent.manage');
  const { tx, accountId, platform } = ctx;
  const email = normalEmail(input.email);
  const role = await selectRole(tx, accountId, input.roleId);
  if (!role) throw new Refusal('not_found', 'This role does not exist.');
  mayGive(ctx, rightsOf(role));
  // Whoever finds an open screen must not make themselves an admin.
  if (isPowerful(rightsOf(role))) mustHaveProved(ctx.actor, ctx.clock.now());
  await mayOpenTeams(ctx, input.teamIds);
  const earlier = await selectAgentByEmail(tx, accountId, email);
  if (earlier && !mayBeInvited(earlier)) throw taken();
  if (earlier) mayGive(ctx, rightsOf(earlier));
  const inviter = await findInviter(ctx);
  const account = await selectAccount(tx, accountId);
  const company = account?.name ?? '';
  const locale = input.locale ?? inviter?.locale ?? 'en';
  const agentId = await saveInvited(ctx, earlier, { email, name: input.name, roleId: role.id, locale });
  await setTeamsOfAgent(tx, accountId, agentId, input.teamIds);
  if (input.externalId !== undefined) await setExternalId(ctx, agentId, input.externalId);
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + LINK_MS);
  const { token, hash } = makeToken('invitation', accountId);
  await insertLink(tx, accountId, { id: newId(), agentId, kind: 'invitation', hash, now, expiresAt });
  const invitationUrl = linkTo(platform.config, 'invitation', token);
  await queueSystemMail(ctx, { kind: 'invitation', recipient: email, sendBefore: expiresAt, ...invitationText(locale, { name: input.name, company, inviter: inviter?.name ?? company, url: invitationUrl }) });
  await recordAudit(ctx, 'agent.invited', { target: email, detail: { invitedId: agentId, role: role.name } });
  await announce(ctx, 'people.changed', { agentId });
  return { agent: agentOf(await getAgentRow(ctx, agentId)), invitationUrl };
}
