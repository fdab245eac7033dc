import { createHash } from 'node:crypto';
import { systemActor, type Ctx, type Platform } from '../../platform/context.ts';
import { countHit } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { insertLink, voidLinks } from '../mail/link-store.ts';
import { linkTo } from '../mail/links.ts';
import { resetText } from '../mail/mail-texts.ts';
import { queueSystemMail } from '../mail/queue-system-mail.ts';
import { selectAccount } from '../people/account-store.ts';
import { selectAgent } from '../people/agent-store.ts';
import { findLoginByEmail, normalEmail, selectPlaces } from '../sign-in/login-store.ts';
import { makeToken } from '../token.ts';

const LINK_MS = 3_600_000;
// Nobody needs more, and nobody's mailbox shall be filled by others.
const MAILS = { per: 'address', max: 3, windowSeconds: 3_600 } as const;

/** A link by which the agent's person may choose a new password within the hour. Earlier ones to the agent end. */
export async function makeResetLink(ctx: Pick<Ctx, 'tx' | 'accountId' | 'clock' | 'platform'>, agentId: string): Promise<{ url: string; expiresAt: Date }> {
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + LINK_MS);
  await voidLinks(ctx.tx, ctx.accountId, agentId, 'reset', now);
  const { token, hash } = makeToken('reset', ctx.accountId);
  await insertLink(ctx.tx, ctx.accountId, { id: newId(), agentId, kind: 'reset', hash, now, expiresAt });
  return { url: linkTo(ctx.platform.config, 'reset-password', token), expiresAt };
}

async function mailLink(platform: Platform, email: string, address: string): Promise<void> {
  const place = await platform.database.asSystem(async (tx) => {
    const login = await findLoginByEmail(tx, email);
    return login && (await selectPlaces(tx, login.id))[0];
  });
  if (!place) return;
  await platform.database.inAccount(place.account_id, async (tx) => {
    const ctx = { tx, accountId: place.account_id, clock: platform.clock, platform, actor: systemActor('password reset') };
    const agent = await selectAgent(tx, ctx.accountId, place.agent_id);
    const account = await selectAccount(tx, ctx.accountId);
    if (!agent || !account) return;
    const { url, expiresAt } = await makeResetLink(ctx, agent.id);
    // To the address of the login, never to the one that was typed.
    await queueSystemMail(ctx, { kind: 'reset', recipient: agent.email, sendBefore: expiresAt, ...resetText(agent.locale, { name: agent.name, company: account.name, url }) });
    await recordAudit(ctx, 'password.reset_requested', { target: agent.email, address });
  });
}

export const resetMailJob = defineJob<{ email: string; address: string }>({
  name: 'accounts.reset-mail',
  run: (platform, data) => mailLink(platform, data.email, data.address),
});

/** Has a reset link mailed if somebody signs in with this address. All that depends on whether somebody does happens later, in a job, so the answer tells nothing. */
export async function requestReset(platform: Platform, input: { email: string }, address: string): Promise<void> {
  const email = normalEmail(input.email);
  const { left } = await countHit(platform.database, `reset ${createHash('sha256').update(email).digest('base64url')}`, MAILS);
  if (left < 0) return;
  await platform.database.asSystem((tx) => platform.jobs.enqueue(tx, resetMailJob, { email, address }));
}
