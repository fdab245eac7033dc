import type { Room } from '../platform/room.ts';

export { receive } from './receive.ts';
export type { Incoming, Received, StoredAttachment } from './incoming.ts';
export { reply, type Reply } from './reply.ts';
export { sendAutomatically } from './send-automatically.ts';
export { addNote, type NoteEntry } from './add-note.ts';
export { getOutgoing, type Outgoing } from './get-outgoing.ts';
export { registerThreadKeys, type OwnMessage } from './register-thread-keys.ts';
export { recordDelivery, type DeliveryReport } from './record-delivery.ts';
export { retryDelivery } from './retry-delivery.ts';

export const room: Room = {};
