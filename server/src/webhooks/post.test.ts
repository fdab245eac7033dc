import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { readReason } from '@rapport/contract/reasons';
import { post } from './post.ts';

const config = { internalHosts: ['127.0.0.1'] };
/** What the log says of a call, as a screen reads it. */
async function whyNot(url: string) {
  const { trouble } = await post(config, url, {}, '{}');
  return readReason(trouble ?? '');
}
async function onPort<T>(answer: 'hang_up' | 'not_https' | 'nobody', work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => (answer === 'not_https' ? socket.resume().end('SSH-2.0-OpenSSH_9\r\n') : socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  if (answer === 'nobody') await close();
  try {
    return await work(port);
  } finally {
    if (answer !== 'nobody') await close();
  }
}

test('why a receiver was not reached can be said in any language', async () => {
  assert.deepEqual(await onPort('nobody', (port) => whyNot(`http://127.0.0.1:${port}`).then((found) => found && 'finding' in found && found.finding)), 'port_refused');
  assert.deepEqual(await onPort('hang_up', (port) => whyNot(`http://127.0.0.1:${port}`).then((found) => found && 'finding' in found && found.finding)), 'closed');
  assert.deepEqual(await onPort('not_https', (port) => whyNot(`https://127.0.0.1:${port}`)), { code: 'no_https', values: { domain: '127.0.0.1' } });
  assert.deepEqual(await whyNot('https://10.0.0.1/'), { code: 'not_on_internet', values: { domain: '10.0.0.1' } });
  assert.deepEqual(await whyNot('http://shop.example/'), { code: 'https_needed', values: {} });
});
