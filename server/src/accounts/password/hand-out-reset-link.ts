import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { getAgentByEmail } from '../people/find-people.ts';
import { makeResetLink } from './request-reset.ts';

/** A reset link to hand over in person, for somebody no mail reaches. Only the system may, that is whoever runs the server: the link is as good as the password. */
export async function handOutResetLink(ctx: Ctx, email: string): Promise<{ url: string; expiresAt: Date }> {
  if (ctx.actor.kind !== 'system') throw new Refusal('not_allowed');
  const agent = await getAgentByEmail(ctx, email);
  if (agent.state !== 'active') throw new Refusal('not_allowed', agent.state === 'invited' ? 'They have not accepted their invitation yet. Invite them again.' : 'This agent is disabled.');
  const link = await makeResetLink(ctx, agent.id);
  await recordAudit(ctx, 'password.reset_link_handed_out', { target: agent.email });
  return link;
}
