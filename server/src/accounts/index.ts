import type { Room } from '../platform/room.ts';
import { resetMailJob } from './password/request-reset.ts';
import { routes } from './routes.ts';
import { tidyJob } from './tidy.ts';

export { authenticate } from './sign-in/authenticate.ts';
export { sessionCookieName } from './sign-in/session-cookie.ts';
export { enter as enterAs } from './sign-in/sign-in.ts';
export { startSession } from './sign-in/start-session.ts';
export { createApiKey } from './api-keys/api-keys.ts';
export { handOutResetLink } from './password/hand-out-reset-link.ts';
export { hashPassword } from './password/hash-password.ts';
export { mustBeStrong } from './password/password-rules.ts';
export { recordAudit, type AuditFacts } from './audit/record-audit.ts';
export { addAgent, type AddAgent } from './people/add-agent.ts';
export { findAgentAccess, type AgentAccess } from './people/agent-access.ts';
export { markAsDemo, removeDemoPeople } from './people/demo-people.ts';
export { foundAccount, type FoundAccount, type FoundedAccount } from './people/found-account.ts';
export { getAgentByEmail, getRoleId } from './people/find-people.ts';
export { inviteAgent, type InviteAgent } from './people/invite-agent.ts';
export { listAgents } from './people/list-agents.ts';
export { getUndoSeconds } from './people/undo-seconds.ts';
export { createTeam, updateTeam } from './people/teams.ts';
export { updateAgent, type UpdateAgent } from './people/update-agent.ts';
export { countLostSecondFactors } from './second-factor/count-lost-second-factors.ts';
export { liftSecondFactor } from './second-factor/lift-second-factor.ts';
export { finishSystemMail, takeSystemMail, type SystemMail, type SystemMailOutcome } from './mail/send-system-mail.ts';

export const room: Room = { routes, jobs: [resetMailJob, tidyJob] as never };
