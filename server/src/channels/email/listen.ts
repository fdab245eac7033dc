import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Door } from '@rapport/contract';
import { findInboxByAddress } from '../../inboxes/index.ts';
import type { Platform } from '../../platform/context.ts';
import type { Service } from '../../platform/room.ts';
import { briefMemory, type BriefMemory } from './brief-memory.ts';
import { createByteGate, type ByteGate } from './byte-gate.ts';
import { takeIn } from './intake.ts';
import { createReadingBudget, type ReadingBudget, type ReadingShare } from './reading-budget.ts';
import { createSenderLimit, type SenderLimit } from './sender-limit.ts';
import { MailTooCostly } from './understand-aside.ts';

type Protocol = Extract<Door, 'smtp' | 'lmtp'>;

// Enough for large mails side by side, and far from what a small machine has.
const BYTES_IN_HAND = 96 * 1024 * 1024;
// Of mails that are still arriving or wait for their turn.
const BYTES_ARRIVING = 192 * 1024 * 1024;
const CLOSE_MS = 15_000;
// How long an inbox that was just taken away may still be let in for; what nobody has is asked for each time.
const REMEMBERED_MS = 2_000;

/**
 * The doors at which mail servers hand mail to us: SMTP for any server, LMTP for one on the same machine. A recipient nobody has is refused at once
 * (550), so that the sender hears of it. 250 is only said when the mail is committed; trouble in the house is 451, and the sender comes again.
 */
export function mailDoors(): Service {
  let servers: SMTPServer[] = [];
  let addresses: Record<string, string> = {};
  return {
    name: 'email.doors',
    role: 'mail',
    async start(platform) {
      const gate = createByteGate(BYTES_IN_HAND);
      const budget = createReadingBudget(Math.max(BYTES_ARRIVING, platform.config.mailMaxBytes * 2));
      const { smtpHost: host, smtpPort, lmtpPort } = platform.config;
      for (const [protocol, port] of [['smtp', smtpPort], ['lmtp', lmtpPort]] as const) {
        const server = createDoor(platform, protocol, gate, budget);
        addresses = { ...addresses, [protocol]: `${protocol}://${await listenOn(server, host, port)}` };
        servers.push(server);
        server.on('error', (error) => platform.log.warn({ err: error, protocol }, 'mail door error'));
      }
    },
    async stop() {
      // Mail that is being taken in is finished; clients that only linger are told to go.
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(resolve))));
      servers = [];
    },
    addresses: () => addresses,
  };
}

function listenOn(server: SMTPServer, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => reject(new Error(`The mail door could not be opened on ${host}:${port}: ${error.message}`));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      const address = server.server.address() as AddressInfo;
      resolve(`${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`);
    });
  });
}

