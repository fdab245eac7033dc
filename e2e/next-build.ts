import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the product and serves its workspace under the name of another build, as a server does after an upgrade. */
export async function serveAs(productUrl: string): Promise<{ url: string; upgradeTo(build: string): void; close(): Promise<void> }> {
  let name: string | undefined;
  const server = createServer((incoming, outgoing) => {
    const isNamed = incoming.url === '/worker.js' || incoming.headers['sec-fetch-mode'] === 'navigate' || incoming.url === '/';
    const headers = { ...incoming.headers };
    if (isNamed) for (const each of ['accept-encoding', 'if-none-match']) delete headers[each];
    const onward = request(`${productUrl}${incoming.url}`, { method: incoming.method ?? 'GET', headers }, (answer) => {
      if (!isNamed || !name) {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        return void answer.pipe(outgoing);
      }
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const text = String(Buffer.concat(chunks)).replace(/data-build="\w+"/, `data-build="${name}"`).replace(/const BUILD = '\w+'/, `const BUILD = '${name}'`);
        const { etag: _, 'content-length': __, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 500, rest).end(text);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    upgradeTo: (build) => void (name = build),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
