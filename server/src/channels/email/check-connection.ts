import type { EmailInboxSettings } from '@rapport/contract';
import type { AccessToken } from './access/access-token.ts';
import { ConsentGone, ProviderTrouble } from './access/provider.ts';
import { explainTrouble, type Explanation } from './explain-trouble.ts';
import { imapClient, type ImapSettings } from './imap-connection.ts';
import { connectionFor, connectSmtp, type SmtpSettings } from './smtp-transport.ts';

export interface Check {
  ok: boolean;
  step: string;
  detail: string;
}

const TIMEOUT_MS = 15_000;

/** Tries the mail servers of settings live. Null where there is no server to try: our own doors and the built-in mailbox need none. */
export async function checkConnection(settings: EmailInboxSettings, access?: AccessToken): Promise<{ inbound: Check | null; outbound: Check | null }> {
  const [inbound, outbound] = await Promise.all([
    settings.inbound.kind === 'imap' ? checkImap(settings.inbound.imap, access) : null,
    settings.outbound.kind === 'smtp' ? checkSmtp(settings.outbound.smtp, settings.address, access) : null,
  ]);
  return { inbound, outbound };
}

const NOT_CONNECTED: Check = { ok: false, step: 'sign_in', detail: 'Save the settings and connect with the mail provider first.' };

/** Without consent there is nothing to try; when it cannot be used, that is what is wrong. */
async function tokenFor({ auth }: { auth?: 'password' | 'oauth' | undefined }, access: AccessToken | undefined): Promise<{ token?: string; trouble?: Check }> {
  if (auth !== 'oauth') return {};
  if (access === undefined) return { trouble: NOT_CONNECTED };
  try {
    return { token: await access(true) };
  } catch (error) {
    return { trouble: { ok: false, step: 'sign_in', detail: error instanceof ConsentGone || error instanceof ProviderTrouble ? error.message : 'The mail provider could not be asked for access.' } };
  }
}

async function checkImap(settings: ImapSettings, access: AccessToken | undefined): Promise<Check> {
  const { token, trouble } = await tokenFor(settings, access);
  if (trouble) return trouble;
  const client = imapClient(settings, { maxBytes: 1_000_000, timeoutMs: TIMEOUT_MS, accessToken: token });
  let step: Explanation['step'] = 'connect';
  try {
    await client.connect();
    step = 'folder';
    const folder = await client.mailboxOpen(settings.folder, { readOnly: true });
    return { ok: true, step, detail: `Signed in as ${settings.user}. The folder ${folder.path} holds ${folder.exists} mails.` };
  } catch (error) {
    return { ok: false, ...explainTrouble(error, settings, step) };
  } finally {
    client.close();
  }
}

async function checkSmtp(typed: SmtpSettings, address: string, access: AccessToken | undefined): Promise<Check> {
  const { token, trouble } = await tokenFor(typed, access);
  if (trouble) return trouble;
  const settings: SmtpSettings = token === undefined ? typed : { ...typed, accessToken: async () => token };
  const connection = connectionFor(settings);
  try {
    await withinTime(connectSmtp(connection, settings));
    return { ok: true, step: settings.user === '' ? 'connect' : 'sign_in', detail: settings.user === '' ? `Connected to ${settings.host}; it asks for no password. Mail will be sent as ${address}.` : `Signed in as ${settings.user}. Mail will be sent as ${address}.` };
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
