import type { Room } from '../../platform/room.ts';
import { mailboxFetchers } from './imap.ts';
import { followMoves } from './follow-moves.ts';
import { signInRoutes } from './access/sign-in-routes.ts';
import { intakeRoutes } from './intake-routes.ts';
import { keepHealth } from './keep-health.ts';
import { mailDoors } from './listen.ts';
import { mailboxRoutes } from './mailbox-routes.ts';
import { queueOutgoing, sendMail, sweepOutgoing } from './send.ts';
import { sentRoutes } from './sent-routes.ts';
import { queueSystemMails, sendSystemMails } from './system-mail.ts';

/** The email channel: mail servers and mailboxes on one side, the desk on the other. */
export const email: Room = {
  routes: [...intakeRoutes, ...mailboxRoutes, ...signInRoutes, ...sentRoutes],
  listeners: [queueOutgoing, followMoves, queueSystemMails, keepHealth],
  jobs: [sendMail, sweepOutgoing, sendSystemMails] as never,
  services: () => [mailDoors(), mailboxFetchers()],
};
