import { listAgents } from '../accounts/index.ts';
import { listener } from '../platform/events/index.ts';
import type { Room } from '../platform/room.ts';
import { beginFill } from './begin-fill.ts';
import { fillJob } from './fill.ts';
import { routes } from './routes.ts';
import { shiftJob } from './shift.ts';
import { trickleJob } from './trickle.ts';

export { demoCompany, openDemoAccount, whenFilled } from './open-demo-account.ts';
export { fillDemo } from './fill.ts';
export { removeDemo } from './remove.ts';

/** Whoever sets Rapport up may ask for the demo company at once. */
const fillForFounder = listener({
  name: 'demo.fill-for-founder',
  topics: ['account.founded'],
  async handle(ctx, event) {
    if (!event.payload.fillDemo) return;
    const { items } = await listAgents(ctx);
    await beginFill(ctx, { hostAgentId: items.find((agent) => agent.state === 'active' && !agent.isBot)?.id ?? null });
  },
});

export const room: Room = { routes, listeners: [fillForFounder], jobs: [fillJob, trickleJob, shiftJob] as never };
