import { makeToken } from '../server/src/accounts/token.ts';
import { newId } from '../server/src/platform/ids.ts';
import type { Bench } from './operations.ts';

/** Colleagues who see all that the bench's own agent sees, each with a key: one agent may not have a thousand browsers. */
export async function addColleagues({ pool, accountId }: Pick<Bench, 'pool' | 'accountId'>, count: number): Promise<{ id: string; key: string }[]> {
  return Promise.all(Array.from({ length: count }, async () => {
    const [id, { token, hash }] = [newId(), makeToken('api-key', accountId)];
    await pool.query(
      `insert into agent (account_id, id, email, name, role_id, created_at) select account_id, $2::uuid, $2::text || '@colleague.example', 'Colleague', role_id, now() from agent where account_id = $1 and email = 'bench@example.com'`,
      [accountId, id],
    );
    await pool.query(`insert into api_key (account_id, id, agent_id, name, prefix, token_hash, created_at) values ($1, gen_random_uuid(), $2, 'bench', 'rk', $3, now())`, [accountId, id, hash]);
    return { id, key: token };
  }));
}
