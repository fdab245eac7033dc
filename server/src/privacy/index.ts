import type { Room } from '../platform/room.ts';
import { eraseRestoredService } from './erase-restored.ts';
import { exportExpire, exportJob, exportResume } from './export/jobs.ts';
import { exportRoutes } from './export/routes.ts';
import { erasureJob, erasureResume } from './jobs.ts';
import { checkRetention } from './retention/check-retention.ts';
import { retentionJob } from './retention/jobs.ts';
import { retentionRoutes } from './retention/routes.ts';
import { routes } from './routes.ts';

export const room: Room = { routes: [...routes, ...exportRoutes, ...retentionRoutes], jobs: [erasureJob, erasureResume, exportJob, exportResume, exportExpire, retentionJob] as never, checks: [checkRetention], services: () => [eraseRestoredService()] };
