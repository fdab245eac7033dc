import { accounts } from '@rapport/contract';
import { verb, type Route } from '../platform/http/index.ts';
import { readSession } from './sign-in/read-session.ts';

export const routes: Route[] = [
  verb(accounts.session, (ctx) => readSession(ctx, ctx.actor.agentId, ctx.actor)),
];
