import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { openWorkspace } from './workspace.ts';

describe('the workspace’s files', () => {
  const script = `console.log(${JSON.stringify('x'.repeat(5_000))})`;
  let dist: string;
  let app: FastifyInstance;
  before(async () => {
    dist = await mkdtemp(join(tmpdir(), 'rapport-dist-'));
    app = fastify();
    const workspace = openWorkspace(dist);
    app.setNotFoundHandler(async (request, reply) => (await workspace(request, reply)) ?? reply.code(404).send('nothing'));
  });
  after(async () => {
    await app.close();
    await rm(dist, { recursive: true });
  });
  const page = { accept: 'text/html,*/*', 'sec-fetch-mode': 'navigate' };
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  const build = async (text: string, at: Date) => {
    await mkdir(join(dist, 'assets'), { recursive: true });
    await writeFile(join(dist, 'assets', `index-${text}.js`), script);
    await writeFile(join(dist, 'favicon.svg'), '<svg/>');
    await writeFile(join(dist, '.sources'), 'secret');
    await writeFile(join(dist, 'index.html'), `<title>${text}</title>`);
    await utimes(join(dist, 'index.html'), at, at);
  };

  it('are not built yet: a person is told what to do, a program that there is nothing', async () => {
    const answer = await get('/cases/1', page);
    assert.equal(answer.statusCode, 503);
    assert.match(answer.body, /npm run build/);
    assert.equal((await get('/assets/index.js')).statusCode, 404);
  });

  it('are served, and every address a person opens gets the page', async () => {
    await build('one', new Date('2026-01-01'));
    for (const url of ['/', '/index.html', '/cases/4711?tab=notes', '/settings']) {
      const answer = await get(url, page);
      assert.equal(answer.statusCode, 200, url);
      assert.equal(answer.body, '<title>one</title>');
      assert.equal(answer.headers['cache-control'], 'no-cache');
      assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    }
    const icon = await get('/favicon.svg');
    assert.deepEqual([icon.headers['content-type'], icon.headers['cache-control']], ['image/svg+xml', 'public, max-age=86400'], 'the icon is not asked for again at every step');
  });

  it('with a hash in their name are kept for ever, and a missing one is not answered with the page', async () => {
    const answer = await get('/assets/index-one.js');
    assert.equal(answer.body, script);
    assert.match(String(answer.headers['cache-control']), /immutable/);
    const missing = await get('/assets/index-old.js', { 'sec-fetch-mode': 'cors' });
    assert.equal(missing.statusCode, 404);
  });

  it('go out packed to who takes that', async () => {
    const br = await get('/assets/index-one.js', { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(br.headers['content-encoding'], 'br');
    assert.equal(String(brotliDecompressSync(br.rawPayload)), script);
    const gz = await get('/assets/index-one.js', { 'accept-encoding': 'gzip' });
    assert.equal(String(gunzipSync(gz.rawPayload)), script);
    assert.notEqual(br.headers['etag'], gz.headers['etag']);
    assert.equal(br.headers['vary'], 'accept-encoding');
  });

  it('are not sent again to who has them', async () => {
    const etag = String((await get('/', page)).headers['etag']);
    assert.equal((await get('/', { ...page, 'if-none-match': etag })).statusCode, 304);
  });

  it('that start with a dot, or lie outside, are nobody’s business', async () => {
    for (const url of ['/.sources', '/assets/../.sources', '/..%2f..%2fetc/passwd', '/assets/%2e%2e/.sources']) assert.equal((await get(url)).statusCode, 404, url);
  });

  it('of a new build are served without a restart', async () => {
    await build('two', new Date('2026-01-02'));
    assert.equal((await get('/', page)).body, '<title>two</title>');
    assert.equal((await get('/assets/index-two.js')).statusCode, 200);
  });

  it('are only read, never written to', async () => {
    assert.equal((await app.inject({ method: 'POST', url: '/', headers: page })).statusCode, 404);
  });
});
