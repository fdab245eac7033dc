import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../context.ts';
import { answerHealth } from './health.ts';
import { answerMetrics } from './metrics-route.ts';
import { refuseUnknown } from './not-found.ts';
import { openPublicFiles } from './public-files.ts';
import { API, type Route } from './route.ts';
import { openWorkspace } from './workspace.ts';

const server = join(import.meta.dirname, '../../..');
export const workspaceFolder = join(server, '../web/dist');
const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

export interface GroundOptions {
  /** What the session cookie is called, for the interface's description. */
  cookieName: string;
  /** Where the built workspace lies, when it is ready. */
  workspace: Promise<string>;
}

/** What is not the contract: health, metrics, the description of the interface, and the workspace's files. */
export async function registerGroundRoutes(app: FastifyInstance, platform: Platform, routes: readonly Route[], options: GroundOptions): Promise<void> {
  answerHealth(app, platform);
  answerMetrics(app, platform);

  // Made when somebody asks: most processes are never asked, and it takes as long as a few hundred requests.
  const documents = new Map<string, string>();
  app.get('/api/openapi.json', async (request, reply) => {
    const url = platform.config.publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.host}`;
    const { openApiDocument } = await import('./openapi/document.ts');
    const known = documents.get(url) ?? JSON.stringify(openApiDocument(routes, { url, version, cookieName: options.cookieName }));
    // The host is the caller's word: a few of them are kept, not as many as somebody cares to invent.
    if (documents.size < 10) documents.set(url, known);
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(known);
  });
  const docs = await openPublicFiles(join(server, 'public/api-docs'));
  app.get('/api/docs', (request, reply) => docs.send('/index.html', request, reply));
  app.get('/api/docs/:file', (request, reply) => {
    const address = `/${(request.params as { file: string }).file}`;
    return docs.has(address) ? docs.send(address, request, reply) : reply.callNotFound();
  });

  const refuse = refuseUnknown(API, routes.map(({ endpoint }) => endpoint));
  let workspace: ReturnType<typeof openWorkspace> | undefined;
  void options.workspace.then((folder) => (workspace = openWorkspace(folder)), () => {});
  const ours = /^\/(api|health|metrics)(\/|\?|$)/;
  app.setNotFoundHandler(async (request, reply) => {
    if (!ours.test(request.url)) workspace ??= openWorkspace(await options.workspace);
    return (ours.test(request.url) ? undefined : await workspace?.(request, reply)) ?? refuse(request, reply);
  });
}
