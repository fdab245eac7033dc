import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import type Mail from 'nodemailer/lib/mailer/index.js';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../server/testing/mail/free-port.ts';

export interface ReceivedMail {
  mail: Email;
  messageId: string;
  raw: string;
  recipients: string[];
}

/** The world outside: customers with mailboxes on a mail server of their own, who write by SMTP. */
export interface Customers {
  /** Where their mail server listens. */
  port: number;
  /** Sends a mail to the product's SMTP door and resolves with its Message-ID when it was accepted. */
  write(smtpPort: number, mail: Mail.Options): Promise<string>;
  /** What has arrived for an address so far. */
  mailbox(address: string): ReceivedMail[];
  /** The `nth` mail of an address, as soon as it is there. */
  mailFor(address: string, nth?: number): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export async function openCustomers(): Promise<Customers> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        void PostalMime.parse(raw).then((mail) => {
          received.push({ mail, messageId: mail.messageId ?? '', raw: raw.toString(), recipients: session.envelope.rcptTo.map((each) => each.address.toLowerCase()) });
          done();
        });
      });
    },
  });
  server.on('error', () => {});
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const mailbox = (address: string) => received.filter((each) => each.recipients.includes(address));
  return {
    port: (server.server.address() as AddressInfo).port,
    mailbox,
    async write(smtpPort, mail) {
      const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true });
      try {
        return (await transport.sendMail(mail)).messageId;
      } finally {
        transport.close();
      }
    },
    mailFor: (address, nth = 1) => eventually(`mail ${nth} for ${address}`, async () => mailbox(address)[nth - 1]),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
