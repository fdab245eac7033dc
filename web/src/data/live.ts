import type { FromBrowser } from '@rapport/contract';
import { useSyncExternalStore } from 'react';
import { applyEvent, fetchAnew } from './apply-event.ts';
import { resumeDrafts } from './drafts.ts';
import { openLiveSocket } from './live-socket.ts';
import { resumeOutbox } from './outbox.ts';
import { forgetPresence, keepPresence, resendPresence } from './presence.ts';
import { announceSignedOut } from './query-client.ts';

export type Connection = 'connecting' | 'online' | 'offline';

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

/** Opens the live connection of the signed-in agent; once per page. */
export function startLive(): void {
  live ??= openLiveSocket({
    onEvent: applyEvent,
    onPresence: (message) => keepPresence(message.caseId, message.people),
    onConnected: (missed) => {
      become('online');
      if (missed) fetchAnew();
      resumeOutbox();
      resumeDrafts();
      resendPresence(tellServer);
    },
    onDisconnected: () => {
      become('offline');
      forgetPresence();
    },
    onSignedOut: () => {
      live = undefined;
      announceSignedOut();
    },
  });
}
