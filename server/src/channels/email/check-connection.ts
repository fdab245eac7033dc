import type { ConnectionCheck, EmailInboxSettings } from '@rapport/contract';
import type { AccessToken } from './access/access-token.ts';
import { ConsentGone, ProviderTrouble } from './access/provider.ts';
import { explained, explainTrouble, type Explanation } from './explain-trouble.ts';
import { imapClient, type ImapSettings } from './imap-connection.ts';
import { connectionFor, connectSmtp, type SmtpSettings } from './smtp-transport.ts';

const TIMEOUT_MS = 15_000;

/** Tries the mail servers of settings live. Null where there is no server to try: our own doors and the built-in mailbox need none. */
export async function checkConnection(settings: EmailInboxSettings, access?: AccessToken): Promise<{ inbound: ConnectionCheck | null; outbound: ConnectionCheck | null }> {
  const [inbound, outbound] = await Promise.all([
    settings.inbound.kind === 'imap' ? checkImap(settings.inbound.imap, access) : null,
    settings.outbound.kind === 'smtp' ? checkSmtp(settings.outbound.smtp, settings.address, access) : null,
  ]);
  return { inbound, outbound };
}

const NOT_CONNECTED: ConnectionCheck = { ok: false, ...explained('sign_in', 'not_connected', {}) };

/** Without consent there is nothing to try; when it cannot be used, that is what is wrong. */
async function tokenFor({ auth }: { auth?: 'password' | 'oauth' | undefined }, access: AccessToken | undefined): Promise<{ token?: string; trouble?: ConnectionCheck }> {
  if (auth !== 'oauth') return {};
  if (access === undefined) return { trouble: NOT_CONNECTED };
  try {
    return { token: await access(true) };
  } catch (error) {
    return { trouble: { ok: false, ...(error instanceof ConsentGone ? explained('sign_in', 'consent_gone', {}) : explained('sign_in', 'provider_trouble', { said: error instanceof ProviderTrouble ? error.message : 'The mail provider could not be asked for access.' })) } };
  }
}

async function checkImap(settings: ImapSettings, access: AccessToken | undefined): Promise<ConnectionCheck> {
  const { token, trouble } = await tokenFor(settings, access);
  if (trouble) return trouble;
  const client = imapClient(settings, { maxBytes: 1_000_000, timeoutMs: TIMEOUT_MS, accessToken: token });
  let step: Explanation['step'] = 'connect';
  try {
    await client.connect();
    step = 'folder';
    const folder = await client.mailboxOpen(settings.folder, { readOnly: true });
    return { ok: true, ...explained(step, 'folder_opened', { user: settings.user, folder: folder.path, count: folder.exists }) };
  } catch (error) {
    return { ok: false, ...explainTrouble(error, settings, step) };
  } finally {
    client.close();
  }
}

async function checkSmtp(typed: SmtpSettings, address: string, access: AccessToken | undefined): Promise<ConnectionCheck> {
  const { token, trouble } = await tokenFor(typed, access);
  if (trouble) return trouble;
  const settings: SmtpSettings = token === undefined ? typed : { ...typed, accessToken: async () => token };
  const connection = connectionFor(settings);
  try {
    await withinTime(connectSmtp(connection, settings));
    return { ok: true, ...(settings.user === '' ? explained('connect', 'no_sign_in_needed', { host: settings.host, address }) : explained('sign_in', 'signed_in', { user: settings.user, address })) };
  } catch (error) {
    return { ok: false, ...explainTrouble(error, settings, 'connect') };
  } finally {
    connection.on('error', () => {});
    connection.quit();
    setTimeout(() => connection.close(), 1_000).unref();
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const tooLate = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLate.reject(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })), TIMEOUT_MS);
  try {
    return await Promise.race([work, tooLate.promise]);
  } finally {
    clearTimeout(timer);
  }
}
