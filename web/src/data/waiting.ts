import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';
import { queryClient } from './query-client.ts';

/** Whether this agent is there to work; the live socket says when somebody, or time, has changed it. */
export const ownPresenceQuery = queryOptions({ queryKey: ['own-presence'], queryFn: ({ signal }) => client.workforce.getOwnPresence({ signal }), staleTime: 5 * 60_000 });
/** What is in hand and what is offered, with how far this device's clock is off, in milliseconds. */
export const ownWorkQuery = queryOptions({
  queryKey: ['own-work'],
  queryFn: async ({ signal }) => {
    const answer = await client.work.listOwn({ signal });
    return { ...answer, skewMs: Date.parse(answer.at) - Date.now() };
  },
  staleTime: 5 * 60_000,
});
export const queuesQuery = queryOptions({ queryKey: ['queues'], queryFn: ({ signal }) => client.queues.list({ signal }), select: (answer) => answer.items, staleTime: 10 * 60_000 });
export const workforceSettingsQuery = queryOptions({ queryKey: ['workforce-settings'], queryFn: ({ signal }) => client.workforce.getSettings({ signal }), staleTime: 10 * 60_000 });

export const refreshWork = () => queryClient.invalidateQueries({ queryKey: ownWorkQuery.queryKey });
export const refreshPresence = () => queryClient.invalidateQueries({ queryKey: ownPresenceQuery.queryKey });

/** Who waits where, and who does what. Time moves it too (what was promised within the hour), so it is looked at now and then even when nothing happens. */
export const wallQuery = queryOptions({
  queryKey: ['wall'],
  queryFn: async ({ signal }) => {
    const answer = await client.wall.get({ signal });
    return { ...answer, skewMs: Date.parse(answer.at) - Date.now() };
  },
  refetchInterval: 30_000, staleTime: 0,
});
export const lineQuery = (queueId: string) => infiniteQueryOptions({
  queryKey: ['wall-line', queueId],
  queryFn: ({ pageParam, signal }) => client.wall.line({ params: { queueId }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  staleTime: 0,
});
/** What of a case waits, and where it stands: others before it come and go without a word. */
export const caseWorkQuery = (caseId: string) => queryOptions({ queryKey: ['case-work', caseId], queryFn: ({ signal }) => client.work.ofCase({ params: { caseId }, signal }), select: (answer) => answer.items, refetchInterval: (query) => ((query.state.data?.items.length ?? 0) > 0 ? 20_000 : false) });

const GATHER_MS = 1_500;
let wallTimer: ReturnType<typeof setTimeout> | undefined;

/** Something moved in some line: whoever looks at the wall looks again, once for all that happens within a moment. */
export function stirWall(): void {
  wallTimer ??= setTimeout(() => {
    wallTimer = undefined;
    for (const key of ['wall', 'wall-line']) void queryClient.invalidateQueries({ queryKey: [key] }, { cancelRefetch: false });
  }, GATHER_MS);
}
export const refreshCaseWork = (caseId: string) => queryClient.invalidateQueries({ queryKey: ['case-work', caseId] });
export const skillsQuery = queryOptions({ queryKey: ['skills'], queryFn: ({ signal }) => client.workforce.listSkills({ signal }), select: (answer) => answer.items });
/** Since `from`, until now. */
export const estimatesQuery = (from: string) => queryOptions({ queryKey: ['wait-estimates', from], queryFn: ({ signal }) => client.wall.estimates({ query: { from, until: new Date().toISOString() }, signal }), select: (answer) => answer.items });
export const agentSkillsQuery = (agentId: string) => queryOptions({ queryKey: ['agent-skills', agentId] as const, queryFn: ({ signal }) => client.workforce.getAgentSkills({ params: { agentId }, signal }) });
export const presencesQuery = queryOptions({ queryKey: ['presences'], queryFn: ({ signal }) => client.workforce.listPresence({ signal }), select: (answer) => answer.items, staleTime: 5_000 });
