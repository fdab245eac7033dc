import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../platform/context.ts';
import { enforceLimit, networkOf, openPublicFiles, workspaceFolder, type PublicFiles } from '../../platform/http/index.ts';
import { getSite } from './site.ts';

const folder = join(workspaceFolder, 'chat');

// As strict as the workspace's own, except for who may show it in a frame.
const policyFor = (origins: readonly string[]): string =>
  ["default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'", "img-src 'self' data: blob:", "base-uri 'none'", "form-action 'none'", `frame-ancestors ${origins.length > 0 ? ["'self'", ...origins].join(' ') : '*'}`].join('; ');

/** What pages elsewhere load: the script tag, and the panel in its frame. */
export function servePages(app: FastifyInstance, platform: Platform): void {
  let files: PublicFiles | undefined;
  let builtAt = -1;
  const built = async (): Promise<PublicFiles | undefined> => {
    const found = await stat(join(folder, 'index.html')).then((stats) => stats.mtimeMs, () => undefined);
    if (found !== undefined && found !== builtAt) files = await openPublicFiles(folder, '/assets/');
    builtAt = found ?? -1;
    return found === undefined ? undefined : files;
  };
  const send = async (address: string, request: FastifyRequest, reply: FastifyReply) => {
    // Pages of other sites load it.
    reply.header('cross-origin-resource-policy', 'cross-origin');
    const all = await built();
    return all?.has(address) ? all.send(address, request, reply) : reply.callNotFound();
  };
  app.get('/chat/w.js', (request, reply) => send('/w.js', request, reply));
  app.get('/chat/assets/:file', (request, reply) => send(`/assets/${(request.params as { file: string }).file}`, request, reply));
  app.get('/chat/:site', async (request, reply) => {
    await enforceLimit(platform.database, `chat page ${networkOf(request.ip)}`, { per: 'address', max: 240, windowSeconds: 60 }, reply);
    const { inbox } = await getSite(platform, (request.params as { site: string }).site);
    if (!(await built())) return reply.code(503).type('text/plain; charset=utf-8').send('The chat is not built. Run `npm run build` beside the server.');
    reply.removeHeader('x-frame-options').header('content-security-policy', policyFor(inbox.settings.origins)).header('referrer-policy', 'no-referrer').header('cross-origin-resource-policy', 'cross-origin');
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8');
    return reply.send(await readFile(join(folder, 'index.html')));
  });
}
