import type { Room } from '../platform/room.ts';
import { countChangedCases } from './count-cases.ts';
import { fillInsights } from './rebuild.ts';
import { rollInsights } from './roll-up.ts';
import { routes } from './routes.ts';

export { metricsPage } from './metrics-page.ts';
export { rebuildInsights } from './rebuild.ts';

export const room: Room = { routes, jobs: [fillInsights, rollInsights] as never, listeners: [countChangedCases] };
