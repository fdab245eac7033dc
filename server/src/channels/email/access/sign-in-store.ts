import type { Ctx } from '../../../platform/context.ts';

export interface SignInRow {
  inbox_id: string;
  agent_id: string;
  sealed_verifier: Buffer;
  issuer: string;
  client_id: string;
}

/** Remembers who was sent to the provider; what expired is forgotten on the way. */
export async function insertSignIn(ctx: Ctx, stateHash: Buffer, row: SignInRow, expiresAt: Date): Promise<void> {
  await ctx.tx.run('delete from mail_sign_in where account_id = $1 and expires_at < $2', [ctx.accountId, ctx.clock.now()]);
  await ctx.tx.run('insert into mail_sign_in (account_id, state_hash, inbox_id, agent_id, sealed_verifier, issuer, client_id, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    ctx.accountId, stateHash, row.inbox_id, row.agent_id, row.sealed_verifier, row.issuer, row.client_id, expiresAt,
  ]);
}

/** Takes it away: whoever comes back comes back once, and only the one who was sent. */
export async function takeSignIn(ctx: Ctx, stateHash: Buffer, agentId: string): Promise<SignInRow | undefined> {
  const [row] = await ctx.tx.run<SignInRow>(
    'delete from mail_sign_in where account_id = $1 and state_hash = $2 and agent_id = $3 and expires_at >= $4 returning inbox_id, agent_id, sealed_verifier, issuer, client_id', [ctx.accountId, stateHash, agentId, ctx.clock.now()],
  );
  return row;
}
