import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';
import { checkPasswords } from './sealed-passwords.ts';

export { createInbox, type CreateInbox } from './create-inbox.ts';
export { updateInbox, type UpdateInbox } from './update-inbox.ts';
export { listInboxes } from './list-inboxes.ts';
export { findInboxByAddress } from './find-inbox-by-address.ts';
export { findMailFacts, getInboxFacts, getMailFacts, getMailInbox, isChatInbox, isMailInbox, mayUseConsent, withStoredPasswords, type ChatFacts, type MailFacts, type MailInbox } from './get-inbox.ts';
export { listMailInboxes } from './list-mail-inboxes.ts';
export { arrivesIn, fromAddressesOf, shownName, usualFrom, type FromAddress } from './from-addresses.ts';
export { signFor, type Signed } from './signatures.ts';
export { isInboxAddress, ownAddressesAmong } from './own-addresses.ts';
export { removeDemoInboxes } from './remove-demo.ts';
export { getMailConsent, giveMailConsent, replaceMailConsent, type MailConsent } from './mail-consent.ts';
export { recordHealth, type InboxHealth } from './record-health.ts';
export type { InboxFacts } from './store.ts';

export const room: Room = { routes, checks: [checkPasswords] };
