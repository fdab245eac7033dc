import { once } from 'node:events';
import type { FromBrowser, FromServer } from '@rapport/contract';
import { WebSocket } from 'ws';

type Message<T extends FromServer['type']> = Extract<FromServer, { type: T }>;

/** A browser's web socket, as a test sees it. */
export interface LiveClient {
  socket: WebSocket;
  /** Everything heard so far. */
  heard: FromServer[];
  /** The first message of this type (and condition), heard already or to come. Each is given out once. */
  next<T extends FromServer['type']>(type: T, isMeant?: (message: Message<T>) => boolean): Promise<Message<T>>;
  events(): Message<'event'>[];
  /** The newest position it was told. */
  cursor(): string;
  say(message: FromBrowser): void;
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

export interface LiveOptions {
  cookie?: string;
  apiKey?: string;
  cursor?: string;
  /** Milliseconds since the page began to load. */
  age?: number;
  origin?: string;
}

/** Opens a web socket of the house at `url`; rejects with the HTTP status when it is refused. */
export async function openLive(url: string, options: LiveOptions): Promise<LiveClient> {
  const query = new URLSearchParams({ ...(options.cursor ? { cursor: options.cursor } : {}), ...(options.age === undefined ? {} : { age: String(options.age) }) });
  const address = `${url.replace(/^http/, 'ws')}/api/v1/live?${query}`;
  const headers: Record<string, string> = { origin: options.origin ?? url };
  if (options.cookie) headers['cookie'] = options.cookie;
  if (options.apiKey) headers['authorization'] = `Bearer ${options.apiKey}`;
  const socket = new WebSocket(address, { headers });
  const heard: FromServer[] = [];
  const given = new Set<FromServer>();
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)) as FromServer);
    for (const look of waiting) look();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    socket.once('error', reject);
  });
  return {
    socket, heard, closed,
    next: (type, isMeant = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = heard.find((message) => message.type === type && !given.has(message) && isMeant(message as never));
          if (!found) return;
          given.add(found);
          waiting.delete(look);
          resolve(found as never);
        };
        waiting.add(look);
        look();
      }),
    events: () => heard.filter((message) => message.type === 'event'),
    cursor: () => heard.findLast((message) => message.type === 'cursor' || message.type === 'hello')?.cursor ?? '',
    say: (message) => socket.send(JSON.stringify(message)),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await once(socket, 'close');
    },
  };
}
