import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';

export { createInbox, type CreateInbox } from './create-inbox.ts';
export { updateInbox, type UpdateInbox } from './update-inbox.ts';
export { listInboxes } from './list-inboxes.ts';
export { findInboxByAddress } from './find-inbox-by-address.ts';
export { getInbox, getInboxFacts, withStoredPasswords, type OpenedInbox } from './get-inbox.ts';
export { listInboxesOfChannel } from './list-inboxes-of-channel.ts';
export { ownAddressesAmong } from './own-addresses.ts';
export { removeDemoInboxes } from './remove-demo.ts';
export { recordHealth, type InboxHealth } from './record-health.ts';
export type { InboxFacts } from './store.ts';

export const room: Room = { routes };
