import { endpoints } from '@rapport/contract';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { beginFill } from './begin-fill.ts';
import { removeDemo } from './remove.ts';

export const routes: Route[] = [
  verb(endpoints.setup.fillDemo, async (ctx) => ({ state: await beginFill(ctx, { hostAgentId: ctx.actor.agentId }) })),
  open(endpoints.setup.removeDemo, async (platform, _input, _http, actor) => {
    if (!actor) throw new Refusal('signed_out');
    const { keptTeams } = await removeDemo(platform, actor.accountId);
    return { keptTeams };
  }),
];
