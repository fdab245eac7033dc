import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import fc from 'fast-check';
import { sendFile } from './send-file.ts';
import type { FileReply } from './route.ts';

async function sent(file: Omit<FileReply, 'content'>) {
  const app = fastify();
  app.get('/', (_request, reply) => sendFile(reply, { content: Buffer.from('x'), ...file }));
  const { statusCode, headers } = await app.inject('/');
  return { statusCode, type: headers['content-type'], disposition: String(headers['content-disposition']), policy: headers['content-security-policy'] };
}

test('only plain pictures and text are shown, everything else is saved, and nothing is run', async () => {
  for (const mediaType of ['text/html', 'image/svg+xml', 'application/pdf', 'application/xhtml+xml', 'text/xml', 'IMAGE/SVG+XML; charset=utf-8', 'text/javascript', '']) {
    const { type, disposition, policy } = await sent({ mediaType, filename: 'x', isInline: true });
    assert.deepEqual([type, policy], ['application/octet-stream', "default-src 'none'; sandbox"], mediaType);
    assert.match(disposition, /^attachment; /, mediaType);
  }
  assert.match((await sent({ mediaType: 'image/png', filename: 'x.png', isInline: true })).disposition, /^inline; /);
  assert.match((await sent({ mediaType: 'image/png', filename: 'x.png' })).disposition, /^attachment; /);
});

test('whatever a file is called, it can be fetched, and its name stays within its quotes', async () => {
  await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(160).map((length) => `${'a'.repeat(length)}${'😀'.repeat(20)}`), fc.constant('a"; filename=evil.exe\r\nSet-Cookie: x=1')), async (filename) => {
    const { statusCode, disposition } = await sent({ mediaType: 'application/pdf', filename });
    assert.equal(statusCode, 200);
    assert.match(disposition, /^attachment; filename="[^"\\/\x00-\x1f]+"; filename\*=UTF-8''[\w!.~%-]*$/);
  }), { numRuns: 300 });
});
