import type { Ctx } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { Signature } from './render-signature.ts';

/** Whose signature: an inbox's or an agent's. */
export type SignatureOwner = { inboxId: string } | { agentId: string };
const idsOf = (owner: SignatureOwner): [string | null, string | null] => ('inboxId' in owner ? [owner.inboxId, null] : [null, owner.agentId]);

export async function findSignature(ctx: Ctx, owner: SignatureOwner): Promise<Signature | undefined> {
  const [row] = await ctx.tx.named<Signature>('signature_find', 'select text, html from signature where account_id = $1 and (inbox_id = $2 or agent_id = $3)', [ctx.accountId, ...idsOf(owner)]);
  return row;
}

export async function saveSignature(ctx: Ctx, owner: SignatureOwner, signature: Signature): Promise<void> {
  const of = 'inboxId' in owner ? 'inbox_id' : 'agent_id';
  await ctx.tx.run(
    `insert into signature (account_id, id, inbox_id, agent_id, text, html, updated_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (account_id, ${of}) do update set text = excluded.text, html = excluded.html, updated_at = excluded.updated_at`,
    [ctx.accountId, newId(), ...idsOf(owner), signature.text, signature.html, ctx.clock.now()],
  );
}

export async function deleteSignature(ctx: Ctx, owner: SignatureOwner): Promise<void> {
  await ctx.tx.run('delete from signature where account_id = $1 and (inbox_id = $2 or agent_id = $3)', [ctx.accountId, ...idsOf(owner)]);
}

export interface Signer {
  company: string;
  agentName: string | null;
  agentEmail: string | null;
  locale: string | null;
  teamName: string | null;
}

/** Who signs: the agent, the team of the case or else of the inbox, the company. */
export async function findSigner(ctx: Ctx, agentId: string | null, teamId: string | null): Promise<Signer> {
  const [row] = await ctx.tx.named<Signer>(
    'signature_signer',
    `select a.name as company, g.name as "agentName", g.email as "agentEmail", g.locale, t.name as "teamName" from account a
     left join agent g on g.account_id = a.id and g.id = $2 left join team t on t.account_id = a.id and t.id = $3 where a.id = $1`,
    [ctx.accountId, agentId, teamId],
  );
  return row as Signer;
}
