import { cases, savedSearches } from '@rapport/contract';
import { open, verb, type Http, type Route } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { searchCases } from '../search.ts';
import { listSavedSearches, removeSavedSearch, saveSearch, updateSavedSearch } from './saved-searches.ts';

/** Aborted when whoever asked hangs up before the answer has gone out. */
function whileWanted({ reply }: Http): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return gone.signal;
}

export const searchRoutes: Route[] = [
  open(cases.search, (platform, { query }, http, actor) => {
    if (!actor) throw new Refusal('signed_out');
    return searchCases(platform, actor, query, whileWanted(http));
  }),
  verb(savedSearches.list, async (ctx) => ({ items: await listSavedSearches(ctx) })),
  verb(savedSearches.save, (ctx, { body }) => saveSearch(ctx, body)),
  verb(savedSearches.update, (ctx, { params, body }) => updateSavedSearch(ctx, params.searchId, body)),
  verb(savedSearches.remove, (ctx, { params }) => removeSavedSearch(ctx, params.searchId)),
];
