import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, isProblem } from './client.ts';

const signedOutListeners = new Set<() => void>();
/** Calls back when any answer says that the session is over. Returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}
export function announceSignedOut(): void {
  for (const listener of signedOutListeners) listener();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (isProblem(error, 'signed_out') && query.queryKey[0] !== 'session') announceSignedOut();
    },
  }),
  mutationCache: new MutationCache({
    onError: (error) => {
      if (isProblem(error, 'signed_out')) announceSignedOut();
    },
  }),
  defaultOptions: {
    queries: {
      // The live socket says when something changed; looking again on every focus would only cost the server.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 3 && navigator.onLine && isPassing(error),
      retryDelay: (count) => Math.min(8000, 500 * 2 ** count) * (0.75 + Math.random() / 2),
    },
  },
});
