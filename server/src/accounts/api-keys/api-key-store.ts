import type { CaseScope, Permission } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface ApiKeyRow {
  api_key_id: string;
  last_used_at: Date | null;
  ceiling_permissions: Permission[] | null;
  ceiling_scope: CaseScope | null;
  agent_id: string;
  name: string;
  permissions: Permission[];
  case_scope: CaseScope;
  team_ids: string[];
}

const FIND = `
  select k.id as api_key_id, k.last_used_at, k.ceiling_permissions, k.ceiling_scope, a.id as agent_id, a.name, r.permissions, r.case_scope,
    array(select m.team_id from team_member m where m.account_id = a.account_id and m.agent_id = a.id order by m.team_id) as team_ids
  from api_key k join agent a on a.account_id = k.account_id and a.id = k.agent_id join role r on r.account_id = a.account_id and r.id = a.role_id
  where k.account_id = $1 and k.token_hash = $2 and (k.expires_at is null or k.expires_at > $3) and a.state = 'active'`;

/** Whose key this is, with what the agent may do today; one statement, as for sessions. */
export async function findApiKey(platform: Platform, accountId: string, hash: Buffer, now: Date): Promise<ApiKeyRow | undefined> {
  const values = [accountId, hash, now];
  const query = platform.config.databasePrepare ? { name: 'find_api_key', text: FIND, values } : { text: FIND, values };
  return (await platform.database.pool.query<ApiKeyRow>(query)).rows[0];
}

export async function touchApiKey(tx: Tx, key: { accountId: string; apiKeyId: string; now: Date; onlyIfUsedBefore: Date }): Promise<void> {
  await tx.named('touch_api_key', 'update api_key set last_used_at = $3 where account_id = $1 and id = $2 and (last_used_at is null or last_used_at <= $4)', [key.accountId, key.apiKeyId, key.now, key.onlyIfUsedBefore]);
}

export async function insertApiKey(tx: Tx, row: {
  accountId: string; id: string; agentId: string; name: string; prefix: string; hash: Buffer; createdAt: Date; createdBy: string | undefined; expiresAt: Date | undefined;
  ceiling: { permissions: ReadonlySet<Permission>; caseScope: CaseScope } | undefined;
}): Promise<void> {
  await tx.insertInto('api_key').values({
    account_id: row.accountId, id: row.id, agent_id: row.agentId, name: row.name, prefix: row.prefix, token_hash: row.hash, created_at: row.createdAt, created_by: row.createdBy ?? null, expires_at: row.expiresAt ?? null,
    ceiling_permissions: row.ceiling ? [...row.ceiling.permissions] : null, ceiling_scope: row.ceiling?.caseScope ?? null,
  }).execute();
}

export async function selectApiKeys(tx: Tx, accountId: string) {
  return tx.selectFrom('api_key').innerJoin('agent', (join) => join.onRef('agent.account_id', '=', 'api_key.account_id').onRef('agent.id', '=', 'api_key.agent_id'))
    .select(['api_key.id', 'api_key.name', 'api_key.prefix', 'api_key.agent_id', 'agent.name as agent_name', 'api_key.created_at', 'api_key.last_used_at', 'api_key.expires_at'])
    .where('api_key.account_id', '=', accountId).orderBy('api_key.id', 'desc').execute();
}

/** The key, unless it has run out. */
export async function selectLivingKey(tx: Tx, accountId: string, apiKeyId: string, now: Date): Promise<Pick<ApiKeyRow, 'agent_id' | 'name' | 'ceiling_permissions' | 'ceiling_scope'> | undefined> {
  const [row] = await tx.run<Pick<ApiKeyRow, 'agent_id' | 'name' | 'ceiling_permissions' | 'ceiling_scope'>>('select agent_id, name, ceiling_permissions, ceiling_scope from api_key where account_id = $1 and id = $2 and (expires_at is null or expires_at > $3)', [accountId, apiKeyId, now]);
  return row;
}

/** Removes the key and tells its name; undefined when there is none. */
export async function deleteApiKey(tx: Tx, accountId: string, apiKeyId: string): Promise<{ name: string; agent_id: string } | undefined> {
  return tx.deleteFrom('api_key').where('account_id', '=', accountId).where('id', '=', apiKeyId).returning(['name', 'agent_id']).executeTakeFirst();
}
