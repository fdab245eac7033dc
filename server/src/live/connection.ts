import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { FromServer } from '@rapport/contract';
import type { AgentActor } from '../platform/context.ts';
import type { Position } from '../platform/events/index.ts';

/** Why the server ends a connection. A browser comes back with its cursor after each of them, except `signedOut`. */
export const closeCodes = { signedOut: 4001, notJson: 1003, tooSlow: 4008, tooMuch: 4029, noAnswer: 4010, restart: 1012 } as const;

// What may wait in this process for one slow network. An event is about 300 bytes.
const MOST_BUFFERED_BYTES = 512 * 1024;
// Between joining and the first message; more means that catching up takes longer than the news come.
const MOST_HELD = 2_000;
const CLOSE_PATIENCE_MS = 2_000;
// Refilled each second, up to the burst. Typing sends one message every few seconds.
const BURST = 30;
const REFILL_PER_SECOND = 5;

/** One open web socket of an agent. */
export interface Connection {
  readonly id: string;
  readonly accountId: string;
  /** Kept to ask again who this is: rights and sessions change while a socket is open. */
  readonly request: FastifyRequest;
  actor: AgentActor;
  checkedAt: number;
  /** The news of this process up to which it was not there yet. */
  readonly joinedAt: number;
  /** The outbox position from which the shared reader serves it. */
  from: Position;
  /** The position last told to the browser. */
  marked: Position;
  /** False until everything missed has been told; no position is told before. */
  isCaughtUp: boolean;
  isAlive: boolean;
  isOpen(): boolean;
  send(frame: Buffer): void;
  /** Sends what must come first, then what was held back meanwhile. */
  begin(first: readonly Buffer[]): void;
  close(code: number, reason: string): void;
  ping(): void;
  /** False when the browser sends more than anybody types. */
  mayTalk(): boolean;
}

export function frameOf(message: FromServer): Buffer {
  return Buffer.from(JSON.stringify(message));
}

interface Identity {
  id: string;
  accountId: string;
  actor: AgentActor;
  request: FastifyRequest;
  joinedAt: number;
  from: Position;
}

/** Holds back what is sent until `begin`; drops a browser that reads slower than the news come, instead of keeping them in memory. */
export function createConnection(socket: WebSocket, identity: Identity, now: () => number): Connection {
  let held: Buffer[] | undefined = [];
  let isClosing = false;
  let tokens = BURST;
  let refilledAt = now();

  const close = (code: number, reason: string) => {
    if (isClosing) return;
    isClosing = true;
    held = undefined;
    socket.close(code, reason);
    // A peer that is gone or stuck never answers the closing.
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  };
  const write = (frame: Buffer) => {
    if (isClosing || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) close(closeCodes.tooSlow, 'Too slow; come back with your cursor.');
    else socket.send(frame, { binary: false });
  };

  return {
    ...identity,
    checkedAt: now(),
    marked: identity.from,
    isCaughtUp: false,
    isAlive: true,
    isOpen: () => !isClosing && socket.readyState === socket.OPEN,
    send(frame) {
      if (!held) write(frame);
      else if (held.length < MOST_HELD) held.push(frame);
      else close(closeCodes.tooSlow, 'Too much news at once; come back with your cursor.');
    },
    begin(first) {
      const later = held ?? [];
      held = undefined;
      for (const frame of first) write(frame);
      for (const frame of later) write(frame);
    },
    close,
    ping() {
      if (!isClosing) socket.ping();
    },
    mayTalk() {
      const at = now();
      tokens = Math.min(BURST, tokens + ((at - refilledAt) / 1_000) * REFILL_PER_SECOND);
      refilledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
