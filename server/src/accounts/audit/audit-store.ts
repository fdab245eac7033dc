import type { Tx } from '../../platform/database/index.ts';

export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  target: string | null;
  address: string | null;
  detail: Record<string, unknown>;
}

export async function insertAudit(tx: Tx, accountId: string, row: AuditRow): Promise<void> {
  await tx.named('insert_audit', 'insert into audit_record (account_id, id, at, actor, action, target, address, detail) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
    accountId, row.id, row.at, row.actor, row.action, row.target, row.address, JSON.stringify(row.detail),
  ]);
}

/** Newest first, below the id when one is given. */
export async function selectAudit(tx: Tx, accountId: string, before: string | undefined, limit: number): Promise<AuditRow[]> {
  let query = tx.selectFrom('audit_record').select(['id', 'at', 'actor', 'action', 'target', 'address', 'detail']).where('account_id', '=', accountId);
  if (before !== undefined) query = query.where('id', '<', before);
  return (await query.orderBy('id', 'desc').limit(limit).execute()) as AuditRow[];
}

/**
 * A sign-in that failed, in every account the login belongs to. For a login that does not exist it does the same work and writes nothing, and neither waits for the
 * disk, so that the time of the answer does not tell one from the other.
 */
export async function insertFailedSignIn(tx: Tx, loginId: string, row: { id: string; at: Date; address: string; detail: Record<string, unknown> }): Promise<void> {
  await tx.run('set local synchronous_commit = off');
  await tx.run(
    `insert into audit_record (account_id, id, at, actor, action, target, address, detail)
     select a.account_id, $2, $3, a.name, 'sign_in.failed', a.email, $4, $5 from agent a where a.login_id = $1 and a.state <> 'invited'`,
    [loginId, row.id, row.at, row.address, JSON.stringify(row.detail)],
  );
}
