import { createHash } from 'node:crypto';
import type { Tx } from '../database/index.ts';
import { Refusal } from '../refusal.ts';

const KEY = /^[\x21-\x7e]{8,200}$/;

export interface Claim {
  /** The first answer, when this key has been used for the same request. */
  earlier: { status: number; answer: unknown } | undefined;
  save(tx: Tx, status: number, answer: unknown): Promise<void>;
}

/**
 * Claims an idempotency key in the transaction of the request itself: the key, the change and the answer commit together. A second request with the
 * key waits for the first to end, then answers the same; with other contents it is refused.
 */
export async function claimKey(tx: Tx, accountId: string, agentId: string, key: string, request: { method: string; url: string; body: unknown }, now: Date): Promise<Claim> {
  if (!KEY.test(key)) throw new Refusal('invalid_request', 'Idempotency-Key: use 8 to 200 printable characters, for example a UUID.');
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.from(JSON.stringify(request.body ?? null));
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`).update(body).digest();
  const fresh = await tx.run('insert into idempotency_key (account_id, agent_id, key, request_hash, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1', [accountId, agentId, key, hash, now]);
  const save = async (within: Tx, status: number, answer: unknown) => {
    await within.run('update idempotency_key set status = $4, answer = $5 where account_id = $1 and agent_id = $2 and key = $3', [accountId, agentId, key, status, JSON.stringify(answer ?? null)]);
  };
  if (fresh.length > 0) return { earlier: undefined, save };
  const [row] = await tx.run<{ request_hash: Buffer; status: number | null; answer: unknown }>('select request_hash, status, answer from idempotency_key where account_id = $1 and agent_id = $2 and key = $3', [accountId, agentId, key]);
  if (!row || row.status === null) throw new Refusal('key_in_flight', 'Wait a moment and send the same request again.');
  if (!row.request_hash.equals(hash)) throw new Refusal('key_reused', 'Use a new Idempotency-Key for a new request.');
  return { earlier: { status: row.status, answer: row.answer }, save };
}
