import { emailInboxSettings, type EmailInboxSettings } from '@rapport/contract';
import type { CreateInbox } from '../../inboxes/index.ts';

/** An inbox that works at once, with no mail server: its mail comes in at our own doors, and answers go to the built-in mailbox. */
export function trialInbox(settings: Pick<EmailInboxSettings, 'address'> & Partial<Pick<EmailInboxSettings, 'aliases' | 'fromName'>>): Pick<CreateInbox, 'channel' | 'settings'> {
  return { channel: 'email', settings: emailInboxSettings.parse(settings) };
}
