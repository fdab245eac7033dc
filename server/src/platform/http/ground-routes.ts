import type { FastifyInstance } from 'fastify';
import type { Platform } from '../context.ts';
import type { Route } from './route.ts';

/** What is not the contract: health, metrics, the API description and the workspace's files. */
export async function registerGroundRoutes(app: FastifyInstance, platform: Platform, _routes: readonly Route[]): Promise<void> {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      await platform.database.asSystem((tx) => tx.run('select 1'));
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not ready', reason: 'The database does not answer.' });
    }
  });
}
