import type { Room } from '../platform/room.ts';
import { createLiveService } from './service.ts';

export const room: Room = { services: (authenticate) => [createLiveService(authenticate)] };
