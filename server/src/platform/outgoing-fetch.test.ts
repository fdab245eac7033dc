import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { isPublicAddress, OutgoingError, outgoingFetch } from './outgoing-fetch.ts';

let server: Server;
let port: number;
before(async () => {
  server = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    else if (request.url === '/long') response.end(Buffer.alloc(2 * 1024 * 1024));
    else request.pipe(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  port = (server.address() as AddressInfo).port;
});
after(() => void server.close());

const closed = outgoingFetch({ internalHosts: [] });
const opened = outgoingFetch({ internalHosts: ['127.0.0.1'] });

test('addresses of machines around us are not on the internet, however they are written', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.100.1.1', '0.0.0.0', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', 'localhost', '']) assert.equal(isPublicAddress(address), false, address);
  for (const address of ['1.1.1.1', '93.184.215.14', '2606:4700::1111']) assert.equal(isPublicAddress(address), true, address);
});

test('a typed address does not lead into our own network', async () => {
  for (const address of [`https://127.0.0.1:${port}/`, `https://localhost:${port}/`, `https://2130706433:${port}/`, `https://0x7f.1:${port}/`, `https://[::1]:${port}/`, `https://[::ffff:127.0.0.1]:${port}/`, 'https://169.254.169.254/latest/meta-data']) {
    await assert.rejects(closed(address), OutgoingError, address);
  }
});

test('without TLS nothing leaves the house, and no file is read', async () => {
  for (const address of ['http://example.com/', 'file:///etc/passwd', `http://localhost:${port}/`]) await assert.rejects(opened(address), OutgoingError, address);
});

test('a host the operator allows is called, redirects are handed back and not followed, and nobody fills our memory', async () => {
  assert.equal(await (await opened(`http://127.0.0.1:${port}/`, { method: 'POST', body: new URLSearchParams({ a: 'ä' }) })).text(), 'a=%C3%A4');
  const away = await opened(`http://127.0.0.1:${port}/away`);
  assert.deepEqual([away.status, away.headers.get('location')], [302, 'http://169.254.169.254/']);
  await assert.rejects(opened(`http://127.0.0.1:${port}/long`), OutgoingError);
});
