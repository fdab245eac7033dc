import { queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';
import { queryClient } from '../data/query-client.ts';

const MINUTE = 60_000;
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const macrosQuery = queryOptions({ queryKey: ['macros'], queryFn: ({ signal }) => client.macros.list({ signal }), staleTime: 2 * MINUTE, select: (answer) => answer.items });
export const foldersQuery = queryOptions({ queryKey: ['macro-folders'], queryFn: ({ signal }) => client.macros.listFolders({ signal }), staleTime: 2 * MINUTE, select: (answer) => answer.items });
export const startersQuery = queryOptions({ queryKey: ['macro-starters'], queryFn: ({ signal }) => client.macros.listStarters({ signal }), staleTime: Infinity, select: (answer) => answer.items });
export const macroQuery = (macroId: string) => queryOptions({ queryKey: ['macro', macroId], queryFn: ({ signal }) => client.macros.get({ params: { macroId }, signal }) });
export const versionsQuery = (macroId: string) => queryOptions({ queryKey: ['macro-versions', macroId], queryFn: ({ signal }) => client.macros.listVersions({ params: { macroId }, query: { limit: 50 }, signal }), select: (answer) => answer.items });
/** How a macro reads on a case. Soon stale: the case goes on. */
export const renderedQuery = (caseId: string, macroId: string) =>
  queryOptions({ queryKey: ['macro-rendered', caseId, macroId], queryFn: ({ signal }) => client.macros.render({ params: { caseId, macroId }, query: { timeZone }, signal }), staleTime: 10_000 });

export function refreshMacros(): void {
  for (const key of ['macros', 'macro-folders', 'macro', 'macro-versions', 'macro-rendered']) void queryClient.invalidateQueries({ queryKey: [key] });
}