/** An answer at the door: whether the client may come again (4xx) or not (5xx), and why, with the enhanced status code of RFC 3463 in front. */
function answer(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

const COME_AGAIN = answer(451, '4.3.0 Not now, please try again later');
const UNREADABLE = answer(554, '5.6.0 This mail takes too long to read');
const TOO_MUCH = answer(452, '4.3.1 Too much mail at once, please try again later');

interface Recipient {
  address: string;
  accountId: string;
  inboxId: string;
}

function createDoor(platform: Platform, protocol: Protocol, gate: ByteGate, budget: ReadingBudget): SMTPServer {
  const { smtpTlsCert, smtpTlsKey, mailMaxBytes } = platform.config;
  // Half of it would be no error anybody sees: mail would come in unencrypted.
  if ((smtpTlsCert === undefined) !== (smtpTlsKey === undefined)) throw new Error('RAPPORT_SMTP_TLS_CERT and RAPPORT_SMTP_TLS_KEY belong together: set both or none.');
  const tls = smtpTlsCert && smtpTlsKey ? { cert: readFileSync(smtpTlsCert), key: readFileSync(smtpTlsKey) } : undefined;
  // A mail server of our own is trusted not to run wild; strangers are not.
  const limit = protocol === 'smtp' ? createSenderLimit(platform.clock) : undefined;
  const inboxes: Inboxes = briefMemory(REMEMBERED_MS);
  const recipients = new WeakMap<SMTPServerSession, Map<string, Recipient>>();
  return new SMTPServer({
    lmtp: protocol === 'lmtp', ...(tls ?? {}), disabledCommands: tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    // The library's own enhanced codes say less than ours.
    size: mailMaxBytes, rejectOversized: true, maxClients: 100, maxRecipients: 100, lenientAddressParsing: true, disableReverseLookup: true, hideENHANCEDSTATUSCODES: true,
    socketTimeout: 5 * 60_000, closeTimeout: CLOSE_MS, maxAllowedUnauthenticatedCommands: false, logger: false,
    onConnect(session, callback) {
      callback(limit?.isOver(session.remoteAddress) ? answer(421, '4.7.0 Too much from your address, please try again later') : null);
    },
    onMailFrom(_from, session, callback) {
      recipients.delete(session);
      callback(limit?.isOver(session.remoteAddress) ? answer(451, '4.7.0 Too much from your address, please try again later') : null);
    },
    onRcptTo({ address }, session, callback) {
      findRecipient(platform, inboxes, address, session, limit).then((recipient) => {
        const known = recipients.get(session) ?? new Map<string, Recipient>();
        recipients.set(session, known.set(address, recipient));
        callback();
      }, callback);
    },
    onData(stream, session, callback) {
      const wanted = session.envelope.rcptTo.flatMap(({ address }) => recipients.get(session)?.get(address) ?? []);
      const share = budget.begin();
      takeData(platform, protocol, gate, share, stream, session, wanted).finally(() => share.end()).then((results) => {
        limit?.count(session.remoteAddress);
        // SMTP has one answer for all: when one inbox failed the sender comes again, and the others see a duplicate.
        if (protocol === 'lmtp') callback(null, wanted.map(({ inboxId }) => results.get(inboxId) ?? COME_AGAIN));
        else {
          const all = [...results.values()];
          callback(all.find((result) => result instanceof Error) ?? null, all.find((result) => typeof result === 'string'));
        }
      }, (error: unknown) => {
        platform.log.warn({ err: error, protocol }, 'mail could not be read from the connection');
        callback(COME_AGAIN);
      });
    },
  });
}

type Inboxes = BriefMemory<{ accountId: string; inboxId: string } | undefined>;

async function findRecipient(platform: Platform, inboxes: Inboxes, address: string, session: SMTPServerSession, limit: SenderLimit | undefined): Promise<Recipient> {
  let inbox: { accountId: string; inboxId: string } | undefined;
  try {
    inbox = await inboxes.get(address.toLowerCase(), () => findInboxByAddress(platform, 'email', address));
  } catch (error) {
    platform.log.warn({ err: error }, 'recipient could not be looked up');
    throw COME_AGAIN;
  }
  if (inbox !== undefined) return { address, ...inbox };
  limit?.count(session.remoteAddress);
  throw answer(550, '5.1.1 No such mailbox here');
}

/** Takes one mail in for each inbox it is for. The result of each: nothing, or what to tell the client. */
async function takeData(platform: Platform, door: Protocol, gate: ByteGate, share: ReadingShare, stream: SMTPServerDataStream, session: SMTPServerSession, recipients: readonly Recipient[]): Promise<Map<string, string | Error>> {
  const raw = await readAll(stream, share);
  const results = new Map<string, string | Error>();
  if (stream.sizeExceeded) return results; // refused with 552 by the server, whatever is answered here
  if (raw === undefined) return new Map(recipients.map(({ inboxId }) => [inboxId, TOO_MUCH]));
  const envelopeFrom = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
  const byInbox = Map.groupBy(recipients, ({ inboxId }) => inboxId);
  await gate.pass(raw.length, async () => {
    for (const [inboxId, [first, ...others]] of byInbox) {
      if (first === undefined) continue;
      const envelopeTo = [first, ...others].map(({ address }) => address);
      try {
        const taken = await takeIn(platform, { accountId: first.accountId, inboxId, door, raw, envelopeFrom, envelopeTo, arrivedAt: platform.clock.now(), ...(door === 'smtp' ? { peer: { address: session.remoteAddress, greeting: typeof session.hostNameAppearsAs === 'string' ? session.hostNameAppearsAs : '' } } : {}) });
        results.set(inboxId, `2.0.0 OK ${taken.ledgerId}`);
      } catch (error) {
        platform.log.error({ err: error, inboxId, door }, 'mail not taken in');
        results.set(inboxId, error instanceof MailTooCostly ? UNREADABLE : COME_AGAIN);
      }
    }
  });
  return results;
}

/** Undefined when there is no room for it; its bytes are then passed over to the end, because only there the client listens to an answer. */
async function readAll(stream: SMTPServerDataStream, share: ReadingShare): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let hasRoom = true;
  for await (const chunk of stream) {
    hasRoom &&= !stream.sizeExceeded && share.take((chunk as Buffer).length);
    if (hasRoom) chunks.push(chunk as Buffer);
    else if (chunks.length > 0) {
      chunks.length = 0;
      share.end();
    }
  }
  return hasRoom ? Buffer.concat(chunks) : undefined;
}
