import type { Room } from '../platform/room.ts';
import { chat } from './chat/index.ts';
import { email } from './email/index.ts';

export { readUpTo, writeAsVisitor, type PlayedVisitor } from './chat/as-visitor.ts';
export { trialInbox } from './email/trial-inbox.ts';
export { eraseVisitors } from './chat/erase-visitors.ts';
export { eraseMails } from './email/erase-mails.ts';
export { removeDemoMails } from './email/remove-demo-mails.ts';
export { readForImport, storeMail, type ReadMail } from './email/read-for-import.ts';
export { takeIn, type ArrivedMail, type TakenIn } from './email/intake.ts';

const channels: readonly Room[] = [email, chat];

/** Every channel, once. */
export const room: Room = {
  routes: channels.flatMap((channel) => channel.routes ?? []),
  listeners: channels.flatMap((channel) => channel.listeners ?? []),
  jobs: channels.flatMap((channel) => channel.jobs ?? []),
  services: (authenticate) => channels.flatMap((channel) => channel.services?.(authenticate) ?? []),
  checks: channels.flatMap((channel) => channel.checks ?? []),
};
