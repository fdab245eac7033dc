import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { reasonFor, type smtpSettings } from '@rapport/contract';
import type { z } from 'zod';
import type { AccessToken } from './access/access-token.ts';
import { explainTrouble, type Explanation } from './explain-trouble.ts';

export type SmtpSettings = z.output<typeof smtpSettings> & {
  /** In place of the password, for servers that were given consent; asked once more, to renew it, when the server does not take it. */
  accessToken?: AccessToken | undefined;
};

export interface Envelope {
  /** Where bounces go; empty for automatic mails, which nobody must answer. */
  from: string;
  to: string[];
  /** Comes back in a delivery report of a server that speaks DSN (RFC 3461). */
  id: string;
}

/** A recipient a server did not take while it took the mail for others. */
export interface Refused {
  address: string;
  reason: string;
  /** It may take them later. */
  isTemporary: boolean;
}

/**
 * What became of an attempt. accepted: the next server has it; `refused` lists recipients it did not take. temporary: nothing was delivered, try later.
 * permanent: nothing was delivered and never will be. unknown: the bytes left and no answer came, so it may have been delivered.
 */
export type Attempt =
  | { outcome: 'accepted'; refused: Refused[]; response: string }
  | { outcome: 'temporary'; reason: string; /** The server could not be reached or did not let us in: every message fares so, until somebody mends it. */ trouble?: Pick<Explanation, 'detail' | 'finding' | 'values'> }
  | { outcome: 'permanent'; reason: string; /** The server did not want the envelope's sender; it saw no recipient yet. */ isSenderRefused: boolean }
  | { outcome: 'unknown'; reason: string };

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
  /** The command that was answered with an error. */
  command?: string;
}

const firstLine = (text: string): string => text.split(/\r?\n/)[0]?.slice(0, 300) ?? '';

/** The message as a stream that asks before its first byte: only then the server has said it is ready to take it. */
async function* askingFirst(raw: Buffer, beforeHandOver: () => Promise<void>): AsyncGenerator<Buffer> {
  await beforeHandOver();
  yield raw;
}

const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 90_000, dnsTimeout: 10_000 };

export function connectionFor(settings: SmtpSettings): SMTPConnection {
  return new SMTPConnection({
    host: settings.host, port: settings.port, secure: settings.security === 'tls', requireTLS: settings.security === 'starttls', ignoreTLS: settings.security === 'none', ...timeouts, allowInternalNetworkInterfaces: true,
  });
}

/** Settles when the connection breaks, whatever is being asked of it then: the library tells that by an event, not to who is waiting for an answer. */
function brokenConnection(connection: SMTPConnection): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  connection.on('error', reject);
  connection.on('end', () => reject(Object.assign(new Error('The connection ended.'), { code: 'ECONNECTION' })));
  promise.catch(() => {});
  return promise;
}

/** Connects and signs in; rejects with the library's error. */
export async function connectSmtp(connection: SMTPConnection, settings: SmtpSettings): Promise<void> {
  const broken = brokenConnection(connection);
  const step = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([broken, new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))]);
  await step((done) => connection.connect(done));
  const { accessToken: access, user } = settings;
  if (access !== undefined) {
    const oauth2 = {
      getToken: (isAgain: boolean, done: (error: Error | null, token?: string) => void) => void access(isAgain).then((token) => done(null, token), (error: unknown) => done(error as Error)),
      buildXOAuth2Token: (token: string) => Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64'),
    };
    await step((done) => connection.login({ user, method: 'XOAUTH2', oauth2 } as never, done));
  } else if (settings.user !== '') await step((done) => connection.login({ credentials: { user: settings.user, pass: settings.password ?? '' } }, done));
}

/**
 * One attempt to hand a mail to a mail server. `beforeHandOver` runs when the server is ready for the bytes and none has left; it must be durable when it resolves, and
 * when it throws nothing is sent. A connection that breaks after that and before the server's answer is `unknown`.
 */
export async function sendBySmtp(settings: SmtpSettings, envelope: Envelope, raw: Buffer, beforeHandOver: () => Promise<void>): Promise<Attempt> {
  const connection = connectionFor(settings);
  let hasLeft = false;
  try {
    await connectSmtp(connection, settings);
    const message = Readable.from(askingFirst(raw, async () => {
      await beforeHandOver();
      hasLeft = true;
    }), { objectMode: false });
    const sending = new Promise<{ rejectedErrors?: SmtpError[]; response: string }>((resolve, reject) => {
      connection.send(
        { from: envelope.from, to: envelope.to, size: raw.length, dsn: { id: envelope.id, return: 'headers', notify: ['failure', 'delay'], recipient: undefined } } as never,
        message as never,
        (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result as never)),
      );
    });
    const info = await Promise.race([sending, brokenConnection(connection)]);
    const refused = (info.rejectedErrors ?? []).map((error) => ({ address: String((error as { recipient?: string }).recipient ?? ''), reason: firstLine(error.response ?? error.message), isTemporary: (error.responseCode ?? 0) < 500 }));
    return { outcome: 'accepted', refused, response: firstLine(info.response) };
  } catch (caught) {
    const error = caught as SmtpError;
    const { detail: reason, step, finding, values } = explainTrouble(error, settings, 'send');
    if (error.responseCode !== undefined && error.responseCode >= 500 && error.code !== 'EAUTH') return { outcome: 'permanent', reason, isSenderRefused: error.command === 'MAIL FROM' };
    // A wrong password is put right by a person in minutes; giving up at once would lose the mail for it.
    if (error.responseCode !== undefined || !hasLeft) return { outcome: 'temporary', reason, ...(step === 'send' ? {} : { trouble: { detail: reason, finding, values } }) };
    return { outcome: 'unknown', reason: reasonFor('may_be_sent', { rest: reason }) };
  } finally {
    connection.quit();
    setTimeout(() => connection.close(), 2_000).unref();
  }
}
