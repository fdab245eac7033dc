import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const packers = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 8, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};
type Packing = keyof typeof packers;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp', '.woff2': 'font/woff2', '.wasm': 'application/wasm', '.mp3': 'audio/mpeg', '.ogg': 'audio/ogg', '.webmanifest': 'application/manifest+json', '.map': 'application/json',
};
const packed = new Set(['.html', '.js', '.css', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.map']);

interface PublicFile {
  path: string;
  extension: string;
  etag: string;
  /** The name changes with the contents: it may be kept for ever. */
  isHashed: boolean;
  packedAs: Map<Packing, Promise<Buffer>>;
}

/** The files below a folder, by their address. What is sent packed is packed once, at the first request for it. */
/** A browser asks for the icon of a page at its start, for its tab and at every step through its history; it need not be the newest. */
const pictures = new Set(['.svg', '.png', '.ico']);

export interface PublicFiles {
  has(address: string): boolean;
  send(address: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(entries.filter((entry) => !entry.name.startsWith('.')).map((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)])));
  return lists.flat();
}

/** Reads which files there are; their contents are read when asked for. `hashedBelow` is where names carry a hash of the contents. */
export async function openPublicFiles(folder: string, hashedBelow?: string): Promise<PublicFiles> {
  const files = new Map<string, PublicFile>();
  for (const path of await walk(folder)) {
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    const { size, mtimeMs } = await stat(path);
    const etag = createHash('sha256').update(`${address} ${size} ${mtimeMs}`).digest('hex').slice(0, 16);
    files.set(address, { path, extension: extname(path), etag, isHashed: hashedBelow !== undefined && address.startsWith(hashedBelow), packedAs: new Map() });
  }
  const packingFor = (file: PublicFile, request: FastifyRequest): Packing | undefined => {
    const accepted = request.headers['accept-encoding'] ?? '';
    if (!packed.has(file.extension)) return undefined;
    return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  };
  return {
    has: (address) => files.has(address),
    async send(address, request, reply) {
      const file = files.get(address);
      if (!file) throw new Error('No such public file.');
      const packing = packingFor(file, request);
      const etag = `"${file.etag}${packing ? `-${packing}` : ''}"`;
      reply.type(types[file.extension] ?? 'application/octet-stream').header('etag', etag).header('vary', 'accept-encoding');
      reply.header('cache-control', file.isHashed ? 'public, max-age=31536000, immutable' : pictures.has(file.extension) ? 'public, max-age=86400' : 'no-cache');
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
      if (!packing) return reply.send(await readFile(file.path));
      let bytes = file.packedAs.get(packing);
      if (!bytes) {
        bytes = readFile(file.path).then(packers[packing]);
        file.packedAs.set(packing, bytes);
        bytes.catch(() => file.packedAs.delete(packing));
      }
      return reply.header('content-encoding', packing).send(await bytes);
    },
  };
}
