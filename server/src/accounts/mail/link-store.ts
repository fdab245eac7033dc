import type { Tx } from '../../platform/database/index.ts';

export interface LinkRow {
  id: string;
  agent_id: string;
}

export async function insertLink(tx: Tx, accountId: string, row: { id: string; agentId: string; kind: 'invitation' | 'reset'; hash: Buffer; now: Date; expiresAt: Date }): Promise<void> {
  await tx.insertInto('mailed_link').values({ account_id: accountId, id: row.id, agent_id: row.agentId, kind: row.kind, token_hash: row.hash, expires_at: row.expiresAt, created_at: row.now }).execute();
}

/** The link, as long as it may be used. */
export async function findLink(tx: Tx, accountId: string, kind: 'invitation' | 'reset', hash: Buffer, now: Date): Promise<LinkRow | undefined> {
  return tx.selectFrom('mailed_link').select(['id', 'agent_id']).where('account_id', '=', accountId).where('kind', '=', kind).where('token_hash', '=', hash).where('used_at', 'is', null).where('expires_at', '>', now).executeTakeFirst();
}

/** Uses the link up; false when somebody else was quicker. */
export async function useLink(tx: Tx, accountId: string, linkId: string, now: Date): Promise<boolean> {
  const rows = await tx.updateTable('mailed_link').set({ used_at: now }).where('account_id', '=', accountId).where('id', '=', linkId).where('used_at', 'is', null).where('expires_at', '>', now).returning('id').execute();
  return rows.length > 0;
}

/** Makes every open link of this kind to the agent worthless. */
export async function voidLinks(tx: Tx, accountId: string, agentId: string, kind: 'invitation' | 'reset', now: Date): Promise<void> {
  await tx.updateTable('mailed_link').set({ used_at: now }).where('account_id', '=', accountId).where('agent_id', '=', agentId).where('kind', '=', kind).where('used_at', 'is', null).execute();
}

/** As `voidLinks` for resets, in every account the person works for; needs a transaction of the system. */
export async function voidResetsOfLogin(tx: Tx, loginId: string, now: Date): Promise<void> {
  await tx.run(`update mailed_link l set used_at = $2 from agent a where a.login_id = $1 and l.account_id = a.account_id and l.agent_id = a.id and l.kind = 'reset' and l.used_at is null`, [loginId, now]);
}

export async function deleteOldLinks(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom('mailed_link').where('expires_at', '<', before).execute();
}
