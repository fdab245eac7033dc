import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Platform } from '../context.ts';
import { collectProcessMetrics, gauge, registry } from '../metrics.ts';
import { Refusal } from '../refusal.ts';
import { hashToken } from '../secrets.ts';

const connections = gauge('rapport_db_connections', 'Database connections of this process, by use.', ['use']);
const waiting = gauge('rapport_jobs_waiting', 'Jobs not begun or waiting for the next try, by queue; `dead-letter` holds what failed for good.', ['queue']);
const active = gauge('rapport_jobs_active', 'Jobs running over all processes, by queue.', ['queue']);
const oldest = gauge('rapport_jobs_oldest_seconds', 'How long the job that could run has been waiting for, by queue.', ['queue']);
const lag = gauge('rapport_outbox_lag_seconds', 'Age of the oldest event that has not been handed to its listeners.');

// This machine: an address of its own, and no proxy in between that would make the whole world look like it.
function isThisMachine(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback && ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].every((header) => request.headers[header] === undefined);
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (!token) return isThisMachine(request);
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(hashToken(given), hashToken(token));
}

async function measure(platform: Platform): Promise<void> {
  const { pool } = platform.database;
  connections.set(pool.totalCount - pool.idleCount, { use: 'busy' });
  connections.set(pool.idleCount, { use: 'idle' });
  connections.set(pool.waitingCount, { use: 'wanted' });
  for (const queue of await platform.jobs.counts()) {
    waiting.set(queue.waiting, { queue: queue.queue });
    active.set(queue.active, { queue: queue.queue });
    oldest.set(queue.oldestSeconds, { queue: queue.queue });
  }
  const [row] = await platform.database.asSystem((tx) =>
    tx.run<{ age: number }>('select coalesce((select extract(epoch from now() - e.created_at) from event e where (e.xid, e.id) > (r.xid, r.id) order by e.xid, e.id limit 1), 0)::float8 as age from event_relay r'),
  );
  lag.set(Math.max(0, row?.age ?? 0));
}

/** `/metrics` in Prometheus' text format: to this machine, or to who has the token when one is configured. */
export function answerMetrics(app: FastifyInstance, platform: Platform): void {
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, platform.config.metricsToken)) throw new Refusal('not_allowed', 'Metrics are for this machine only, or for who has the token in RAPPORT_METRICS_TOKEN.');
    collectProcessMetrics();
    // What this process knows of itself is worth having also when the database is away.
    await measure(platform).catch((error: unknown) => platform.log.warn({ err: error }, 'database part of the metrics is missing'));
    return reply.type(registry.contentType).header('cache-control', 'no-store').send(await registry.metrics());
  });
}
