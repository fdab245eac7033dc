import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import type { AgentActor } from '../platform/context.ts';
import { createConnection, type Connection } from './connection.ts';

const zero = { xid: '0', id: '00000000-0000-0000-0000-000000000000' };
const actor = { kind: 'agent', agentId: 'a' } as unknown as AgentActor;

describe('a connection', { timeout: 30_000 }, () => {
  let server: WebSocketServer;
  let time = 0;
  before(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
    await once(server, 'listening');
  });
  after(() => new Promise((resolve) => {
    for (const client of server.clients) client.terminate();
    server.close(resolve);
  }));

  async function pair(): Promise<{ browser: WebSocket; connection: Connection; heard: string[]; ended: Promise<unknown[]> }> {
    const arrived = once(server, 'connection') as Promise<[WebSocket]>;
    const browser = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const heard: string[] = [];
    browser.on('message', (data) => heard.push(String(data)));
    const [socket] = await arrived;
    await once(browser, 'open');
    const identity = { id: 'c', accountId: 'x', actor, request: {} as never, joinedAt: 0, from: zero };
    return { browser, heard, ended: once(socket, 'close'), connection: createConnection(socket, identity, () => time) };
  }

  it('holds news back until the first message has gone out', async () => {
    const { browser, connection, heard } = await pair();
    connection.send(Buffer.from('news'));
    connection.begin([Buffer.from('hello'), Buffer.from('missed')]);
    connection.send(Buffer.from('later'));
    while (heard.length < 4) await once(browser, 'message');
    assert.deepEqual(heard, ['hello', 'missed', 'news', 'later']);
  });

  it('to a browser that does not read is cut off, and takes no memory from then on', async () => {
    const { browser, connection, ended } = await pair();
    connection.begin([]);
    browser.pause();
    const event = Buffer.alloc(1_000, 'x');
    let sent = 0;
    for (; connection.isOpen() && sent < 100_000; sent += 1) {
      connection.send(event);
      if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(sent < 100_000, 'it was cut off');
    await ended;
    connection.send(event);
    browser.terminate();
  });

  it('that cannot keep up while it catches up is cut off too', async () => {
    const { browser, connection } = await pair();
    for (let i = 0; i < 5_000; i += 1) connection.send(Buffer.from('x'));
    const [code] = await once(browser, 'close');
    assert.equal(code, 4008);
  });

  it('may say a handful at once and then a few a second', async () => {
    const { connection } = await pair();
    const count = () => Array.from({ length: 100 }, () => connection.mayTalk()).filter(Boolean).length;
    assert.equal(count(), 30);
    time += 60_000;
    assert.equal(count(), 30);
  });
});
