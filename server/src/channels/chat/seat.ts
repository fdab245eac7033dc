import { visitorSays, type ChatLine, type VisitorHears, type VisitorSays } from '@rapport/contract';
import type { WebSocket } from 'ws';
import type { Site } from './site.ts';

/** Why the server ends a visitor's connection; the panel comes back after each, except `unknown`. */
export const closeCodes = { unknown: 4001, tooSlow: 4008, noAnswer: 4010, tooMuch: 4029, restart: 1012 } as const;

const MOST_BUFFERED_BYTES = 256 * 1024;
const CLOSE_PATIENCE_MS = 2_000;
// A person says far less; a program that says more is none of ours.
const MOST_WORDS = 60;
const WORDS_WINDOW_MS = 10_000;

const NOWHERE = JSON.stringify({ state: 'none' } satisfies ChatLine);

/** One open panel: a socket, and whose it is once it has said so. */
export interface Seat {
  readonly site: Site;
  visitorId: string | undefined;
  /** By which it said so. */
  key: string;
  /** It has said whose it is, which counts once. */
  hasGreeted: boolean;
  /** The last message it was handed. */
  after: string | undefined;
  /** Up to which message it has said that it has it, and has shown it. */
  readonly told: { got: string; seen: string; /** Where they stand, as it was last told. */ line: string; /** What they are asked, as it was last told. */ asked: string };
  /** Where they stand may change by what others do. */
  isInLine: boolean;
  /** Their place is being looked up; and something moved meanwhile. */
  isLooking: boolean;
  looksAgain: boolean;
  isReading: boolean;
  /** Something new came while it was being read for. */
  wantsMore: boolean;
  heardAt: number;
  isOpen(): boolean;
  send(message: VisitorHears): void;
  close(code: number, reason: string): void;
  /** What it said, when it is something we know; who talks too much is disconnected. */
  understand(text: string): VisitorSays | undefined;
}

export function createSeat(socket: WebSocket, site: Site, now: () => number): Seat {
  let isClosing = false;
  let words = 0;
  let countedFrom = now();
  const close = (code: number, reason: string) => {
    if (isClosing) return;
    isClosing = true;
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSE_PATIENCE_MS).unref();
  };
  const isTooMuch = (): boolean => {
    if (now() - countedFrom > WORDS_WINDOW_MS) [words, countedFrom] = [0, now()];
    words += 1;
    return words > MOST_WORDS;
  };
  const seat: Seat = {
    site, visitorId: undefined, key: '', hasGreeted: false, after: undefined, told: { got: '', seen: '', line: NOWHERE, asked: 'null' }, isInLine: false, isLooking: false, looksAgain: false, isReading: false, wantsMore: false, heardAt: now(),
    isOpen: () => !isClosing && socket.readyState === socket.OPEN,
    send(message) {
      if (!seat.isOpen()) return;
      if (socket.bufferedAmount > MOST_BUFFERED_BYTES) close(closeCodes.tooSlow, 'Too slow; come back.');
      else socket.send(JSON.stringify(message));
    },
    close,
    understand(text) {
      if (isTooMuch()) {
        close(closeCodes.tooMuch, 'Too many messages.');
        return undefined;
      }
      seat.heardAt = now();
      try {
        return visitorSays.safeParse(JSON.parse(text)).data;
      } catch {
        return undefined;
      }
    },
  };
  return seat;
}
