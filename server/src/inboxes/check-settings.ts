import type { EmailInboxSettings } from '@rapport/contract';
import { Refusal } from '../platform/refusal.ts';
import type { InboxSecrets } from './secrets.ts';

/** Refuses settings that cannot work, whatever the servers say; whether the servers agree is found out by trying. */
export function checkSettings(settings: EmailInboxSettings, secrets: InboxSecrets): void {
  const missing: string[] = [];
  if (settings.inbound.kind === 'imap' && secrets.imap === undefined) missing.push('the password of the IMAP mailbox');
  if (settings.outbound.kind === 'smtp' && settings.outbound.smtp.user !== '' && secrets.smtp === undefined) missing.push('the password of the SMTP server');
  if (settings.autoReply.isOn && settings.autoReply.text.trim() === '') missing.push('the text of the automatic answer');
  if (missing.length > 0) throw new Refusal('bad_inbox_settings', `Please add ${missing.join(' and ')}.`);
}

/** Every address the inbox answers to, lower case, the main one first. */
export function addressesOf(settings: EmailInboxSettings): string[] {
  return [...new Set([settings.address, ...settings.aliases].map((address) => address.toLowerCase()))];
}
