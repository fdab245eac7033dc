import type { Room } from '../platform/room.ts';
import { countChangedCases } from './count-cases.ts';
import { exportRows, tidyExports } from './write-export.ts';
import { fillInsights } from './rebuild.ts';
import { rollInsights } from './roll-up.ts';
import { routes } from './routes.ts';

export { dropExports as dropRowExports } from './export-store.ts';
export { countAnewSoon } from './fact-store.ts';
export { metricsPage } from './metrics-page.ts';
export { rebuildInsights } from './rebuild.ts';

export const room: Room = { routes, jobs: [fillInsights, rollInsights, exportRows, tidyExports] as never, listeners: [countChangedCases] };
