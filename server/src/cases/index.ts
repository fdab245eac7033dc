import type { Room } from '../platform/room.ts';

export { receive } from './receive.ts';
export type { Incoming, Received, StoredAttachment } from './incoming.ts';

export const room: Room = {};
