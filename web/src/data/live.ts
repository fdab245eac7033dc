import type { FromBrowser } from '@rapport/contract';
import { useSyncExternalStore } from 'react';
import { applyEvent, fetchAnew, lookAgain, retryFailed } from './apply-event.ts';
import { resumeDrafts } from './drafts.ts';
import { openLiveSocket } from './live-socket.ts';
import { resumeOutbox } from './outbox.ts';
import { forgetPresence, keepPresence, resendPresence } from './presence.ts';
import { isReached } from './reach.ts';
import { announceSignedOut, queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';
import { lookForRelease } from '../worker/follow-worker.ts';

/** `polling`: the server answers, but the live socket does not come through; lists are looked at again every few seconds. */
export type Connection = 'connecting' | 'online' | 'polling' | 'offline';

const POLL_MS = 15_000;

let connection: Connection = 'connecting';
let live: ReturnType<typeof openLiveSocket> | undefined;
const listeners = new Set<() => void>();

function become(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const listener of listeners) listener();
}

/** Whether what is on the screen is being kept true. */
export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => connection);
}

export const tellServer = (message: FromBrowser) => live?.send(message);

let pollTimer: ReturnType<typeof setTimeout> | undefined;

/** Without the socket: is it only the socket? Proxies that swallow web sockets are a fact of life. */
async function poll(): Promise<void> {
  const answers = await isReached();
  if (connection === 'online') return;
  if (answers) {
    become('polling');
    resumeOutbox();
    resumeDrafts();
    lookAgain();
  } else become('offline');
  pollTimer = setTimeout(() => void poll(), POLL_MS);
}

/** Opens the live connection of the signed-in agent; once per page. */
export function startLive(): void {
  // The session is what every page reads first.
  const beganAt = queryClient.getQueryState(sessionQuery.queryKey)?.dataUpdatedAt ?? 0;
  live ??= openLiveSocket({
    age: () => Date.now() - beganAt,
    onEvent: applyEvent,
    onPresence: (message) => keepPresence(message.caseId, { people: message.people, customer: message.customer }),
    onConnected: (missed) => {
      clearTimeout(pollTimer);
      become('online');
      if (missed) fetchAnew();
      else retryFailed();
      resumeOutbox();
      resumeDrafts();
      resendPresence(tellServer);
      lookForRelease();
    },
    onDisconnected: () => {
      if (connection !== 'polling') become('offline');
      forgetPresence();
      clearTimeout(pollTimer);
      pollTimer = setTimeout(() => void poll(), 3000);
    },
    onSignedOut: () => {
      live = undefined;
      announceSignedOut();
    },
  });
}
