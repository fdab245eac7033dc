import type { ChatLine, ChatMessage, SurveyAsked, VisitorHears, VisitorSays } from '@rapport/contract';

const PING_MS = 20_000;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 30_000;

export interface LinkEvents {
  messages(items: readonly ChatMessage[]): void;
  state(isUp: boolean): void;
  read(upTo: string): void;
  /** Somebody writes an answer, or nobody does. */
  answering(name: string | null): void;
  /** Where they stand. */
  line(line: ChatLine): void;
  /** What they are asked; null: nothing. */
  asked(asked: SurveyAsked | null): void;
  /** The key opens nothing any more. */
  unknown(): void;
}

/** The line to the desk: a web socket that comes back by itself and says where it was. */
export function openLink(site: string, key: string, lastId: () => string | undefined, events: LinkEvents) {
  let socket: WebSocket | undefined;
  let isOver = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pinger: ReturnType<typeof setInterval> | undefined;
  let heardAt = Date.now();

  const say = (message: VisitorSays) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };

  function connect(): void {
    const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/chat/${site}/live`);
    socket = line;
    line.onopen = () => {
      heardAt = Date.now();
      const after = lastId();
      say({ type: 'hello', key, ...(after === undefined ? {} : { after }) });
      events.state(true);
      pinger = setInterval(() => {
        // A line that is dead without saying so.
        if (Date.now() - heardAt > 2.5 * PING_MS) line.close();
        else say({ type: 'ping' });
      }, PING_MS);
    };
    line.onmessage = ({ data }) => {
      heardAt = Date.now();
      pauseMs = FIRST_PAUSE_MS;
      const message = JSON.parse(String(data)) as VisitorHears;
      if (message.type === 'messages') events.messages(message.items);
      if (message.type === 'read') events.read(message.upTo);
      if (message.type === 'answering') events.answering(message.name);
      if (message.type === 'line') events.line(message.line);
      if (message.type === 'survey') events.asked(message.asked);
      if (message.type === 'unknown') {
        end();
        events.unknown();
      }
    };
    line.onclose = () => {
      clearInterval(pinger);
      if (isOver || socket !== line) return;
      events.state(false);
      // Everybody comes back after a restart, but not at the same moment.
      timer = setTimeout(connect, pauseMs * (0.5 + Math.random()));
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    };
  }
  function end(): void {
    isOver = true;
    clearTimeout(timer);
    clearInterval(pinger);
    socket?.close();
  }
  const comeBack = () => {
    if (isOver || socket?.readyState === WebSocket.OPEN || socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(timer);
    connect();
  };
  addEventListener('online', comeBack);
  connect();
  return { say, end, comeBack };
}
export type Link = ReturnType<typeof openLink>;
