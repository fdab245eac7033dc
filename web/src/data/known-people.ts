import type { People } from './case-patch.ts';
import { agentsQuery, teamsQuery } from './people.ts';
import { queryClient } from './query-client.ts';

/** The colleagues and teams that have been loaded, for naming whom a case is given to before the server answers. */
export function people(): People {
  return {
    agents: queryClient.getQueryData(agentsQuery.queryKey)?.items ?? [],
    teams: queryClient.getQueryData(teamsQuery.queryKey)?.items ?? [],
  };
}
