import type { Room } from '../platform/room.ts';
import { eraseRestoredService } from './erase-restored.ts';
import { erasureJob, erasureResume } from './jobs.ts';
import { routes } from './routes.ts';

export const room: Room = { routes, jobs: [erasureJob, erasureResume] as never, services: () => [eraseRestoredService()] };
