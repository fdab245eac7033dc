import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ChatFile, ChatMessage, VisitorHears, VisitorSays } from '@rapport/contract';
import { WebSocket } from 'ws';
import { newId } from '../src/platform/ids.ts';

/** A visitor's browser, as a test sees it. */
export interface Visitor {
  id: string;
  key: string;
  /** Answers the status and the body. */
  send(text: string, clientId?: string, fileIds?: readonly string[], email?: string): Promise<{ status: number; body: ChatMessage & { detail?: string } }>;
  read(after?: string): Promise<ChatMessage[]>;
  upload(filename: string, content: Buffer, mediaType?: string): Promise<{ status: number; body: ChatFile }>;
  /** The bytes of a file; undefined when it is refused. */
  download(fileId: string): Promise<Buffer | undefined>;
}

export async function openVisitor(url: string, site: string, who: { name?: string; email?: string } = {}): Promise<Visitor> {
  const base = `${url}/api/v1/chat/${site}`;
  const call = (path: string, init: RequestInit = {}, key?: string) => fetch(`${base}${path}`, { ...init, headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Visitor ${key}` }) } });
  const began = await call('/visitors', { method: 'POST', body: JSON.stringify(who) });
  if (began.status !== 201) throw new Error(`HTTP ${began.status}: ${await began.text()}`);
  const { visitorId, key } = (await began.json()) as { visitorId: string; key: string };
  return {
    id: visitorId, key,
    async send(text, clientId = newId(), fileIds = [], email) {
      const answer = await call('/messages', { method: 'POST', body: JSON.stringify({ clientId, text, fileIds, page: 'https://shop.example/lamps', email }) }, key);
      return { status: answer.status, body: (await answer.json()) as ChatMessage };
    },
    async upload(filename, content, mediaType = 'application/octet-stream') {
      const answer = await fetch(`${base}/files?${new URLSearchParams({ filename, mediaType })}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream', authorization: `Visitor ${key}` }, body: content as never });
      return { status: answer.status, body: (await answer.json()) as ChatFile };
    },
    async download(fileId) {
      const answer = await call(`/files/${fileId}`, {}, key);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
    },
    async read(after) {
      const answer = await call(`/messages${after === undefined ? '' : `?after=${after}`}`, {}, key);
      return ((await answer.json()) as { items: ChatMessage[] }).items;
    },
  };
}

export interface Panel {
  messages: ChatMessage[];
  heard: VisitorHears[];
  /** Resolves when it has been handed a message with these words. */
  gets(text: string): Promise<ChatMessage>;
  say(message: VisitorSays): void;
  closed: Promise<number>;
  close(): Promise<void>;
}

/** Opens a visitor's web socket and says who it is. */
export async function openPanel(url: string, site: string, key: string, after?: string): Promise<Panel> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/chat/${site}/live`, { headers: { origin: url, 'x-panel': randomUUID() } });
  const heard: VisitorHears[] = [];
  const messages: ChatMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as VisitorHears;
    heard.push(message);
    if (message.type === 'messages') messages.push(...message.items);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
    socket.once('error', reject);
  });
  const say = (message: VisitorSays) => socket.send(JSON.stringify(message));
  say({ type: 'hello', key, ...(after === undefined ? {} : { after }) });
  return {
    messages, heard, closed, say,
    gets: (text) =>
      new Promise((resolve) => {
        const look = () => {
          const found = messages.find((message) => message.text === text);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await once(socket, 'close');
    },
  };
}
