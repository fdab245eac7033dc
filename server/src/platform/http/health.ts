import type { FastifyInstance } from 'fastify';
import { readMigrations } from '../database/migrate.ts';
import type { Platform } from '../context.ts';

const PATIENCE_MS = 3_000;

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('No answer in time.')), ms)))]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `/health/live`: the process runs; when this fails, restart it. `/health/ready`: it can serve; when this fails, send requests elsewhere for the moment.
 * Ready means that the database answers, its schema is the one this version needs, and the process is not stopping.
 */
export function answerHealth(app: FastifyInstance, platform: Platform): void {
  const needed = readMigrations().at(-1)?.number ?? 0;
  let isStopping = false;
  app.addHook('preClose', async () => void (isStopping = true));
  const faults = async (): Promise<string[]> => {
    if (isStopping) return ['The process is stopping.'];
    try {
      const [row] = await within(PATIENCE_MS, platform.database.asSystem((tx) => tx.run<{ newest: number }>('select max(number) as newest from migration')));
      return row?.newest === needed ? [] : [`The database schema is at ${row?.newest ?? 'none'}, this version needs ${needed}.`];
    } catch {
      return ['The database does not answer.'];
    }
  };
  app.get('/health/live', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const reasons = await faults();
    return reply.code(reasons.length === 0 ? 200 : 503).header('cache-control', 'no-store').send(reasons.length === 0 ? { status: 'ready' } : { status: 'not ready', reasons });
  });
}
