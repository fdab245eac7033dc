import type { Permission, Session } from '@rapport/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from './client.ts';
import { queryClient } from './query-client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => client.accounts.session({ signal }),
  staleTime: Infinity,
  gcTime: Infinity,
  // Without a connection the page says so, rather than waiting for one in silence.
  networkMode: 'always',
});

/** Before anybody has signed in: is there an account yet? */
export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: ({ signal }) => client.setup.state({ signal }), staleTime: Infinity });

/** What is on the screen must stay drawable in the moment between a session's end and the sign-in page. */
let lastKnown: Session | undefined;

/** Who is signed in. Only below the workspace route, which waits for it. */
export function useSession(): Session {
  const session = useQuery(sessionQuery).data ?? lastKnown;
  if (!session) throw new Error('useSession outside of the signed-in workspace');
  lastKnown = session;
  return session;
}

/** After signing in, or when name, language or permissions changed. */
export const keepSession = (session: Session) => queryClient.setQueryData(sessionQuery.queryKey, session);

export const can = (session: Session, permission: Permission) => session.permissions.includes(permission);
export const useCan = (permission: Permission) => can(useSession(), permission);
