import type { Authenticate } from '../platform/http/index.ts';
import type { Room } from '../platform/room.ts';

export const authenticate: Authenticate = async () => undefined;

export const room: Room = {};
