import { ImapFlow } from 'imapflow';
import type { imapSettings } from '@rapport/contract';
import type { z } from 'zod';

export type ImapSettings = z.output<typeof imapSettings>;

/** A client that is not connected yet. It only reads: what it fetches stays unread and where it is. */
export function imapClient(settings: ImapSettings, options: { maxBytes: number; timeoutMs?: number; /** In place of the password. */ accessToken?: string | undefined }): ImapFlow {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const client = new ImapFlow({
    host: settings.host, port: settings.port, secure: settings.security === 'tls', ...(settings.security === 'tls' ? {} : { doSTARTTLS: settings.security === 'starttls' }),
    auth: options.accessToken === undefined ? { user: settings.user, pass: settings.password ?? '' } : { user: settings.user, accessToken: options.accessToken }, clientInfo: { name: 'Rapport' }, logger: false, disableAutoIdle: true, disableCompression: true,
    connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: 5 * 60_000, maxIdleTime: 4 * 60_000, maxLiteralSize: options.maxBytes + 1_000_000, maxResponseSize: options.maxBytes + 20_000_000, maxLineLength: 50_000_000,
  });
  // Without a listener a connection that breaks while nothing is asked of it would end the process; the next command reports it.
  client.on('error', () => {});
  return client;
}
