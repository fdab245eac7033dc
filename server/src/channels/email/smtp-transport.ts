import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { smtpSettings } from '@rapport/contract';
import type { z } from 'zod';

export type SmtpSettings = z.output<typeof smtpSettings>;

export interface Envelope {
  /** Where bounces go; empty for automatic mails, which nobody must answer. */
  from: string;
  to: string[];
  /** Comes back in a delivery report of a server that speaks DSN (RFC 3461). */
  id: string;
}

/**
 * What became of an attempt. accepted: the next server has it; `refused` lists recipients it did not take. temporary: nothing was delivered, try later.
 * permanent: nothing was delivered and never will be. unknown: the bytes left and no answer came, so it may have been delivered.
 */
export type Attempt =
  | { outcome: 'accepted'; refused: { address: string; reason: string }[]; response: string }
  | { outcome: 'temporary' | 'permanent'; reason: string }
  | { outcome: 'unknown'; reason: string };

interface SmtpError extends Error {
  code?: string;
  originalCode?: string;
  responseCode?: number;
  response?: string;
  permanent?: boolean;
}

const firstLine = (text: string): string => text.split(/\r?\n/)[0]?.slice(0, 300) ?? '';

/** In words a person can act on. */
function reasonOf(error: SmtpError, settings: SmtpSettings): string {
  const where = `${settings.host}:${settings.port}`;
  switch (error.originalCode ?? error.code) {
    case 'ENOTFOUND':
    case 'EDNS':
      return `The mail server ${settings.host} was not found. Check its name.`;
    case 'ECONNREFUSED':
      return `${where} refused the connection. Check host and port.`;
    case 'ETIMEDOUT':
      return `${where} did not answer in time.`;
    case 'EAUTH':
      return `${where} did not accept user and password${error.response ? `: ${firstLine(error.response)}` : '.'}`;
    case 'ETLS':
      return `No secure connection to ${where}: ${firstLine(error.message)}`;
    default:
      return error.response ? `${where} answered: ${firstLine(error.response)}` : `${where}: ${firstLine(error.message)}`;
  }
}

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

/** Connects and signs in; rejects with the library's error. */
export async function connectSmtp(connection: SMTPConnection, settings: SmtpSettings): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.once('error', reject);
    connection.connect((error?: Error | null) => (error ? reject(error) : resolve()));
  });
  if (settings.user === '') return;
  await new Promise<void>((resolve, reject) => {
    connection.login({ credentials: { user: settings.user, pass: settings.password ?? '' } }, (error?: Error | null) => (error ? reject(error) : resolve()));
  });
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
    const info = await new Promise<{ rejectedErrors?: SmtpError[]; response: string }>((resolve, reject) => {
      connection.once('error', reject);
      connection.send(
        { from: envelope.from, to: envelope.to, size: raw.length, dsn: { id: envelope.id, return: 'headers', notify: ['failure', 'delay'], recipient: undefined } } as never,
        message as never,
        (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result as never)),
      );
    });
    const refused = (info.rejectedErrors ?? []).map((error) => ({ address: String((error as { recipient?: string }).recipient ?? ''), reason: firstLine(error.response ?? error.message) }));
    return { outcome: 'accepted', refused, response: firstLine(info.response) };
  } catch (caught) {
    const error = caught as SmtpError;
    const reason = reasonOf(error, settings);
    if (error.responseCode !== undefined && error.responseCode >= 500 && error.code !== 'EAUTH') return { outcome: 'permanent', reason };
    // A wrong password is put right by a person in minutes; giving up at once would lose the mail for it.
    if (error.responseCode !== undefined || !hasLeft) return { outcome: 'temporary', reason };
    return { outcome: 'unknown', reason: `${reason} The message may have been sent.` };
  } finally {
    connection.on('error', () => {});
    connection.quit();
    setTimeout(() => connection.close(), 2_000).unref();
  }
}
