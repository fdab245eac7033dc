import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';

export { blockSender, whyBlocked, type BlockSender } from './block-sender.ts';
export { selectCustomerFields as listCustomerFields } from './field-store.ts';
export { addPlaceholder, eraseCustomers, findPerson } from './erase-customer.ts';
export { suggestSameThread } from './duplicates.ts';
export { findOrCreateByIdentity, type FoundCustomer, type Identity } from './find-or-create-by-identity.ts';
export { getCustomer } from './get-customer.ts';
export { countImportedCustomers, identityKey, importCustomers, knownCustomers, removeImportedCustomers, type CustomerKnown, type ImportedCustomer } from './import-customers.ts';
export { spelledName } from './likeness.ts';
export { listCustomers } from './list-customers.ts';
export { mergeRecords, undoMergeRecords } from './merge-records.ts';
export { noteLikeness } from './note-likeness.ts';
export { getOrganization, listOrganizations } from './organizations.ts';
export { removeDemoCustomers } from './remove-demo.ts';
export { updateCustomer, type UpdateCustomer } from './update-customer.ts';

export const room: Room = { routes };
