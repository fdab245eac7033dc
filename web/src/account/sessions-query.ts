import { queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';

export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: ({ signal }) => client.accounts.listSessions({ signal }), select: (answer) => answer.items });
