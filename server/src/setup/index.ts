import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';

export { findInstalledAccount, getInstalledAccount } from './find-installation.ts';
export { needsSetupCode, setupLink } from './setup-code.ts';
export { runSetup, type SetUp } from './run-setup.ts';

export const room: Room = { routes };
