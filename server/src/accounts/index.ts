import type { Room } from '../platform/room.ts';
import { routes } from './routes.ts';

export { authenticate } from './sign-in/authenticate.ts';
export { sessionCookieName } from './sign-in/session-cookie.ts';
export { startSession } from './sign-in/start-session.ts';
export { hashPassword } from './password/hash-password.ts';
export { foundAccount, type FoundAccount, type FoundedAccount } from './people/found-account.ts';
export { addAgent, type AddAgent } from './people/add-agent.ts';

export const room: Room = { routes };
