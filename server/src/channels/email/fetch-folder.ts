import { setTimeout as sleep } from 'node:timers/promises';
import { reasonFor } from '@rapport/contract';
import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow';
import { recordIncoming } from '../../ledger/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import type { ByteGate } from './byte-gate.ts';
import { beginCursor, findCursor, moveCursor, type ImapCursor } from './imap-store.ts';
import { takeIn } from './intake.ts';
import { isTemporary } from './is-temporary.ts';
import { MailTooCostly } from './understand-aside.ts';

export interface Folder {
  accountId: string;
  inboxId: string;
  folder: string;
  host: string;
  user: string;
}

const actor = systemActor('email.imap');

// A mail that arrived while the folder was being connected, or whose server's clock lags, is not mail of the past.
const MARGIN_MS = 3_600_000;

/**
 * Takes in whatever is new in an open folder, one mail after the other, each together with the cursor that remembers it: after a crash the
 * next one goes on with the mail that was not committed. Resolves when nothing is left; throws on trouble, and nothing is skipped.
 *
 * Of what lay in the folder before it was first connected, only unread mail is taken. When the server numbers the folder anew, all of it
 * is read again, and what was taken in before is recognised as duplicate. So it is when the mailbox moved to another server; another user's is a
 * mailbox that was never connected.
 */
export async function fetchNew(platform: Platform, client: ImapFlow, target: Folder, gate: ByteGate, isStopped: () => boolean): Promise<void> {
  const mailbox = client.mailbox as MailboxObject;
  const cursor = await cursorFor(platform, target, mailbox);
  while (!isStopped()) {
    const listed = await listAfter(client, cursor.lastUid);
    if (listed.length === 0) return;
    for (const message of listed) {
      if (isStopped()) return;
      if (isWanted(message, cursor)) await takeMessage(platform, client, target, cursor, message, gate);
      else await skip(platform, target, cursor, message.uid);
      cursor.lastUid = message.uid;
    }
  }
}

const PAGE = 500;

/** The next mails by UID, without their bytes. */
async function listAfter(client: ImapFlow, lastUid: number): Promise<FetchMessageObject[]> {
  // `n:*` always names the last mail, even when its UID is below n.
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  // A server that takes nothing any more, as when access has run out, does not mean that nothing is there.
  if (!found) throw new Error('The server refused to say what is new.');
  const uids = found.filter((uid) => uid > lastUid).sort((a, b) => a - b).slice(0, PAGE);
  if (uids.length === 0) return [];
  const listed = await client.fetchAll(uids.join(','), { uid: true, flags: true, internalDate: true, size: true }, { uid: true });
  return listed.filter((message) => message.uid > lastUid).sort((a, b) => a.uid - b.uid);
}

function isWanted(message: FetchMessageObject, cursor: ImapCursor): boolean {
  const arrivedAt = dateOf(message);
  const isNew = message.uid >= cursor.beganAtUid || (arrivedAt !== undefined && arrivedAt.getTime() >= cursor.connectedAt.getTime() - MARGIN_MS);
  return !(message.flags?.has('\\Deleted') ?? false) && (isNew || !(message.flags?.has('\\Seen') ?? false));
}

async function takeMessage(platform: Platform, client: ImapFlow, target: Folder, cursor: ImapCursor, listed: FetchMessageObject, gate: ByteGate): Promise<void> {
  const size = listed.size ?? 0;
  const alongside = (ctx: Parameters<typeof moveCursor>[0]): Promise<void> => moveCursor(ctx, target.inboxId, cursor, listed.uid);
  const leaveThere = (reason: string): Promise<void> => inAccount(platform, target.accountId, actor, async (ctx) => {
    await recordIncoming(ctx, { inboxId: target.inboxId, door: 'imap', outcome: 'set_aside', reason, messageId: null, sender: '', recipient: '', subject: '', bytes: size, rawKey: null });
    await alongside(ctx);
  });
  if (size > platform.config.mailMaxBytes) return leaveThere(reasonFor('too_large', { bytes: platform.config.mailMaxBytes }));
  await gate.pass(size, async () => {
    const fetched = await client.fetchOne(String(listed.uid), { uid: true, source: true, internalDate: true }, { uid: true });
    // Deleted or moved away since it was listed: it is somebody else's decision.
    if (fetched === false || fetched.source === undefined) return skip(platform, target, cursor, listed.uid);
    const arrivedAt = dateOf(fetched) ?? platform.clock.now();
    try {
      await takeIn(platform, { accountId: target.accountId, inboxId: target.inboxId, door: 'imap', raw: fetched.source, envelopeFrom: undefined, envelopeTo: [], arrivedAt }, alongside);
    } catch (error) {
      // Tried again it would stand before every later mail for ever.
      if (isTemporary(error) && !(error instanceof MailTooCostly)) throw error;
      await leaveThere(reasonFor('unreadable'));
    }
    return undefined;
  });
}

async function skip(platform: Platform, target: Folder, cursor: ImapCursor, uid: number): Promise<void> {
  await inAccount(platform, target.accountId, actor, (ctx) => moveCursor(ctx, target.inboxId, cursor, uid));
}

function dateOf(message: FetchMessageObject): Date | undefined {
  const date = message.internalDate === undefined ? undefined : new Date(message.internalDate);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

async function cursorFor(platform: Platform, target: Folder, mailbox: MailboxObject): Promise<ImapCursor> {
  const uidValidity = Number(mailbox.uidValidity);
  return inAccount(platform, target.accountId, actor, async (ctx) => {
    const host = target.host.toLowerCase();
    const found = await findCursor(ctx, target.inboxId, target.folder);
    const known = found?.user === target.user ? found : undefined;
    if (known?.uidValidity === uidValidity && known.host === host) return known;
    if (known !== undefined) platform.log.warn({ inboxId: target.inboxId }, 'mailbox was numbered anew, reading it again');
    const fresh: ImapCursor = { folder: target.folder, host, user: target.user, uidValidity, lastUid: 0, beganAtUid: mailbox.uidNext, connectedAt: known?.connectedAt ?? ctx.clock.now() };
    await beginCursor(ctx, target.inboxId, fresh);
    return fresh;
  });
}

/** Resolves with true when the server says that there may be something new, with false after `pollMs`, for servers that never say it. */
export async function waitForNews(client: ImapFlow, pollMs: number, signal: AbortSignal): Promise<boolean> {
  const news = Promise.withResolvers<boolean>();
  const wake = (): void => news.resolve(true);
  for (const event of ['exists', 'close', 'error']) client.on(event, wake);
  signal.addEventListener('abort', wake, { once: true });
  const timer = new AbortController();
  try {
    // Ends by itself as soon as the next command is given.
    void client.idle().catch(wake);
    return await Promise.race([news.promise, sleep(pollMs, false, { signal: timer.signal }).catch(() => false)]);
  } finally {
    timer.abort();
    signal.removeEventListener('abort', wake);
    for (const event of ['exists', 'close', 'error']) client.off(event, wake);
  }
}
