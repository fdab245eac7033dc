import type { Actor } from '../platform/context.ts';
import type { Reader } from './store.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Whose eyes count the cases of a customer. */
export function readerOf(actor: Actor): Reader {
  return actor.kind === 'system' ? { scope: 'all', agentId: NOBODY, teamIds: [] } : { scope: actor.caseScope, agentId: actor.agentId, teamIds: actor.teamIds };
}
