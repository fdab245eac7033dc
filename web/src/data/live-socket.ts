import type { FromBrowser, FromServer } from '@rapport/contract';

export interface LiveHandlers {
  /** Milliseconds since the page began to load what it shows. */
  age: () => number;
  onEvent: (event: Extract<FromServer, { type: 'event' }>) => void;
  onPresence: (presence: Extract<FromServer, { type: 'presence' }>) => void;
  /** Connected. `missed` is true when what happened meanwhile could not be replayed: fetch anew. */
  onConnected: (missed: boolean) => void;
  onDisconnected: () => void;
  onSignedOut: () => void;
}

const PING_MS = 25_000;
/** The server answers a ping at once; silence means the line is dead although nobody has said so, as after a closed laptop. */
const ANSWER_MS = 8000;
const REMEMBERED = 2000;

/**
 * The one web socket of this page. It comes back by itself with growing, jittered pauses and hands in the last position it saw, so that
 * nothing that happened in between is missed; events that come twice are dropped.
 */
export function openLiveSocket(handlers: LiveHandlers) {
  let socket: WebSocket | undefined;
  let cursor: string | undefined;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let deadTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let seen = new Set<string>();

  const isNew = (id: string) => {
    if (seen.has(id)) return false;
    if (seen.size >= REMEMBERED) seen = new Set([...seen].slice(REMEMBERED / 2));
    seen.add(id);
    return true;
  };

  function onMessage(message: FromServer): void {
    switch (message.type) {
      case 'hello':
        attempts = 0;
        cursor = message.cursor;
        handlers.onConnected(!message.resumed);
        break;
      case 'event':
        if (isNew(message.id)) handlers.onEvent(message);
        break;
      case 'cursor':
        cursor = message.cursor;
        break;
      case 'presence':
        handlers.onPresence(message);
        break;
      case 'signed_out':
        stop();
        handlers.onSignedOut();
        break;
    }
  }

  function connect(): void {
    clearTimeout(timer);
    if (isClosed || socket) return;
    const url = new URL('/api/v1/live', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    if (cursor === undefined) url.searchParams.set('age', String(Math.ceil(handlers.age())));
    else url.searchParams.set('cursor', cursor);
    const mine = (socket = new WebSocket(url));
    mine.onmessage = (event) => {
      clearTimeout(deadTimer);
      onMessage(JSON.parse(String(event.data)) as FromServer);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      socket = undefined;
      handlers.onDisconnected();
      if (isClosed) return;
      const pause = Math.min(15_000, 400 * 2 ** attempts) * (0.5 + Math.random());
      attempts += 1;
      timer = setTimeout(connect, pause);
    };
  }

  function hurry(): void {
    if (document.visibilityState === 'hidden') return;
    attempts = 0;
    connect();
    check();
  }

  function check(): void {
    const mine = socket;
    if (mine?.readyState !== WebSocket.OPEN) return;
    send({ type: 'ping' });
    clearTimeout(deadTimer);
    deadTimer = setTimeout(() => {
      // Closing waits for an answer that will not come; let go of it and begin anew.
      mine.close();
      mine.onclose?.(new CloseEvent('close'));
    }, ANSWER_MS);
  }
  const ping = setInterval(check, PING_MS);
  function send(message: FromBrowser): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }
  function stop(): void {
    isClosed = true;
    clearInterval(ping);
    clearTimeout(timer);
    clearTimeout(deadTimer);
    removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', hurry);
    socket?.close();
  }

  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  connect();
  return { send, stop };
}
