import type { FastifyReply } from 'fastify';
import type { Limit } from '@rapport/contract';
import type { Database } from '../database/index.ts';
import { Refusal } from '../refusal.ts';

/** Counts a hit in a fixed window kept in the database, so that it holds over all processes and restarts. Returns the hits left and seconds until it starts anew. */
export async function countHit(database: Database, bucket: string, limit: Limit): Promise<{ left: number; resetSeconds: number }> {
  const [row] = await database.asSystem((tx) =>
    tx.run<{ hits: number; reset: number }>(
      `insert into rate_limit as r (bucket, window_start, hits) values ($1, now(), 1)
       on conflict (bucket) do update set
         hits = case when r.window_start < now() - make_interval(secs => $2) then 1 else r.hits + 1 end,
         window_start = case when r.window_start < now() - make_interval(secs => $2) then now() else r.window_start end
       returning hits, ceil(extract(epoch from window_start + make_interval(secs => $2) - now()))::int as reset`,
      [bucket, limit.windowSeconds],
    ),
  );
  return { left: limit.max - (row?.hits ?? 1), resetSeconds: row?.reset ?? limit.windowSeconds };
}

export async function enforceLimit(database: Database, bucket: string, limit: Limit, reply?: FastifyReply): Promise<void> {
  const { left, resetSeconds } = await countHit(database, bucket, limit);
  if (left >= 0) return;
  reply?.header('retry-after', String(resetSeconds));
  throw new Refusal('too_many_requests', `Too many tries. Please wait ${resetSeconds} seconds.`, { extra: { retryAfterSeconds: resetSeconds } });
}

/** Starts a bucket anew: whoever gave the right password is not kept waiting for having mistyped it before. */
export async function forgetHits(database: Database, bucket: string): Promise<void> {
  await database.asSystem((tx) => tx.run('delete from rate_limit where bucket = $1', [bucket]));
}
