import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Somebody's website, on an origin of its own and as strict as a website can be: it lets in one script and one frame, and no style of anybody. */
export interface Shop {
  url: string;
  close(): Promise<void>;
}

export async function openShop(product: string, site: string, attributes = ''): Promise<Shop> {
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': `default-src 'none'; script-src ${product}; frame-src ${product}` });
    response.end(`<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Lamps</title></head><body><main><h1>Lamps</h1><p>The finest <a href="/other">lamps</a>.</p></main><script src="${product}/chat/w.js" data-site="${site}" ${attributes} async></script></body></html>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
