import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import { counter, histogram } from '../metrics.ts';

const took = histogram('rapport_http_seconds', 'How long requests take, by route and kind of answer.', [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], ['method', 'route', 'status']);
const broken = counter('rapport_http_aborted_total', 'Requests whose caller went away before the answer.');

/**
 * One line for each request and its time in the metrics. The route's pattern instead of the address, and no query: an address can hold what
 * somebody searched for.
 */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const ms = reply.elapsedTime;
    took.observe(ms / 1_000, { method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` });
    // Health checks and the workspace's own files would drown the rest.
    const level = route.startsWith('/api/') || reply.statusCode >= 500 ? 'info' : 'debug';
    log[level]({ requestId: request.id, method: request.method, route, status: reply.statusCode, ms: Math.round(ms * 10) / 10 }, 'request');
    done();
  });
  app.addHook('onRequestAbort', (_request, done) => {
    broken.add();
    done();
  });
}
