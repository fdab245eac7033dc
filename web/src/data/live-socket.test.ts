import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { openLiveSocket } from './live-socket.ts';

/** As much of a browser as the socket touches. */
class FakeSocket {
  static all: FakeSocket[] = [];
  static readonly OPEN = 1;
  readyState = 1;
  sent: string[] = [];
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: unknown) => void;
  readonly url: URL;
  constructor(url: URL) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 3;
  }
  say(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  drop() {
    this.readyState = 3;
    this.onclose?.({});
  }
}

const heard: string[] = [];
const handlers = {
  age: () => 1200.4,
  onEvent: (event: { id: string }) => heard.push(`event ${event.id}`),
  onPresence: () => heard.push('presence'),
  onConnected: (missed: boolean) => heard.push(missed ? 'connected, missed' : 'connected'),
  onDisconnected: () => heard.push('disconnected'),
  onSignedOut: () => heard.push('signed out'),
};
const id = (n: number) => `0192f0c1-0000-7000-8000-${String(n).padStart(12, '0')}`;
const event = (n: number) => ({ type: 'event', id: id(n), topic: 'case.changed', payload: {}, at: '2026-01-01T00:00:00Z' });
const hello = (cursor: string, resumed = true) => ({ type: 'hello', cursor, resumed, connectionId: 'c' });
const last = () => FakeSocket.all.at(-1)!;
let stop: () => void;

beforeEach(() => {
  heard.length = 0;
  FakeSocket.all = [];
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const target = new EventTarget();
  Object.assign(globalThis, { WebSocket: FakeSocket, location: { href: 'https://desk.example/cases/mine' }, document: Object.assign(new EventTarget(), { visibilityState: 'visible' }), CloseEvent: Event, addEventListener: target.addEventListener.bind(target), removeEventListener: target.removeEventListener.bind(target) });
  stop = openLiveSocket(handlers as never).stop;
});
afterEach(() => {
  stop();
  mock.timers.reset();
});

test('after a cut the socket comes back by itself and says where it was', () => {
  assert.equal(last().url.href, 'wss://desk.example/api/v1/live?age=1201');
  last().say(hello('7'));
  last().say({ type: 'cursor', cursor: '9' });
  last().drop();
  assert.deepEqual(heard, ['connected', 'disconnected']);
  mock.timers.tick(1000);
  assert.equal(FakeSocket.all.length, 2);
  assert.equal(last().url.href, 'wss://desk.example/api/v1/live?cursor=9');
  last().say(hello('9'));
  assert.equal(heard.at(-1), 'connected');
});

test('when the gap cannot be replayed, everything is to be fetched anew', () => {
  last().say(hello('7'));
  last().drop();
  mock.timers.tick(1000);
  last().say(hello('900', false));
  assert.equal(heard.at(-1), 'connected, missed');
});

test('an event that comes twice is heard once', () => {
  last().say(hello('1'));
  last().say(event(1));
  last().drop();
  mock.timers.tick(1000);
  last().say(hello('1'));
  last().say(event(1));
  last().say(event(2));
  assert.deepEqual(heard.filter((line) => line.startsWith('event')), [`event ${id(1)}`, `event ${id(2)}`]);
});

test('a line that is dead without saying so is noticed by its silence and replaced', () => {
  last().say(hello('1'));
  mock.timers.tick(25_000);
  assert.deepEqual(last().sent, ['{"type":"ping"}']);
  mock.timers.tick(8000);
  assert.equal(heard.at(-1), 'disconnected');
  mock.timers.tick(1000);
  assert.equal(FakeSocket.all.length, 2);
});

test('an answered ping keeps the line', () => {
  last().say(hello('1'));
  mock.timers.tick(25_000);
  last().say({ type: 'cursor', cursor: '1' });
  mock.timers.tick(20_000);
  assert.equal(FakeSocket.all.length, 1);
});

test('after the session has ended it does not come back', () => {
  last().say(hello('1'));
  last().say({ type: 'signed_out' });
  last().drop();
  mock.timers.tick(120_000);
  assert.equal(FakeSocket.all.length, 1);
  assert.ok(heard.includes('signed out'));
});
