import type { EmailInboxSettings } from '@rapport/contract';
import { Refusal } from '../platform/refusal.ts';
import type { InboxSecrets } from './secrets.ts';

/** Refuses settings that cannot work, whatever the servers say; whether the servers agree is found out by trying. */
export function checkSettings(settings: EmailInboxSettings, secrets: InboxSecrets): void {
  const missing: string[] = [];
  if (settings.inbound.kind === 'imap' && settings.inbound.imap.auth !== 'oauth' && secrets.imap === undefined) missing.push('the password of the IMAP mailbox');
  if (settings.outbound.kind === 'smtp' && settings.outbound.smtp.auth !== 'oauth' && settings.outbound.smtp.user !== '' && secrets.smtp === undefined) missing.push('the password of the SMTP server');
  const wantsConsent = (settings.inbound.kind === 'imap' && settings.inbound.imap.auth === 'oauth') || (settings.outbound.kind === 'smtp' && settings.outbound.smtp.auth === 'oauth');
  if (wantsConsent && !settings.oauth) missing.push('the mail provider to sign in at');
  if (wantsConsent && settings.outbound.kind === 'smtp' && settings.outbound.smtp.auth === 'oauth' && settings.outbound.smtp.user === '') missing.push('the user of the SMTP server');
  if (settings.oauth?.provider === 'other' && !/^https?:\/\/[^\s/]/.test(settings.oauth.issuer)) missing.push('the address of the mail provider');
  if (settings.autoReply.isOn && settings.autoReply.text.trim() === '') missing.push('the text of the automatic answer');
  const own = new Set(addressesOf(settings));
  // An answer to an address that does not arrive here would be lost.
  const lost = settings.fromAddresses.find(({ address }) => !own.has(address.toLowerCase()));
  if (lost) missing.push(`${lost.address} to the addresses that arrive here`);
  if (missing.length > 0) throw new Refusal('bad_inbox_settings', `Please add ${missing.join(' and ')}.`);
}

/** Every address the inbox answers to, lower case, the main one first. */
export function addressesOf(settings: EmailInboxSettings): string[] {
  return [...new Set([settings.address, ...settings.aliases].map((address) => address.toLowerCase()))];
}
