import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openPublicFiles, type PublicFiles } from './public-files.ts';

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rapport</title><body style="font:16px/1.5 system-ui;max-width:40em;margin:4em auto;padding:0 1em">
<h1>The workspace is not built</h1><p>The server runs, but the pages it should show are missing. Run <code>npm run build</code> beside it and load this page again.
Programs can use <a href="/api/docs">the interface</a> already.</p></body></html>`;

/** Whether a person opened an address in a browser, rather than a page asking for a file that is missing. The front door is open to programs too: they look whether it is there. */
function isNavigation(request: FastifyRequest, address: string): boolean {
  if (address === '/') return true;
  const mode = request.headers['sec-fetch-mode'];
  return mode === undefined ? (request.headers.accept ?? '').includes('text/html') : mode === 'navigate';
}

/**
 * Serves the built workspace from `folder`. Addresses without a file are the workspace's own (`/cases/4711`) and get its page, but only when a person goes there.
 * Answers undefined when the request is not for the workspace. A build that replaces the folder while the server runs is picked up with the next page.
 */
export function openWorkspace(folder: string): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined> {
  let files: PublicFiles | undefined;
  let builtAt = -1;
  const refresh = async () => {
    const found = await stat(join(folder, 'index.html')).then((stats) => stats.mtimeMs, () => undefined);
    if (found === undefined) files = undefined;
    else if (found !== builtAt) files = await openPublicFiles(folder, '/assets/');
    builtAt = found ?? -1;
  };
  return async (request, reply) => {
    const [address = '/'] = request.url.split('?');
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    if (address !== '/' && address !== '/index.html' && files?.has(address)) return files.send(address, request, reply);
    if (!isNavigation(request, address)) {
      // The first request after a start may be for a file.
      if (!files) await refresh();
      return files?.has(address) ? files.send(address, request, reply) : undefined;
    }
    await refresh();
    if (!files) return reply.code(503).type('text/html; charset=utf-8').send(notBuilt);
    return files.send('/index.html', request, reply);
  };
}
