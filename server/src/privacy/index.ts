import type { Room } from '../platform/room.ts';
import { eraseRestoredService } from './erase-restored.ts';
import { exportExpire, exportJob, exportResume } from './export/jobs.ts';
import { exportRoutes } from './export/routes.ts';
import { erasureJob, erasureResume } from './jobs.ts';
import { routes } from './routes.ts';

export const room: Room = { routes: [...routes, ...exportRoutes], jobs: [erasureJob, erasureResume, exportJob, exportResume, exportExpire] as never, services: () => [eraseRestoredService()] };
