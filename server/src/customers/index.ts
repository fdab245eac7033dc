import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';

export { findOrCreateByIdentity, type FoundCustomer, type Identity } from './find-or-create-by-identity.ts';
export { getCustomer } from './get-customer.ts';
export { removeDemoCustomers } from './remove-demo.ts';
export { updateCustomer, type UpdateCustomer } from './update-customer.ts';

export const room: Room = { routes };
