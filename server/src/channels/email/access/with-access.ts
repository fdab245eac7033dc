import type { Platform } from '../../../platform/context.ts';
import type { SmtpSettings } from '../smtp-transport.ts';
import { accessToken } from './access-token.ts';

/** SMTP settings of an inbox with the way to get access, where the inbox signs in by consent; otherwise as they are. */
export function withAccess(platform: Platform, inbox: { id: string; accountId: string }, smtp: SmtpSettings): SmtpSettings {
  return smtp.auth === 'oauth' ? { ...smtp, accessToken: accessToken(platform, inbox.accountId, inbox.id) } : smtp;
}
