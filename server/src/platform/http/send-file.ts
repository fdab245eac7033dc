import type { FastifyReply } from 'fastify';
import type { FileReply } from './route.ts';

// Types a browser shows without running anything. SVG is not among them: it can carry scripts.
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'text/plain']);

/** Bytes that came from outside: never sniffed, never run, saved under a harmless name unless they are a plain picture. */
export function sendFile(reply: FastifyReply, file: FileReply): FastifyReply {
  const mediaType = file.mediaType.toLowerCase().split(';')[0]?.trim() ?? '';
  const isShown = file.isInline === true && SHOWN.has(mediaType);
  // Cut short it may end in half a character, which an address cannot hold.
  const name = file.filename.slice(0, 150).toWellFormed();
  const plain = name.replace(/[^\x20-\x7e]|["\\/]/g, '_') || 'file';
  reply.header('content-type', isShown ? (mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType) : 'application/octet-stream');
  reply.header('content-disposition', `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`);
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  if (isShown) reply.header('cache-control', 'private, max-age=86400, immutable');
  if (file.bytes !== undefined) reply.header('content-length', file.bytes);
  return reply.send(file.content);
}
